"""/v1/direct-uploads: photos past the service, straight to the S3 store, and made originals.

Like /v1/uploads these are exactly-once by the photo's id, not by an Idempotency-Key: bytes do not
go through a transaction, and the addresses that are answered must be fresh ones.
"""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.direct_uploads import DirectUploadSchema, DirectUploadViewSchema, direct_upload_view
from schemas.photos import PhotoViewSchema, photo_view
from service.domain.powers import Officer
from service.domain.upload import Upload, must_fit
from service.operations.announce_direct_upload import announce_direct_upload
from service.operations.complete_direct_upload import complete_direct_upload
from service.operations.give_up_upload import give_up_upload
from service.operations.outcome import Created
from service.operations.read_photos import read_filed_photo
from service.web.blueprint import Blueprint
from service.web.current import photo_room, signed_in, transactions
from service.web.wire import to_json

direct_uploads = Blueprint(
    "direct_uploads",
    __name__,
    url_prefix="/v1/direct-uploads/<uuid:photo_id>",
    description="照片直传存储 · photos straight to the store",
)


@direct_uploads.after_request
def keep_out_of_caches(response: Response) -> Response:
    """The addresses are as good as a key."""
    response.headers["Cache-Control"] = "no-store"
    return response


@direct_uploads.route("", methods=["PUT"])
@direct_uploads.arguments(DirectUploadSchema)
@direct_uploads.response(201, DirectUploadViewSchema)
@direct_uploads.alt_response(200, schema=DirectUploadViewSchema)
def put_direct_upload(sent: dict[str, Any], photo_id: UUID) -> Response:
    """Announce a photo, and be told where in the store its bytes go for the next hour.

    Up to 50 MB by one form, larger ones in parts of 16 MiB. The same again gives fresh addresses.
    Where photos lie in a folder it is refused: send them to /v1/uploads.
    """
    room = photo_room()
    digest = sent.pop("sha256")
    must_fit(sent["size_bytes"], at_most_bytes=room.at_most_bytes, pointer="/size_bytes")
    upload = Upload(photo_id=photo_id, digest=digest, **sent)
    told = announce_direct_upload(upload, officer=_officer(), room=room)
    created = isinstance(told, Created)
    body = direct_upload_view(told.value if isinstance(told, Created) else told)
    return _answer(body, status=201 if created else 200)


@direct_uploads.route("/completion", methods=["POST"])
@direct_uploads.response(200, PhotoViewSchema)
def post_direct_upload_completion(photo_id: UUID) -> Response:
    """Say that all of it was sent: the service reads it, and puts the photo on record.

    Said again it answers the same photo.
    """
    officer = _officer()
    photo = complete_direct_upload(photo_id, officer=officer, room=photo_room())
    filed = transactions().read(
        lambda work: read_filed_photo(photo.incident_id, photo.id, officer=officer, work=work)
    )
    return _answer(photo_view(filed), status=200)


@direct_uploads.route("", methods=["DELETE"])
@direct_uploads.response(204)
def delete_direct_upload(photo_id: UUID) -> Response:
    """Give up an unfinished upload; a photo on record stays."""
    give_up_upload(photo_id, officer=_officer(), room=photo_room())
    return Response(status=204)


def _officer() -> Officer:
    return transactions().read(signed_in)


def _answer(body: dict[str, Any], *, status: int) -> Response:
    return Response(to_json(body), status, mimetype="application/json")
