"""How an operation says that its result is new."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Created(Generic[T]):
    """The result did not exist before; over HTTP this is a 201 instead of a 200."""

    value: T


@dataclass(frozen=True, slots=True)
class Precondition:
    """What the caller says about the present state: it is absent, or it has this version."""

    create: bool
    version: int | None = None
