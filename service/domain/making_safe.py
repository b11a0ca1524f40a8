"""Made safe again: a hazard of the report cleared, a supply restored, before or after it is frozen.

Both stand beside a registration's record, which stays byte for byte; the units read by them.
"""

from datetime import datetime

from service.domain.errors import Fault
from service.domain.incident import Clearance, Incident, Restoration, State, UtilityState
from service.domain.incident_events import RecordedHazardCleared, UtilityRestored
from service.domain.recording import frozen
from service.domain.report_checks import refuse, time_faults
from service.domain.route_refusals import HazardUnknown, MadeSafeBefore
from service.domain.words import Words


def clear_hazard(incident: Incident, made: Clearance, *, now: datetime) -> RecordedHazardCleared:
    """An authorised officer says that a recorded hazard is over.

    Raises: RecordFrozen when the record was joined to another, HazardUnknown, MadeSafeBefore,
    ReportInvalid.
    """
    _must_be_kept(incident)
    hazard = next((each for each in incident.hazards if each.id == made.hazard_id), None)
    if hazard is None:
        raise HazardUnknown(
            Fault(
                "/hazard_id",
                Words("该火情没有记录这一危险", "the incident has no such hazard on record"),
                Words("请核对编号", "check the id"),
            )
        )
    if hazard.cleared_at is not None:
        raise _before(Words("该危险已消除", "the hazard was cleared already"))
    called_at = incident.called_at
    refuse([*time_faults("/cleared_at", made.cleared_at, now, called_at=called_at)])
    return RecordedHazardCleared(clearance=made)


def restore_utility(incident: Incident, made: Restoration, *, now: datetime) -> UtilityRestored:
    """Gas, power or water is on again.

    Raises: RecordFrozen when the record was joined to another, MadeSafeBefore, ReportInvalid.
    """
    _must_be_kept(incident)
    if any(each.id == made.id for each in incident.restorations):
        raise _before(Words("该编号已用于另一内容", "the id stands for something else"))
    if getattr(incident.utilities, made.utility.value).state is UtilityState.ON:
        raise _before(Words("已在供应，无需恢复", "it is on already"))
    called_at = incident.called_at
    refuse([*time_faults("/restored_at", made.restored_at, now, called_at=called_at)])
    return UtilityRestored(restoration=made)


def _must_be_kept(incident: Incident) -> None:
    if incident.state is State.JOINED:
        raise frozen(incident, "/state")


def _before(wrong: Words) -> MadeSafeBefore:
    return MadeSafeBefore(
        Fault("/state", wrong, Words("请查看火情的现状", "see how the incident stands now"))
    )
