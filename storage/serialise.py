"""Domain values to JSON text and back, exactly; geometry as hexadecimal WKB."""

from collections.abc import Hashable
from functools import cache
from typing import Any, cast

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry


def _encode(value: object) -> str:
    if isinstance(value, BaseGeometry):
        return str(shapely.to_wkb(value, hex=True))
    raise NotImplementedError(f"{type(value)} has no stored form")


def _decode(kind: type, value: Any) -> Any:
    if issubclass(kind, BaseGeometry):
        return shapely.from_wkb(value)
    raise NotImplementedError(f"{kind} has no stored form")


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_decode)


def to_text(value: object) -> str:
    """Equal values give the same text, byte for byte; the keys of a mapping are sorted."""
    plain = msgspec.to_builtins(value, str_keys=True, order="deterministic", enc_hook=_encode)
    return msgspec.json.encode(plain).decode()


def from_text(text: str, kind: type[Any]) -> Any:
    """The value that `to_text` wrote; kind is its dataclass."""
    return _decoder(cast(Hashable, kind)).decode(text)
