"""What a report must not say: times that cannot be, names that mean two things, no such place."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from service.domain.errors import Fault, ReportInvalid
from service.domain.incident import Report
from service.domain.statement import Signature, Statement
from service.domain.words import Words

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(minutes=10)
"""By so much a phone's clock may run ahead of the server's."""


def check_report(report: Report, *, now: datetime, divisions: frozenset[str]) -> None:
    """See that a report agrees with itself, with the clock and with the division codes.

    `divisions` are the four digits of the prefectures (GB/T 2260).
    Raises: ReportInvalid, with every fault.
    """
    code = report.place.division_code
    refuse([*_times(report, now), *_units(report), *division_faults(code, divisions)])


def check_heard(
    statement: Statement, signature: Signature | None, *, called_at: datetime, now: datetime
) -> None:
    """See that a hearing and its signature lie between the call and now.

    Raises: ReportInvalid.
    """
    faults = [*time_faults("/heard_at", statement.heard_at, now, called_at=called_at)]
    if signature is not None:
        signed_at = signature.signed_at
        faults += time_faults("/signature/signed_at", signed_at, now, called_at=called_at)
    refuse(faults)


def check_observed(
    observed_at: datetime | None, *, called_at: datetime | None = None, now: datetime
) -> None:
    """See that what a phone says it saw then lies between the call and now.

    Raises: ReportInvalid.
    """
    refuse([*time_faults("/observed_at", observed_at, now, called_at=called_at)])


def refuse(faults: list[Fault]) -> None:
    """Raises: ReportInvalid when there are faults."""
    if faults:
        raise ReportInvalid(*faults)


def time_faults(
    pointer: str, moment: datetime | None, now: datetime, *, called_at: datetime | None = None
) -> Iterator[Fault]:
    """The one rule for what is said to have happened: a fault when it cannot have, by then.

    Not before 2000; not before the call of its fire, where that is given, nor after now, each by
    more than a clock may err.
    """
    if moment is not None and called_at is not None and moment < called_at - CLOCK_SKEW:
        yield Fault(
            pointer,
            Words("时间早于本起火灾的报警时间", "the time is before the call of this fire"),
            Words("请核对日期与时间", "check the date and the time"),
        )
    elif moment is not None and moment < EARLIEST:
        yield Fault(
            pointer,
            Words("时间早于2000年", "the time is before 2000"),
            Words("请核对日期", "check the date"),
        )
    if moment is not None and moment > now + CLOCK_SKEW:
        yield Fault(
            pointer,
            Words("时间晚于现在", "the time lies in the future"),
            Words("请核对手机时钟与时区", "check the phone's clock and zone"),
        )


def response_faults(
    called_at: datetime, ended_at: datetime | None, now: datetime
) -> Iterator[Fault]:
    """What is wrong with the times of the call and of the end of the response."""
    yield from time_faults("/called_at", called_at, now)
    yield from time_faults("/response_ended_at", ended_at, now)
    if ended_at and ended_at < called_at:
        yield Fault(
            "/response_ended_at",
            Words("处置结束早于报警", "the response ended before the call"),
            Words("请核对两个时间", "check both times"),
        )


def _times(report: Report, now: datetime) -> Iterator[Fault]:
    yield from response_faults(report.called_at, report.response_ended_at, now)
    for name in ("gas", "power", "water"):
        restored_at = getattr(report.utilities, name).restored_at
        yield from time_faults(f"/utilities/{name}/restored_at", restored_at, now)
    for n, hazard in enumerate(report.hazards):
        yield from time_faults(f"/hazards/{n}/cleared_at", hazard.cleared_at, now)


def _units(report: Report) -> Iterator[Fault]:
    known = {unit.id for unit in report.units}
    yield from _twice("/units", (unit.id for unit in report.units))
    yield from _twice("/hazards", (hazard.id for hazard in report.hazards))
    for n, hazard in enumerate(report.hazards):
        for m, unit_id in enumerate(hazard.unit_ids):
            if unit_id not in known:
                yield Fault(
                    f"/hazards/{n}/unit_ids/{m}",
                    Words(f"涉及单元中没有“{unit_id}”", f"no unit concerned is called {unit_id}"),
                    Words("请先列入涉及单元", "list it among the units"),
                )


def _twice(pointer: str, ids: Iterable[object]) -> Iterator[Fault]:
    seen = set()
    for n, id in enumerate(ids):
        if id in seen:
            yield Fault(
                f"{pointer}/{n}/id",
                Words("标识重复", "the id stands twice"),
                Words("请使每个标识唯一", "give each its own id"),
            )
        seen.add(id)


def division_faults(code: str, divisions: frozenset[str]) -> Iterator[Fault]:
    """A fault when the county lies in none of these prefectures."""
    if code[:4] not in divisions:
        yield Fault(
            "/place/division_code",
            Words("不是本自治区的行政区划代码", "not a division code of this region"),
            Words("请填县级六位代码，如150102", "give the county's six digits, such as 150102"),
        )
