"""Say what findings would change, and what clearing each live hold would free."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.answering import Answer
from service.domain.deciding import power_for
from service.domain.findings import Finding, placed
from service.domain.powers import Officer, Operation
from service.domain.previewing import WhatIf, preview, what_if
from service.operations.last_word import as_said
from service.operations.ports import Work
from service.operations.scene_desk import begin_on, load


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFindings:
    """Findings, in order, with their shapes in WGS 84; then an extension asked for, approved."""

    scene_id: UUID
    findings: tuple[Finding, ...]
    extension_id: UUID | None = None


def preview_findings(query: PreviewFindings, *, officer: Officer, work: Work) -> Answer:
    """The answer that recording them would get; nothing is changed.

    Raises: what recording them would raise, preconditions apart.
    """
    scene = load(query.scene_id, Operation.READ_SCENE, officer=officer, work=work)
    for finding in query.findings:
        load(query.scene_id, power_for(finding), officer=officer, work=work)
    said = (as_said(finding, None, scene=scene, work=work) for finding in query.findings)
    ready = [placed(finding, plane=scene.record.plane) for finding in said]
    course = begin_on(scene, officer=officer, work=work)
    return preview(course, ready, extension_id=query.extension_id)


def what_if_cleared(scene_id: UUID, *, officer: Officer, work: Work) -> WhatIf:
    """What clearing each live hold, surveying each unit, or origin-only would free.

    Raises: SceneUnknown, Forbidden, SceneReleased.
    """
    scene = load(scene_id, Operation.READ_SCENE, officer=officer, work=work)
    return what_if(begin_on(scene, officer=officer, work=work))
