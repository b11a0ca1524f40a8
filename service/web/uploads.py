"""/v1/uploads: tus 1.0.0 with every extension but checksum-trailer and concatenation-unfinished.

https://tus.io/protocols/resumable-upload. An upload is called by its photo's id; a part of a
final upload, which is no photo yet, by an id of ours.
"""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

from flask import Response, request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from service.domain.errors import Fault
from service.domain.photo_refusals import TusVersionWrong, UploadTypeWrong
from service.domain.powers import Officer
from service.domain.upload import UploadPart
from service.domain.upload_concat import PARTIAL, PLACE, read_parts
from service.domain.upload_headers import CHECKSUMS, read_checksum, read_count, read_length
from service.domain.upload_metadata import read_announcement
from service.domain.words import Words
from service.operations.append_to_upload import Piece, append_to_upload
from service.operations.begin_upload import begin_part, begin_upload
from service.operations.give_up_upload import give_up_upload
from service.operations.outcome import Created
from service.operations.resume_upload import Progress, resume_upload
from service.web.blueprint import Blueprint
from service.web.current import photo_room, signed_in, transactions
from service.web.openapi_uploads import (
    ABILITIES,
    CHECKSUM,
    CONCAT,
    DEFER,
    EVERY,
    LATE_LENGTH,
    LENGTH,
    METADATA,
    OFFSET,
    PIECE,
    PIECE_TYPE,
    PLACED,
    PROGRESS,
    SPOKEN,
    VERSION,
    refusals,
)

EXTENSIONS = (
    "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,"
    "concatenation"
)
_READ_BYTES = 256 << 10

uploads = Blueprint(
    "uploads", __name__, url_prefix="/v1/uploads", description="照片上传 · tus 1.0.0"
)


def _answers_options_elsewhere(function: Callable[..., Response]) -> Callable[..., Response]:
    """Keep Flask from answering OPTIONS for this route: get_upload_abilities does."""
    function.provide_automatic_options = False  # type: ignore[attr-defined]
    return function


@uploads.before_request
def must_speak_tus() -> None:
    """Refuse another version of the protocol before anything else.

    Raises: TusVersionWrong.
    """
    spoken = request.headers.get("Tus-Resumable")
    if request.method != "OPTIONS" and spoken != VERSION:
        raise TusVersionWrong(
            Fault(
                "/headers/Tus-Resumable",
                Words(f"应为{VERSION}", f"it should be {VERSION}"),
                Words(f"请用 tus {VERSION}", f"speak tus {VERSION}"),
            )
        )


@uploads.after_request
def name_the_version(response: Response) -> Response:
    """Every answer says which version is spoken; nothing here is kept in a cache."""
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Tus-Version"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


@uploads.route("", methods=["OPTIONS"])
@uploads.doc(security=[])
@uploads.response(204, headers=ABILITIES)
def get_upload_abilities() -> Response:
    """What this server can do of tus."""
    return Response(
        status=204,
        headers={
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(photo_room().at_most_bytes),
            "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        },
    )


@uploads.route("", methods=["POST"])
@uploads.doc(
    parameters=[SPOKEN, LENGTH, DEFER, METADATA, CONCAT, CHECKSUM],
    requestBody=PIECE | {"required": False},
    responses=refusals(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 423, 460, 503),
)
@uploads.response(201, description="已登记，从 Upload-Offset 处上传 · announced", headers=PLACED)
@uploads.alt_response(
    200, description="同一照片，可续传 · the same photo, to go on with", headers=PLACED
)
@_answers_options_elsewhere
def post_upload() -> Response:
    """Announce a photo: Upload-Length, and Upload-Metadata with photo, incident, view, sha256.

    Also taken_at, device, position (longitude,latitude,metres in WGS 84). The photo's id makes
    it exactly-once: the same photo again is gone on with, a different one is refused. The first
    piece may come along as the body. With Upload-Concat it is a part, or a photo put together.
    """
    begun = _begin()
    progress = begun.value if isinstance(begun, Created) else begun
    if request.mimetype == PIECE_TYPE and progress.offset == 0:
        progress = append_to_upload(_piece(progress.id, 0), officer=_officer(), room=photo_room())
    response = _answer(progress, status=201 if isinstance(begun, Created) else 200)
    response.headers["Location"] = f"{PLACE}{progress.id}"
    return response


def _begin() -> Progress | Created[Progress]:
    """What is announced: a photo, a part, or a photo put together of parts."""
    if request.content_length:
        _must_be_piece()
    room, headers = photo_room(), request.headers
    concat, metadata = headers.get("Upload-Concat"), headers.get("Upload-Metadata", "")
    parts = () if concat is None else read_parts(concat)
    size = None
    if not parts or "Upload-Length" in headers:
        size = read_length(headers.get("Upload-Length"), headers.get("Upload-Defer-Length"))
    if concat == PARTIAL:
        officer = _officer()
        part = UploadPart(id=uuid4(), officer_id=officer.id, size_bytes=size, metadata=metadata)
        return begin_part(part, officer=officer, room=room)
    upload = read_announcement(
        metadata, size_bytes=size, at_most_bytes=room.at_most_bytes, parts=parts
    )
    return begin_upload(upload, officer=_officer(), room=room)


@uploads.route("/<uuid:photo_id>", methods=["HEAD"])
@uploads.doc(
    parameters=[SPOKEN], responses=refusals(401, 403, 404, 409, 410, 412, 413, 422, 423, 503)
)
@uploads.response(200, headers=PROGRESS)
@_answers_options_elsewhere
def head_upload(photo_id: UUID) -> Response:
    """How much is durable, in Upload-Offset; at Upload-Length the photo is on record."""
    progress = resume_upload(photo_id, officer=_officer(), room=photo_room())
    return _answer(progress, status=200)


@uploads.route("/<uuid:photo_id>", methods=["PATCH"])
@uploads.doc(
    parameters=[SPOKEN, OFFSET, LATE_LENGTH, CHECKSUM],
    requestBody=PIECE,
    responses=refusals(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 423, 460, 503),
)
@uploads.response(204, headers=PROGRESS)
@_answers_options_elsewhere
def patch_upload(photo_id: UUID) -> Response:
    """Send the bytes from Upload-Offset on; the last of them puts the photo on record."""
    _must_be_piece()
    offset = read_count("Upload-Offset", request.headers.get("Upload-Offset"))
    length = request.headers.get("Upload-Length")
    piece = _piece(
        photo_id, offset, length=None if length is None else read_count("Upload-Length", length)
    )
    return _answer(append_to_upload(piece, officer=_officer(), room=photo_room()), status=204)


@uploads.route("/<uuid:photo_id>", methods=["DELETE"])
@uploads.doc(parameters=[SPOKEN], responses=refusals(401, 403, 404, 409, 410, 412, 423, 503))
@uploads.response(204, headers=EVERY)
@_answers_options_elsewhere
def delete_upload(photo_id: UUID) -> Response:
    """Give up an unfinished upload; a photo on record stays."""
    give_up_upload(photo_id, officer=_officer(), room=photo_room())
    return Response(status=204)


def _officer() -> Officer:
    return transactions().read(signed_in)


def _must_be_piece() -> None:
    """Raises: UploadTypeWrong."""
    if request.mimetype != PIECE_TYPE:
        raise UploadTypeWrong(
            Fault(
                "/headers/Content-Type",
                Words(f"应为 {PIECE_TYPE}", f"it should be {PIECE_TYPE}"),
                Words("请改正后重新发送", "correct it and send it again"),
            )
        )


def _piece(id: UUID, offset: int, *, length: int | None = None) -> Piece:
    checksum = request.headers.get("Upload-Checksum")
    return Piece(
        photo_id=id,
        offset=offset,
        length=length,
        parts=_body(),
        size_bytes=request.content_length,
        checksum=None if checksum is None else read_checksum(checksum),
    )


def _body() -> Iterator[bytes]:
    """The body as it arrives; when the connection breaks, what came is what there is."""
    while True:
        try:
            part = request.stream.read(_READ_BYTES)
        except (OSError, ClientDisconnected):
            return
        if not part:
            return
        yield part


def _answer(progress: Progress, *, status: int) -> Response:
    response = Response(status=status)
    said = {
        "Upload-Offset": str(progress.offset),
        "Upload-Length": None if progress.size_bytes is None else str(progress.size_bytes),
        "Upload-Defer-Length": "1" if progress.size_bytes is None else None,
        "Upload-Expires": http_date(progress.expires_at) if progress.expires_at else None,
        "Upload-Concat": PARTIAL if progress.is_part else None,
        "Upload-Metadata": progress.metadata if request.method == "HEAD" else None,
    }
    response.headers.update({name: value for name, value in said.items() if value})
    return response
