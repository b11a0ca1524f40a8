"""The drawings of a scene for a page, and the one style that such a page lets them bring along."""

import base64
import hashlib
from collections.abc import Collection

import shapely
from flask import Response

from service.domain.plan import GROUND
from service.domain.reasons import reasons_of
from service.domain.scene import Scene
from service.domain.words import Words
from service.web.drawing import SealedPiece, draw_level
from service.web.drawing_frame import upright
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
    direction_deg = upright(unit.shape for unit in scene.plan.units() if unit.id != GROUND)
    return [
        draw_level(
            level,
            _sealed(scene, level.id),
            openings=scene.plan.openings,
            mine=mine,
            direction_deg=direction_deg,
            beside=scene.plan.levels,
        )
        for level in scene.plan.levels
        if levels is None or level.id in levels
    ]


def _sealed(scene: Scene, level_id: str) -> list[SealedPiece]:
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
