"""Decisions on an investigation: taken over, team, pauses, extension."""

from dataclasses import replace
from datetime import datetime

from service.domain import calendar
from service.domain.calendar import Due, Pause, legal_day
from service.domain.errors import Fault
from service.domain.incident import Incident
from service.domain.investigation import (
    Extension,
    Ground,
    Investigation,
    InvestigationOpened,
    PauseRecorded,
    RecordedPause,
    Team,
    TermExtended,
)
from service.domain.powers import Officer
from service.domain.registering import must_be_superior
from service.domain.route_refusals import InvestigatorsWrong, PauseInvalid, TermEnded
from service.domain.rulebook import Rulebook
from service.domain.words import Words

FEWEST = 2


def take_over(
    incident: Incident,
    *,
    team: Team,
    ground: Ground,
    reason: str,
    handed_over_to: str | None,
    rules: Rulebook,
    officer: Officer,
    now: datetime,
) -> InvestigationOpened:
    """Investigate a fire from what is on record; 30 days from the alarm (Art. 29).

    Raises: InvestigatorsWrong.
    """
    must_be_team(team)
    opened = Investigation(
        id=incident.id,
        version=1,
        office_path=officer.post_path,
        ground=ground,
        reason=reason,
        team=team,
        opened_at=now,
        opened_by=officer.id,
        alarm_at=incident.called_at,
        due=Due(at=None),
        handed_over_to=handed_over_to,
    )
    return InvestigationOpened(investigation=replace(opened, due=determination_due(opened, rules)))


def must_be_team(team: Team) -> None:
    """Raises: InvestigatorsWrong unless two or more different people, the lead among them."""
    people = set(team.investigator_ids)
    if len(people) < FEWEST or len(people) < len(team.investigator_ids):
        raise _team_wrong("/investigator_ids", "须有两名以上调查人员", "two or more, each once")
    if team.lead_officer_id not in people:
        raise _team_wrong(
            "/lead_officer_id", "负责人须是调查人员", "the lead officer is one of them"
        )


def pause(
    investigation: Investigation, recorded: RecordedPause, *, rules: Rulebook
) -> PauseRecorded:
    """Record a pause, or the end of one; the term moves with it.

    Raises: PauseInvalid when it begins before the alarm or ends before it begins.
    """
    span = recorded.pause
    if span.begun_at < investigation.alarm_at:
        raise _pause_wrong("/begun_at", "早于报警时间", "it begins before the alarm")
    if span.ended_at is not None and span.ended_at < span.begun_at:
        raise _pause_wrong("/ended_at", "结束早于开始", "it ends before it begins")
    others = tuple(other for other in investigation.pauses if other.id != recorded.id)
    after = replace(investigation, pauses=(*others, recorded))
    return PauseRecorded(recorded=recorded, due=determination_due(after, rules))


def extend(
    investigation: Investigation,
    *,
    reason: str,
    rules: Rulebook,
    officer: Officer,
    now: datetime,
) -> TermExtended:
    """Give 30 more days, once, by an officer of the next level and before the term ends.

    Raises: NotSuperior, TermEnded.
    """
    must_be_superior(officer, investigation.office_path)
    if investigation.extension is not None or investigation.due.is_late(now):
        raise TermEnded(
            Fault(
                "/extension",
                Words("期限已过或已延长过", "the term has ended, or was extended before"),
                Words("每案只能在期满前延长一次", "it is extended once, before its end"),
            ),
            due_at=investigation.due.at,
        )
    term = rules.terms.of("determination_extension", legal_day(investigation.alarm_at))
    extension = Extension(days=term.length, reason=reason, approved_at=now, approved_by=officer.id)
    after = replace(investigation, extension=extension)
    return TermExtended(extension=extension, due=determination_due(after, rules))


def determination_due(investigation: Investigation, rules: Rulebook) -> Due:
    """When the determination is due, with extension and pauses; UTC."""
    alarm_at = investigation.alarm_at
    term = rules.terms.of("determination", legal_day(alarm_at))
    more = investigation.extension.days if investigation.extension else 0
    pauses: list[Pause] = [recorded.pause for recorded in investigation.pauses]
    return calendar.due(
        replace(term, length=term.length + more),
        start=alarm_at,
        calendar=rules.calendar,
        pauses=pauses,
    )


def _team_wrong(pointer: str, zh: str, en: str) -> InvestigatorsWrong:
    remedy = Words("请指定两名以上在岗调查人员", "name two or more investigators in service")
    return InvestigatorsWrong(Fault(pointer, Words(zh, en), remedy))


def _pause_wrong(pointer: str, zh: str, en: str) -> PauseInvalid:
    remedy = Words("请核对起止时间", "check both times")
    return PauseInvalid(Fault(pointer, Words(zh, en), remedy))
