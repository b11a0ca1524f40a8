"""What somebody stated, and the signature that binds the exact text they were shown."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

Stroke = tuple[tuple[float, float, int], ...]
"""Points of one stroke on the glass: x and y in the pad's pixels, t in ms since the first."""


class Objection(StrEnum):
    """The view taken of the facts told: none stated yet, no objection 无异议, or one 有异议."""

    NONE = "none"
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Timed strokes bound to the SHA-256 (hex) of the text that was shown; never deleted.

    `voided_at` is set when that text has changed since: it must then be signed again.
    """

    strokes: tuple[Stroke, ...]
    digest: str
    device: str
    officer_present: UUID
    signed_at: datetime
    voided_at: datetime | None = None


def binding(signatures: tuple[Signature, ...]) -> Signature | None:
    """The last signature, if it still binds."""
    return signatures[-1] if signatures and signatures[-1].voided_at is None else None


def all_voided(signatures: tuple[Signature, ...], at: datetime) -> tuple[Signature, ...]:
    """The same with every signature that still bound voided."""
    return tuple(
        replace(each, voided_at=at) if each.voided_at is None else each for each in signatures
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One hearing of one party, or of a witness who is named and no party.

    `facts_heard` says whether the facts were told and the views on them heard (Art. 13);
    `signatures` keeps every signature, voided ones too, oldest first.
    """

    id: UUID
    version: int
    party_id: UUID | None
    witness: str | None
    text: str
    facts_heard: bool
    objection: Objection
    heard_by: UUID
    heard_at: datetime
    signatures: tuple[Signature, ...] = ()

    @property
    def signature(self) -> Signature | None:
        """The signature that still binds; None when there is none, or it was voided."""
        return binding(self.signatures)

    @property
    def must_be_signed_again(self) -> bool:
        """It was signed, and the text shown has changed since."""
        return bool(self.signatures) and self.signature is None

    def voided(self, at: datetime) -> "Statement":
        """The same, one version on, with every signature that still bound voided."""
        kept = all_voided(self.signatures, at)
        return replace(self, version=self.version + 1, signatures=kept)
