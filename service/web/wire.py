"""JSON as it leaves: compact UTF-8, times in RFC 3339 UTC."""

from datetime import UTC, datetime
from typing import Any

import msgspec


def _encode(value: object) -> Any:
    raise NotImplementedError(f"{type(value)} cannot leave as JSON")


_encoder = msgspec.json.Encoder(enc_hook=_encode)


def to_json(value: object) -> bytes:
    """Bytes of any nesting of dicts, lists, text, numbers, UUIDs and aware times."""
    return _encoder.encode(value)


def rfc3339(moment: datetime) -> str:
    """A time as it stands on the wire, in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
