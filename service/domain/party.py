"""The people a fire concerns: parties with their units, and witnesses."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Capacity(StrEnum):
    """In which capacity somebody is concerned 当事人身份."""

    LANDLORD = "landlord"
    TENANT = "tenant"
    OPERATOR = "operator"
    RESIDENT = "resident"
    OWNER = "owner"
    MANAGER = "manager"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One person or firm; `version` counts the changes of this party, from 1.

    `unit_ids` are plan feature ids, or ids of the incident's own units concerned.
    """

    id: UUID
    version: int
    name: str
    capacity: Capacity
    id_number: str | None
    phone: str | None
    unit_ids: tuple[str, ...]

    @property
    def is_witness(self) -> bool:
        """A witness is heard, but is nobody whose objection or signature decides."""
        return self.capacity is Capacity.WITNESS
