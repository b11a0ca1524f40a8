"""How deep a JSON document may nest: measured without recursion, so that nothing can overflow."""

from service.domain.errors import Fault, NestedTooDeep
from service.domain.words import Words

DEPTH_LIMIT = 64


def check_depth(value: object, limit: int = DEPTH_LIMIT, *, pointer: str = "") -> None:
    """Refuse a JSON value whose lists and objects nest more than `limit` levels.

    Raises: NestedTooDeep, with the pointer of the first value below the limit.
    """
    waiting = [(value, pointer, 0)]
    while waiting:
        item, here, depth = waiting.pop()
        if not isinstance(item, dict | list):
            continue
        if depth == limit:
            raise too_deep(here, limit)
        pairs = item.items() if isinstance(item, dict) else enumerate(item)
        waiting.extend((child, f"{here}/{token(key)}", depth + 1) for key, child in pairs)


def too_deep(pointer: str, limit: int = DEPTH_LIMIT) -> NestedTooDeep:
    """The refusal of what nests deeper, by the pointer of the first value that does."""
    return NestedTooDeep(
        Fault(
            pointer,
            Words(f"嵌套超过 {limit} 层", f"nested more than {limit} levels deep"),
            Words("请减少嵌套层数", "nest fewer levels"),
        )
    )


def token(key: object) -> str:
    """One reference token of a JSON pointer (RFC 6901), escaped."""
    return str(key).replace("~", "~0").replace("/", "~1")
