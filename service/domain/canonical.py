"""Canonical JSON (RFC 8785) of what is frozen, and its digest.

Restricted to what a record holds: text, whole numbers, yes and no, null, lists and objects
with plain ASCII names. Fractions have no place in it; coordinates are written as text.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Any) -> str:
    """The one text of a record or a part of it; equal values give equal bytes in UTF-8."""
    return _encode(value)


def digest_of(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def instant(moment: datetime | None) -> str | None:
    """A time as it stands in a record: RFC 3339 in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
