"""When what a finding tells of can have happened: after the call of its fire, and in order."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from service.domain.errors import Fault
from service.domain.findings import EvidenceTaken, Finding, PartyNotReached
from service.domain.report_checks import refuse, time_faults
from service.domain.words import Words


def check_times(finding: Finding, *, called_at: datetime | None, now: datetime) -> None:
    """See that nothing a finding tells of lies before the call, in the future, or goes back.

    Raises: ReportInvalid, with every fault.
    """
    faults: list[Fault] = []
    for pointer, moment in _told(finding):
        faults += time_faults(pointer, moment, now, called_at=called_at)
    if isinstance(finding, EvidenceTaken):
        faults += _backwards(finding)
    refuse(faults)


def _told(finding: Finding) -> Iterator[tuple[str, datetime]]:
    if isinstance(finding, EvidenceTaken):
        for n, hand in enumerate(finding.custody):
            yield f"/custody/{n}/at", hand.at
    if isinstance(finding, PartyNotReached):
        for n, moment in enumerate(finding.served_at):
            yield f"/served_at/{n}", moment


def _backwards(finding: EvidenceTaken) -> Iterator[Fault]:
    for n, (sooner, later) in enumerate(pairwise(finding.custody), start=1):
        if later.at < sooner.at:
            yield Fault(
                f"/custody/{n}/at",
                Words("移交时间早于上一环节", "it lies before the hand it came from"),
                Words("请按移交先后填写", "give the hands in the order they took it"),
            )
