"""What somebody with a code may see, and nothing more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from service.domain.access import AccessSeen
from service.domain.codes import Code, CodeKind, good
from service.domain.custody import Custody
from service.domain.history import present
from service.domain.incident import Incident
from service.domain.photo import Photo
from service.domain.scene import Scene
from service.domain.status import (
    Contact,
    OwnersView,
    headline,
    is_decided,
    level_names,
    units_now,
    units_of,
)
from service.operations.ports import Work
from service.operations.see_photos import photos_shown
from service.operations.sign_in import hash_of

LAPSE_STEP = timedelta(minutes=5)
"""A scene's provisional extension lapses without an event: its stamp is good for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a code shows: `view` is None when the asker's stamp is the present one.

    `ends_at`: when the code ends by itself (UTC); the notice's does not.
    """

    kind: CodeKind
    ends_at: datetime | None
    stamp: str
    view: OwnersView | None
    scene: Scene | None
    photos: tuple[Photo, ...] = ()


def glance_status(secret: str, *, knows: Callable[[str], bool], work: Work) -> Seen | None:
    """The stamp alone, by one statement, if the asker has what it stands for: `knows(stamp)`.

    Raises: CodeUnknown.
    """
    code, stamp = _stamp(secret, work)
    return _seen(code, stamp, view=None, scene=None) if knows(stamp) else None


def read_status(secret: str, *, with_photos: bool = False, work: Work) -> Seen:
    """What this code shows now, with the photos only where they are asked for.

    Raises: CodeUnknown.
    """
    code, stamp = _stamp(secret, work)
    incident = work.incidents.get(code.incident_id)
    assert incident is not None  # noqa: S101 - the stamp was read together with it
    scene = scene_of(incident.id, work=work)
    view = _view(code, incident, scene, work)
    seen = _seen(code, stamp, view=view, scene=scene)
    return replace(seen, photos=tuple(photos_shown(code, work=work))) if with_photos else seen


def _stamp(secret: str, work: Work) -> tuple[Code, str]:
    found, versions, has_scene = work.codes.stamp(hash_of(secret)) or (None, "", False)
    code = good(found, work.now)
    step = int(work.now.timestamp() // LAPSE_STEP.total_seconds()) if has_scene else 0
    return code, f"{versions}-{step}"


def scene_of(incident_id: UUID, *, work: Work) -> Scene | None:
    """The scene of an incident as it stands now."""
    scene_id = work.scenes.of_incident(incident_id)
    scene = None if scene_id is None else work.scenes.get(scene_id)
    return None if scene is None else present(scene, work.now)


def _seen(code: Code, stamp: str, *, view: OwnersView | None, scene: Scene | None) -> Seen:
    return Seen(kind=code.kind, ends_at=code.expires_at, stamp=stamp, view=view, scene=scene)


def _view(code: Code, incident: Incident, scene: Scene | None, work: Work) -> OwnersView:
    custody = work.custodies.get(scene.record.id) if scene else None
    units = units_now(incident, scene, custody.supplies if custody else ())
    party = incident.party(code.party_id) if code.party_id else None
    if party is not None:
        units = units_of(scene.parts(party.unit_ids) if scene else party.unit_ids, units)
    return OwnersView(
        address=incident.place.address,
        headline=headline(units, decided=is_decided(incident, scene)),
        units=units,
        level_names=level_names(scene),
        contact=_contact(incident, scene, work),
        expected_at=scene.record.planned_release_at if scene else None,
        accesses=_own_accesses(code, custody, work),
    )


def _own_accesses(code: Code, custody: Custody | None, work: Work) -> tuple[AccessSeen, ...]:
    """What the party asked for, or somebody asked for them, the latest first."""
    if custody is None or code.party_id is None:
        return ()
    own = (each for each in reversed(custody.accesses) if each.party_id == code.party_id)
    return tuple(AccessSeen(access=each, now=work.now) for each in own)


def _contact(incident: Incident, scene: Scene | None, work: Work) -> Contact:
    post = work.people.post(incident.station_id)
    lead = work.people.user(scene.record.lead_officer_id) if scene else None
    return Contact(
        post=post.name if post else "",
        phone=post.phone if post else "119",
        officer=lead.name if lead else None,
    )
