"""Terms in whole days 有效期: how long something given out may last."""

from datetime import datetime, timedelta

from service.domain.errors import Fault, Invalid
from service.domain.words import Words


def ends_after(
    days: int, *, now: datetime, longest: int, what: str, wrong: type[Invalid]
) -> datetime:
    """When what is given out now ends (UTC); `what` it is stands in the English words.

    Raises: `wrong` when that is under a day or over `longest` days.
    """
    if not 1 <= days <= longest:
        raise wrong(
            Fault(
                "/days",
                Words(f"有效期为{days}天", f"the {what} would last {days} days"),
                Words(f"请选1至{longest}天", f"choose 1 to {longest} days"),
            )
        )
    return now + timedelta(days=days)
