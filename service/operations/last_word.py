"""When a party said what a finding says: its statement on the incident, or the phone's word."""

from dataclasses import replace
from datetime import datetime

from service.domain.findings import Finding, NoObjectionStated, ObjectionRaised
from service.domain.scene import Scene
from service.domain.scene_refusals import StatementNotSigned
from service.domain.statement import Objection
from service.operations.ports import Work


def as_said(finding: Finding, observed_at: datetime | None, *, scene: Scene, work: Work) -> Finding:
    """The finding with the time at which the party said it; other findings as they are.

    Raises: StatementNotSigned.
    """
    if isinstance(finding, NoObjectionStated):
        return replace(finding, stated_at=_stated_at(finding, scene, work))
    if isinstance(finding, ObjectionRaised):
        return replace(finding, observed_at=observed_at)
    return finding


def _stated_at(finding: NoObjectionStated, scene: Scene, work: Work) -> datetime:
    """A statement of no objection stands on the incident, by that party, and its signature binds.

    Raises: StatementNotSigned.
    """
    incident = work.incidents.get(scene.record.incident_id)
    for statement in incident.statements if incident else ():
        if statement.id == finding.statement_id and statement.party_id == finding.party_id:
            agrees = statement.objection is Objection.NO_OBJECTION
            if agrees and statement.signature is not None:
                return min(statement.heard_at, statement.signature.signed_at)
    raise StatementNotSigned.at("/statement_id")
