"""What is due at a scene and at a fire's routes, and what is late: functions of a state and a time.

Every term is a rule that is data (service/rules/terms.json). A seal is reviewed by each finding
that weighs what it still needs (findings.REVIEWS), by an extension approved, and by
`seal_reviewed`, which says that it was looked at and stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from service.domain.calendar import TermTable, legal_day
from service.domain.scene import Extension, Objection, Scene
from service.domain.words import Words


class Matter(StrEnum):
    """What a warning is about."""

    SEAL_NOT_REVIEWED = "seal_not_reviewed"
    RELEASE_OVERDUE = "release_overdue"
    EXTENSION_LAPSES = "extension_lapses"
    OBJECTION_UNDECIDED = "objection_undecided"
    REPORT = "report"
    SUPPLEMENT = "supplement"
    FILING = "filing"
    DETERMINATION = "determination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One thing that is late, or about to be; `due_at` aware UTC.

    `about`: the extension or the objection; None where it is the whole.
    """

    matter: Matter
    due_at: datetime
    words: Words
    late: bool = False
    about: UUID | None = None


def warnings_at(scene: Scene, *, terms: TermTable, now: datetime) -> tuple[Warned, ...]:
    """What is late at a scene, and its extensions about to lapse, the most urgent first.

    `scene` is as it stands at `now` (history.present).
    """
    found = [each for each in _due(scene, terms) if each.due_at < now or _lapses(each)]
    found.sort(key=lambda each: (each.due_at, each.matter))
    return tuple(replace(each, late=each.due_at < now) for each in found)


def warns_from(scene: Scene, *, terms: TermTable) -> datetime | None:
    """From when on, if nothing is recorded meanwhile, the scene has a warning; None: never."""
    moments = (
        scene.record.changed_at if _lapses(each) else each.due_at for each in _due(scene, terms)
    )
    return min(moments, default=None)


def hours_of(terms: TermTable, id: str, *, on: datetime) -> timedelta:
    """The length of a term in hours that is in force on the legal day of a moment."""
    return timedelta(hours=terms.of(id, legal_day(on)).length)


def _due(scene: Scene, terms: TermTable) -> Iterator[Warned]:
    record = scene.record
    if record.released is not None:
        return
    if record.sealed_at is not None and scene.seal.cells:
        yield _review(record.reviewed_at or record.sealed_at, terms)
        if record.planned_release_at is not None:
            yield _release(record.planned_release_at)
    yield from (_objection(each, terms) for each in record.objections.values() if each.is_open)
    for extension in record.extensions.values():
        if extension.provisional and extension.lapses_at is not None:
            yield _lapse(extension, extension.lapses_at)


def _lapses(each: Warned) -> bool:
    """Whether it is told of at once: somebody must approve before the time is over."""
    return each.matter is Matter.EXTENSION_LAPSES


def _review(reviewed_at: datetime, terms: TermTable) -> Warned:
    hours = hours_of(terms, "seal_review", on=reviewed_at)
    length = int(hours.total_seconds() // 3600)
    return Warned(
        matter=Matter.SEAL_NOT_REVIEWED,
        due_at=reviewed_at + hours,
        words=Words(
            f"封闭范围已逾{length}小时未复查", f"the seal has not been reviewed for {length} hours"
        ),
    )


def _release(planned_at: datetime) -> Warned:
    return Warned(
        matter=Matter.RELEASE_OVERDUE,
        due_at=planned_at,
        words=Words("已过计划解除封闭的时间", "the planned release is past"),
    )


def _objection(objection: Objection, terms: TermTable) -> Warned:
    hours = hours_of(terms, "objection_decision", on=objection.raised_at)
    length = int(hours.total_seconds() // 3600)
    return Warned(
        matter=Matter.OBJECTION_UNDECIDED,
        due_at=objection.raised_at + hours,
        words=Words(
            f"异议提出已逾{length}小时未作决定", f"an objection is undecided after {length} hours"
        ),
        about=objection.id,
    )


def _lapse(extension: Extension, lapses_at: datetime) -> Warned:
    return Warned(
        matter=Matter.EXTENSION_LAPSES,
        due_at=lapses_at,
        words=Words(
            f"先行扩大的封闭（{extension.reason}）待批准，否则到时失效",
            f"the extension taken at once ({extension.reason}) lapses unless it is approved",
        ),
        about=extension.id,
    )
