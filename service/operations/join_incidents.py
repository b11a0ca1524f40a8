"""Join a double report to the record that is kept."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.doubles import region_of
from service.domain.incident import Incident
from service.domain.powers import Officer, Operation
from service.domain.recording import join
from service.operations.case import incident_for
from service.operations.outcome import Created
from service.operations.ports import Work
from service.operations.possible_same import IncidentAnswer, answer_of
from service.operations.record_incident import put_on_record


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinIncidents:
    """`joined_id`, a double report, gives way to `kept_id`."""

    kept_id: UUID
    join_id: UUID
    joined_id: UUID


def join_incidents(
    command: JoinIncidents, *, officer: Officer, work: Work
) -> IncidentAnswer | Created[IncidentAnswer]:
    """Join two records of one fire; the joined one stays readable, its photos and statements too.

    Whoever may act on the joined record may let it give way to one of the own or a
    neighbouring station. Joining again what is joined changes nothing.
    Raises: Forbidden, IncidentUnknown, JoinRefused, RecordFrozen.
    """
    joined = incident_for(command.joined_id, Operation.RECORD_INCIDENT, officer=officer, work=work)
    kept = _kept(command, joined, officer, work)
    if joined.joined_to == kept.id:
        return answer_of(kept, officer=officer, work=work)
    taken, given = join(kept, joined, join_id=command.join_id)
    put_on_record(joined, given, officer=officer, work=work)
    after = put_on_record(kept, taken, officer=officer, work=work)
    return Created(answer_of(after, officer=officer, work=work))


def _kept(command: JoinIncidents, joined: Incident, officer: Officer, work: Work) -> Incident:
    kept = work.incidents.get(command.kept_id)
    region = region_of(joined.station_path, steps_up=work.rules.doubles.steps_up)
    if kept is not None and kept.station_path.startswith(region):
        return kept
    return incident_for(command.kept_id, Operation.RECORD_INCIDENT, officer=officer, work=work)
