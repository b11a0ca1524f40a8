"""Photos that phones send straight to the S3 store: kept apart until the service has read them.

Each lies as one object under its id below quarantine/; a large one comes there in parts.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from minio.commonconfig import ENABLED, Filter
from minio.datatypes import Part as StoredPart
from minio.datatypes import PostPolicy
from minio.error import S3Error
from minio.lifecycleconfig import AbortIncompleteMultipartUpload, Expiration, LifecycleConfig, Rule

from service.domain.direct_upload import Form, Part, PartAddress, incomplete, must_be_whole
from service.domain.upload import Upload
from storage.photo_s3 import PhotoS3, StagedParts, guarded
from storage.s3_address import S3Address, patient_http

FOLDER = "quarantine/"
GOOD_FOR = timedelta(hours=1)
SWEPT_AT_MOST = 100
_GONE = ("NoSuchUpload", "NoSuchKey")


class ReceivedPhoto(StagedParts):
    """A photo from quarantine, copied to this machine and hashed on its way."""

    def __init__(self, store: PhotoS3, file: BinaryIO, digest: str) -> None:
        super().__init__(store, file)
        self.digest = digest


class PhotoQuarantine:
    """The `Quarantine` port beside the originals of `store`."""

    def __init__(self, address: S3Address, store: PhotoS3) -> None:
        self._address = address
        self._store = store
        self._client = address.client(patient_http())
        self._bucket = address.staging

    def prepare(self, *, kept_for: timedelta) -> None:
        """Let the store forget by itself what the service does not, where it can."""
        rule = Rule(
            ENABLED,
            rule_filter=Filter(prefix=FOLDER),
            rule_id="handback-quarantine",
            expiration=Expiration(days=kept_for.days + 2),
            abort_incomplete_multipart_upload=AbortIncompleteMultipartUpload(kept_for.days + 2),
        )
        with guarded(), suppress(S3Error):
            known = self._client.get_bucket_lifecycle(self._bucket)
            others = (
                [other for other in known.rules if other.rule_id != rule.rule_id] if known else []
            )
            self._client.set_bucket_lifecycle(self._bucket, LifecycleConfig([*others, rule]))

    def form(self, photo_id: UUID, *, size_bytes: int) -> Form:
        """See the port."""
        key = _key(photo_id)
        policy = PostPolicy(self._bucket, datetime.now(UTC) + GOOD_FOR)
        policy.add_equals_condition("key", key)
        policy.add_content_length_range_condition(size_bytes, size_bytes)
        fields = self._client.presigned_post_policy(policy)
        return Form(url=f"{self._address.public}/{self._bucket}", fields={"key": key, **fields})

    def begin_parts(self, photo_id: UUID) -> str:
        """See the port."""
        with guarded():
            return self._client._create_multipart_upload(self._bucket, _key(photo_id), {})

    def parts(
        self, photo_id: UUID, store_key: str, *, parts: Sequence[Part]
    ) -> tuple[PartAddress, ...]:
        """See the port. The length is signed: a part of another is refused by the store."""
        signer, now = self._address.signer(public=True), datetime.now(UTC)
        path = f"/{self._bucket}/{_key(photo_id)}"
        return tuple(
            PartAddress(
                part=part,
                url=signer.presign(
                    "PUT",
                    path,
                    now=now,
                    good_for=GOOD_FOR,
                    headers={"Content-Length": str(part.size_bytes)},
                    query={"uploadId": store_key, "partNumber": str(part.number)},
                ),
            )
            for part in parts
        )

    @contextmanager
    def received(self, upload: Upload) -> Iterator[ReceivedPhoto]:
        """See the port."""
        size_bytes = upload.size_bytes or 0
        if upload.store_key:
            self._put_together(upload, size_bytes)
        with tempfile.TemporaryFile() as file:
            hashing = _Hashing(file)
            if self._store.copy_staged(_key(upload.id), hashing) != size_bytes:
                raise incomplete([])
            file.seek(0)
            yield ReceivedPhoto(self._store, file, hashing.digest.hexdigest())

    def _put_together(self, upload: Upload, size_bytes: int) -> None:
        """Make one object of the parts; where that was done before, there are none left.

        Raises: DirectUploadIncomplete.
        """
        key = _key(upload.id)
        with guarded():
            try:
                arrived = self._client._list_parts(self._bucket, key, upload.store_key).parts
            except S3Error as refusal:
                if refusal.code in _GONE:
                    return
                raise
            must_be_whole(size_bytes, {part.part_number: part.size or 0 for part in arrived})
            parts = [StoredPart(part.part_number, part.etag) for part in arrived]
            self._client._complete_multipart_upload(self._bucket, key, upload.store_key, parts)

    def discard(self, upload: Upload) -> None:
        """See the port."""
        with guarded():
            if upload.store_key:
                try:
                    self._client._abort_multipart_upload(
                        self._bucket, _key(upload.id), upload.store_key
                    )
                except S3Error as refusal:
                    if refusal.code not in _GONE:
                        raise
            self._client.remove_object(self._bucket, _key(upload.id))

    def sweep(self, *, kept_for: timedelta, after: UUID) -> None:
        """See the port. What a form brought after its upload had ended is found only so."""
        until = datetime.now(UTC) - kept_for
        with guarded():
            found = self._client.list_objects(
                self._bucket, FOLDER, recursive=True, start_after=_key(after)
            )
            for item in islice(found, SWEPT_AT_MOST):
                if item.last_modified and item.last_modified <= until:
                    self._client.remove_object(self._bucket, item.object_name or "")


class _Hashing:
    """A file that hashes what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return self._file.write(piece)


def _key(photo_id: UUID) -> str:
    return f"{FOLDER}{photo_id}"
