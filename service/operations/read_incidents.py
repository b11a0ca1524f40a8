"""Read one incident, or a page of them."""

from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.incident import Incident
from service.domain.incident_query import IncidentQuery, Mark
from service.domain.powers import Officer, Operation, must_be_allowed
from service.operations.case import incident_for
from service.operations.ports import Work
from service.operations.possible_same import IncidentAnswer, answer_of
from service.operations.record_party import PartyAnswer, party_unknown
from service.operations.record_statement import StatementAnswer, statement_unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """Some incidents, and where the next page begins (None: this was the last)."""

    incidents: tuple[Incident, ...]
    next: Mark | None


def read_incident(id: UUID, *, officer: Officer, work: Work) -> IncidentAnswer:
    """One incident, with what is perhaps the same fire.

    Raises: Forbidden, IncidentUnknown.
    """
    incident = incident_for(id, Operation.READ_INCIDENTS, officer=officer, work=work)
    return answer_of(incident, officer=officer, work=work)


def read_party(incident_id: UUID, party_id: UUID, *, officer: Officer, work: Work) -> PartyAnswer:
    """One party.

    Raises: Forbidden, IncidentUnknown, PartyUnknown.
    """
    incident = incident_for(incident_id, Operation.READ_INCIDENTS, officer=officer, work=work)
    party = incident.party(party_id)
    if party is None:
        raise party_unknown()
    return PartyAnswer(party=party, incident_version=incident.version)


def read_statement(
    incident_id: UUID, statement_id: UUID, *, officer: Officer, work: Work
) -> StatementAnswer:
    """One statement, with the text to be shown and signed.

    Raises: Forbidden, IncidentUnknown, StatementUnknown.
    """
    incident = incident_for(incident_id, Operation.READ_INCIDENTS, officer=officer, work=work)
    statement = incident.statement(statement_id)
    if statement is None:
        raise statement_unknown()
    return StatementAnswer(statement=statement, incident=incident)


def list_incidents(query: IncidentQuery, *, officer: Officer, work: Work) -> IncidentPage:
    """A page of the incidents of the officer's part of the tree; `query.within` is set here.

    Raises: Forbidden.
    """
    must_be_allowed(officer, Operation.LIST_INCIDENTS, at=None)
    asked = replace(query, within=officer.post_path, limit=query.limit + 1)
    found = work.incidents.find(asked)
    page = tuple(found[: query.limit])
    more = len(found) > query.limit
    return IncidentPage(
        incidents=page,
        next=Mark(called_at=page[-1].called_at, id=page[-1].id) if more else None,
    )
