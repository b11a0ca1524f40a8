"""The drawings of a scene for a page, and the one style that such a page lets them bring along."""

import base64
import hashlib
from collections.abc import Collection, Sequence

import shapely
from flask import Response
from shapely.geometry.base import BaseGeometry

from service.domain.holds import Hold, HoldKind
from service.domain.photo_pins import PhotoPin
from service.domain.plan import GROUND
from service.domain.reasons import reasons_of
from service.domain.scene import Scene
from service.domain.tape_posts import tape_line
from service.domain.words import Words
from service.web.drawing import SealedPiece, draw_level
from service.web.drawing_frame import upright
from service.web.drawing_marks import Mark, MarkKind
from service.web.drawing_style import STYLE

_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    "default-src 'none'; script-src 'self'; "
    f"style-src 'self' 'sha256-{_DIGEST}'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def framed(response: Response) -> Response:
    """Let the page show drawings: their style sheet by its digest, and nothing else inline."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


def pictures(
    scene: Scene, *, levels: Collection[str] | None = None, mine: Collection[str] = ()
) -> list[str]:
    """Each level (or those named) as SVG, stood upright: sealed cells by reason, `mine` lined."""
    found = (level.id for level in scene.plan.levels if levels is None or level.id in levels)
    return [picture(scene, level, mine=mine) for level in found]


def picture(
    scene: Scene,
    level_id: str,
    *,
    mine: Collection[str] = (),
    heading: str = "",
    room_for: Sequence[BaseGeometry] = (),
    named: str = "",
    pins: Sequence[PhotoPin] = (),
) -> str:
    """One level as SVG, stood upright, with posts, evidence in place, the origin, and photos.

    See `draw_level` for the rest. Raises: LevelUnknown.
    """
    return draw_level(
        scene.plan.on(level_id, pointer="/level"),
        sealed_pieces(scene, level_id),
        openings=scene.plan.openings,
        marks=[
            *marks(scene, level_id),
            *(Mark(kind=MarkKind.PHOTO, at=pin.at, pin=pin) for pin in pins),
        ],
        mine=mine,
        direction_deg=upright(u.shape for u in scene.plan.units() if u.id != GROUND),
        heading=heading,
        beside=scene.plan.levels,
        room_for=room_for,
        named=named,
    )


def marks(scene: Scene, level_id: str) -> list[Mark]:
    """Posts, evidence by the number it had from the first, and where the fire began."""
    found = [
        Mark(kind=MarkKind.POST, at=post)
        for post in shapely.get_parts(tape_line(scene, level_id).posts)
    ]
    evidence = [each.hold for each in scene.holds() if each.hold.kind is HoldKind.EVIDENCE]
    numbers = {hold.id: str(number) for number, hold in enumerate(evidence, start=1)}
    for each in scene.live(HoldKind.EVIDENCE, HoldKind.AREA_OF_ORIGIN):
        at = _place(scene, each.hold, level_id)
        if at is not None and each.hold.kind is HoldKind.EVIDENCE:
            found.append(Mark(kind=MarkKind.EVIDENCE, at=at, label=numbers[each.hold.id]))
        elif at is not None:
            found.append(Mark(kind=MarkKind.ORIGIN, at=at))
    return found


def _place(scene: Scene, hold: Hold, level_id: str) -> BaseGeometry | None:
    """Where a hold is drawn on a level: its shape, else the units it names; None where neither."""
    if level_id not in hold.levels:
        return None
    if not hold.shapes.is_empty:
        return hold.shapes
    named = [scene.plan.unit(id) for id in scene.parts(hold.named_units)]
    here = [unit.shape for unit in named if unit.level == level_id]
    return shapely.union_all(here) if here else None


def sealed_pieces(scene: Scene, level_id: str) -> list[SealedPiece]:
    """What is sealed on a level, crumbs left out, each piece with its reasons."""
    pieces = []
    for cell in scene.seal.cells:
        if cell.level == level_id and not cell.crumb:
            why = [reason.why for reason in reasons_of(scene, cell.holds)]
            pieces.append(
                SealedPiece(
                    shape=shapely.from_wkb(cell.wkb),
                    kinds=frozenset(scene.record.holds[id].hold.kind for id in cell.holds),
                    why=Words("；".join(w.zh for w in why), "; ".join(w.en for w in why)),
                )
            )
    return pieces
