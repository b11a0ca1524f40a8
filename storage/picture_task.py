"""What is asked of the process that decodes pictures, and what it answers: plain values."""

from dataclasses import dataclass
from typing import Any

import msgspec

from service.domain.errors import Fault
from service.domain.photo import Picture
from service.domain.preview import PreviewRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Inspect a picture (no recipes), or make its previews; `font` draws what is not ASCII."""

    recipes: tuple[PreviewRecipe, ...] = ()
    font: str = ""
    in_no_hurry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it, or a refusal by its class's name."""

    picture: Picture | None = None
    previews: tuple[bytes, ...] = ()
    refused: str = ""
    faults: tuple[Fault, ...] = ()
    facts: dict[str, Any] | None = None


_TO_BYTES = msgspec.msgpack.Encoder()
_TO_TASK = msgspec.msgpack.Decoder(Task)
_TO_DONE = msgspec.msgpack.Decoder(Done)


def to_bytes(value: Task | Done) -> bytes:
    """For the other process."""
    return _TO_BYTES.encode(value)


def to_task(sent: bytes) -> Task:
    """What `to_bytes` wrote."""
    return _TO_TASK.decode(sent)


def to_done(sent: bytes) -> Done:
    """What `to_bytes` wrote.

    Raises: ValueError, where a process that died has left only some of it.
    """
    return _TO_DONE.decode(sent)
