"""/v1/scenes/{id}/pictures: levels as SVG and PNG, at any time; before and after a finding."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from flask import Response, request

from schemas.pictures import (
    ChangeImageQuery,
    ChangePictureQuery,
    LevelImageQuery,
    LevelPictureQuery,
)
from service.domain.photo_pins import PhotoPin
from service.domain.powers import Officer
from service.domain.scene import Scene
from service.operations.pin_photos import pin_photos
from service.operations.ports import Work
from service.operations.read_change import Change, read_change
from service.operations.read_scene import read_scene, read_scene_at
from service.web.blueprint import Blueprint
from service.web.current import settings, signed_in, transactions
from service.web.drawing_pair import pair
from service.web.fonts import chinese_font
from service.web.level_pictures import framed, picture, sealed_pieces
from service.web.phrases import LEGAL_TIME
from service.web.png import NO_FONT, REMEDY, as_png

scene_pictures = Blueprint(
    "scene_pictures",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>",
    description="现场图 · pictures",
)
SVG, PNG = "image/svg+xml", "image/png"
TEXT, BYTES = {"type": "string"}, {"type": "string", "format": "binary"}


@scene_pictures.route("/pictures/<path:level>.svg", methods=["GET"])
@scene_pictures.arguments(LevelPictureQuery, location="query")
@scene_pictures.response(200, TEXT, content_type=SVG)
def get_level_svg(query: dict[str, Any], scene_id: UUID, level: str) -> Response:
    """A level drawn, now or `at` a time: seal by reason, posts, doors, origin, evidence, photos."""
    return _svg(_level(scene_id, level, query))


@scene_pictures.route("/pictures/<path:level>.png", methods=["GET"])
@scene_pictures.arguments(LevelImageQuery, location="query")
@scene_pictures.response(200, BYTES, content_type=PNG)
def get_level_png(query: dict[str, Any], scene_id: UUID, level: str) -> Response:
    """The same drawing as PNG, `width` pixels wide."""
    return _png(_level(scene_id, level, query), query["width"])


@scene_pictures.route("/findings/<uuid:finding_id>/picture.svg", methods=["GET"])
@scene_pictures.arguments(ChangePictureQuery, location="query")
@scene_pictures.response(200, TEXT, content_type=SVG)
def get_change_svg(query: dict[str, Any], scene_id: UUID, finding_id: UUID) -> Response:
    """A level before a finding and after it, side by side or `stacked`."""
    return _svg(_change(scene_id, finding_id, query))


@scene_pictures.route("/findings/<uuid:finding_id>/picture.png", methods=["GET"])
@scene_pictures.arguments(ChangeImageQuery, location="query")
@scene_pictures.response(200, BYTES, content_type=PNG)
def get_change_png(query: dict[str, Any], scene_id: UUID, finding_id: UUID) -> Response:
    """The same as PNG, `width` pixels wide."""
    return _png(_change(scene_id, finding_id, query), query["width"])


def _level(scene_id: UUID, level: str, query: dict[str, Any]) -> str:
    """The level as it stands, dated by its last change, or as it stood."""

    at: datetime | None = query["at"]

    def read(work: Work) -> tuple[Scene, tuple[PhotoPin, ...]]:
        officer = signed_in(work)
        if at is None:
            scene = read_scene(scene_id, officer=officer, work=work)
        else:
            scene = read_scene_at(scene_id, at, officer=officer, work=work)
        if not query["photos"]:
            return scene, ()
        return scene, pin_photos(scene, level, until=at, officer=officer, work=work)

    scene, pins = transactions().read(read)
    shown = (at or scene.record.changed_at).astimezone(LEGAL_TIME)
    return picture(scene, level, heading=f"{shown:%Y-%m-%d %H:%M}", pins=pins)


def _change(scene_id: UUID, finding_id: UUID, query: dict[str, Any]) -> str:
    def read(work: Work) -> Change:
        officer: Officer = signed_in(work)
        level = query["level"]
        return read_change(scene_id, finding_id, level=level, officer=officer, work=work)

    change = transactions().read(read)
    sealed = [
        piece.shape
        for scene in (change.before, change.after)
        for piece in sealed_pieces(scene, change.level)
    ]
    drawn = [
        picture(scene, change.level, heading=heading, room_for=sealed, named=named)
        for scene, heading, named in (
            (change.before, "之前 before", "-before"),
            (change.after, "之后 after", "-after"),
        )
    ]
    return pair(drawn[0], drawn[1], stacked=query["stacked"])


def _svg(svg: str) -> Response:
    response = framed(Response(svg, mimetype=SVG))
    response.add_etag()
    response.make_conditional(request)
    return response


def _png(svg: str, width: int) -> Response:
    """The picture; where the asker has it already, it is not drawn again."""
    font = chinese_font(settings().font)
    family = font.family if font else ""
    etag = hashlib.sha256(f"{width} {family} {svg}".encode()).hexdigest()
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(as_png(svg, width=width, font=font), mimetype=PNG)
    response.set_etag(etag)
    if font is None:
        structlog.get_logger().warning("no-chinese-font", remedy=REMEDY)
        response.headers["Warning"] = f'299 handback "{NO_FONT}; {REMEDY}"'
    return response
