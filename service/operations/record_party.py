"""Put a party or witness on an incident's record, or correct one."""

from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.errors import Fault, PartyUnknown
from service.domain.party import Capacity, Party
from service.domain.powers import Officer, Operation
from service.domain.recording import record_party as decide_party
from service.domain.words import Words
from service.operations.case import incident_for
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work
from service.operations.record_incident import put_on_record, stale


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordParty:
    """A party as it shall stand."""

    incident_id: UUID
    id: UUID
    name: str
    capacity: Capacity
    id_number: str | None
    phone: str | None
    unit_ids: tuple[str, ...]
    precondition: Precondition


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswer:
    """A party, and the version of the incident it stands in."""

    party: Party
    incident_version: int

    @property
    def version(self) -> int:
        """The party's: it becomes the ETag."""
        return self.party.version


def record_party(
    command: RecordParty, *, officer: Officer, work: Work
) -> PartyAnswer | Created[PartyAnswer]:
    """Record a party; saying again what stands changes nothing.

    Raises: Forbidden, IncidentUnknown, PartyUnknown, RecordFrozen, RecordStale.
    """
    incident = incident_for(
        command.incident_id, Operation.RECORD_INCIDENT, officer=officer, work=work
    )
    party = Party(
        id=command.id,
        version=0,
        name=command.name,
        capacity=command.capacity,
        id_number=command.id_number,
        phone=command.phone,
        unit_ids=command.unit_ids,
    )
    before = incident.party(command.id)
    if before is None and not command.precondition.create:
        raise party_unknown()
    if before is not None:
        present = PartyAnswer(party=before, incident_version=incident.version)
        if replace(party, version=before.version) == before:
            return present
        if command.precondition.version != before.version:
            raise stale(before.version, present=present)
    event = decide_party(incident, party, now=work.now)
    after = put_on_record(incident, event, officer=officer, work=work)
    answer = PartyAnswer(party=event.party, incident_version=after.version)
    return answer if before else Created(answer)


def party_unknown() -> PartyUnknown:
    """The refusal for a party that is not on record."""
    return PartyUnknown(
        Fault(
            "/party_id",
            Words("该火情没有这名当事人", "the incident has no such party"),
            Words("请核对编号；新登记请带If-None-Match: *", "check the id; to add one send *"),
        )
    )
