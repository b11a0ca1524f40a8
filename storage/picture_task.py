"""What is asked of the process that decodes pictures, and what it answers: plain values."""

import os
import struct
from dataclasses import dataclass
from typing import Any

import msgspec

from service.domain.errors import Fault
from service.domain.photo import Picture
from service.domain.preview import PreviewRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one picture may take; the clock ends only what waits for a busy machine."""

    memory_bytes: int = 3 << 29
    processor_seconds: int = 10
    seconds: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Inspect a picture (no recipes), or make its previews; `font` draws what is not ASCII."""

    limits: Limits = Limits()
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


OUT_OF_MEMORY = 3
"""How a child ends that may have no more memory."""
_END = struct.Struct("<4si")
_MARK = b"end\n"

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


def end_of(status: int) -> bytes:
    """What follows a child's answer when it has ended: how it did (its wait status)."""
    return _END.pack(_MARK, status)


def split(said: bytes) -> tuple[bytes, int]:
    """A child's answer and its exit code, negative for a signal.

    Raises: ValueError, where it does not say to its end.
    """
    mark, status = _END.unpack(said[-_END.size :]) if len(said) >= _END.size else (b"", 0)
    if mark != _MARK:
        raise ValueError("the process apart is gone")
    return said[: -_END.size], os.waitstatus_to_exitcode(status)
