"""JSON as it leaves: compact UTF-8, times in RFC 3339 UTC, measures without noise."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

DIGITS = (("_m2", 2), ("_hours", 2), ("_m", 3))
"""Decimals by the ending of a name: areas and sums over time to 0.01, lengths to a millimetre."""
VERBATIM = frozenset({"sent", "record", "geometry", "coordinates", "strokes"})
"""What stands as it was sent or frozen (a digest is taken of it), and shapes, rounded elsewhere."""


def _encode(value: object) -> Any:
    raise NotImplementedError(f"{type(value)} cannot leave as JSON")


_encoder = msgspec.json.Encoder(enc_hook=_encode)


def to_json(value: object) -> bytes:
    """Bytes of any nesting of dicts, lists, text, numbers, UUIDs and aware times.

    This is where measures are rounded: nothing decides by what stands on the wire.
    """
    return _encoder.encode(_rounded(value, None))


def _rounded(value: object, digits: int | None) -> object:
    """The value with its floats to so many decimals (None: as they are), maps and lists through."""
    if isinstance(value, float):
        return value if digits is None else round(value, digits)
    if isinstance(value, dict):
        return {
            name: part if name in VERBATIM else _rounded(part, _digits(str(name), digits))
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_rounded(part, digits) for part in value]
    return value


@lru_cache(4096)
def _digits(name: str, above: int | None) -> int | None:
    return next((digits for ending, digits in DIGITS if name.endswith(ending)), above)


def rfc3339(moment: datetime) -> str:
    """A time as it stands on the wire, in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
