"""What is asked of the process that decodes pictures, and what it answers: plain values."""

import os
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

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
_SAID, _END = struct.Struct("<4sQ"), struct.Struct("<4si")
_SAID_MARK, _END_MARK = b"said", b"end\n"

_TO_BYTES = msgspec.msgpack.Encoder()
_TO_TASK = msgspec.msgpack.Decoder(Task)
_TO_DONE = msgspec.msgpack.Decoder(Done)


def to_bytes(value: Task | Done) -> bytes:
    """For the other process."""
    return _TO_BYTES.encode(value)


def to_task(sent: bytes) -> Task:
    """What `to_bytes` wrote."""
    return _TO_TASK.decode(sent)


def answer_of(done: Done) -> bytes:
    """A child's answer, which says how long it is."""
    said = to_bytes(done)
    return _SAID.pack(_SAID_MARK, len(said)) + said


def end_of(status: int) -> bytes:
    """What follows when a child has ended: how it did (its wait status)."""
    return _END.pack(_END_MARK, status)


def read_answer(heard: BinaryIO) -> Done | int:
    """A whole answer as soon as it is there, else the exit code, negative for a signal.

    Raises: ValueError, where neither came: the process apart is gone.
    """
    first = heard.read(_SAID.size)
    if first[:4] == _SAID_MARK and len(first) == _SAID.size:
        length = _SAID.unpack(first)[1]
        first = heard.read(length)
        if len(first) == length:
            return _TO_DONE.decode(first)
    mark, status = _END.unpack(first[-_END.size :]) if len(first) >= _END.size else (b"", 0)
    if mark != _END_MARK:
        raise ValueError("the process apart is gone")
    return os.waitstatus_to_exitcode(status)
