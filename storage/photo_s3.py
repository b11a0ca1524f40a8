"""Photos in an S3 bucket: staged parts that are added, originals under their SHA-256.

A staged upload is the row of its parts, each an object named by where it begins. Parts and
originals are written with a real If-None-Match, so of two writers one wins and none overwrites.
"""

import hashlib
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Protocol
from uuid import UUID
from xml.etree.ElementTree import ParseError

import urllib3
from minio.error import MinioException, S3Error

from service.domain.photo_refusals import StoreUnavailable
from service.domain.upload import must_continue
from storage.photo_bytes import PIECE_BYTES, OpenBytes, busy, missing, unavailable
from storage.s3_address import S3Address, patient_http

PART_BYTES = 8 << 20
_PRESIGNED_FOR = timedelta(minutes=30)
_ABSENT = ("NoSuchKey", "NoSuchObject")
_ONLY_IF_NEW = {"If-None-Match": "*"}


class Sink(Protocol):
    """What can be written to."""

    def write(self, piece: bytes, /) -> int: ...


class StagedParts:
    """A whole upload, copied to this machine; `file` is at its beginning."""

    def __init__(self, store: "PhotoS3", file: BinaryIO) -> None:
        self._store = store
        self.file = file

    def keep(self, digest: str) -> None:
        """Make it the original of that digest; the parts go with `discard`."""
        self.file.seek(0)
        self._store.put(digest, self.file)


class PhotoS3:
    """The `PhotoStore` port over any S3 store."""

    def __init__(self, address: S3Address) -> None:
        self._http = patient_http()
        self._client = address.client(self._http)
        self._address = address
        self._bucket = address.bucket
        self._staging = address.staging

    def prepare(self) -> None:
        """Make the buckets where they are not there yet."""
        locked = self._address.lock_days > 0
        with guarded():
            for bucket in {self._bucket, self._staging}:
                if not self._client.bucket_exists(bucket):
                    self._client.make_bucket(bucket, object_lock=locked and bucket == self._bucket)

    def ready(self) -> None:
        """See the port."""
        with guarded():
            for bucket in {self._bucket, self._staging}:  # to be listed says more than to be there
                next(iter(self._client.list_objects(bucket, "ready/")), None)

    def staged_bytes(self, photo_id: UUID) -> int:
        """See the port."""
        return sum(size for _, size in self._parts(photo_id))

    def append(self, photo_id: UUID, pieces: Iterable[bytes], *, offset: int) -> int:
        """See the port. Every part is durable by itself; what came before a failure stays."""
        must_continue(offset=offset, staged_bytes=self.staged_bytes(photo_id))
        part = bytearray()
        try:
            for piece in pieces:
                part += piece
                if len(part) >= PART_BYTES:
                    offset = self._add_part(photo_id, part, offset)
        finally:
            offset = self._add_part(photo_id, part, offset)
        return offset

    def _add_part(self, photo_id: UUID, part: bytearray, offset: int) -> int:
        """Write the part that begins at `offset`, empty it, and say where the next begins."""
        if not part:
            return offset
        body = bytes(part)
        part.clear()
        with guarded():
            try:
                name = f"{_staging(photo_id)}{offset:015d}"
                written = self._client._put_object(self._staging, name, body, dict(_ONLY_IF_NEW))
            except S3Error as refusal:
                if refusal.code == "PreconditionFailed":
                    raise busy() from refusal
                raise
        if not written.etag:
            raise unavailable("a PUT was answered by something else than the store")
        return offset + len(body)

    def _parts(self, photo_id: UUID) -> list[tuple[str, int]]:
        """The names and sizes of the parts that join up from the beginning."""
        prefix, joined, end = _staging(photo_id), [], 0
        for name, size in self._all_parts(photo_id):
            if int(name.removeprefix(prefix)) != end:
                break
            joined.append((name, size))
            end += size
        return joined

    def _all_parts(self, photo_id: UUID) -> list[tuple[str, int]]:
        with guarded():
            found = self._client.list_objects(self._staging, _staging(photo_id), recursive=True)
            return sorted((item.object_name or "", item.size or 0) for item in found)

    def staged(self, photo_id: UUID, *, start: int) -> OpenBytes:
        """See the port."""
        parts = self._parts(photo_id)
        file = tempfile.TemporaryFile()  # noqa: SIM115 - OpenBytes closes it
        try:
            size = sum(size for name, size in parts if self._copy_part(name, size, file))
        except StoreUnavailable:
            file.close()
            raise
        file.seek(start)
        return OpenBytes(file.read, file.close, size_bytes=max(size - start, 0))

    @contextmanager
    def whole(self, photo_id: UUID, *, size_bytes: int) -> Iterator[StagedParts]:
        """See the port."""
        with tempfile.TemporaryFile() as file:
            for name, size in self._parts(photo_id):
                if not self._copy_part(name, size, file):
                    raise busy()
            if file.tell() != size_bytes:
                raise busy()
            file.seek(0)
            yield StagedParts(self, file)

    def discard(self, photo_id: UUID) -> None:
        """See the port."""
        for name, _ in reversed(self._all_parts(photo_id)):
            with guarded():
                self._client.remove_object(self._staging, name)

    def put(self, digest: str, source: BinaryIO) -> bool:
        """See the port. Streamed, with Content-MD5 against damage, under retention where locked."""
        md5, size = hashlib.md5(usedforsecurity=False), 0
        start = source.tell()
        while piece := source.read(PIECE_BYTES):
            md5.update(piece)
            size += len(piece)
        source.seek(start)
        now = datetime.now(UTC)
        headers = {
            "Content-Length": str(size),
            "Content-MD5": b64encode(md5.digest()).decode(),
            **_ONLY_IF_NEW,
            **self._address.lock(now),
        }
        path = f"/{self._bucket}/{_original(digest)}"
        url = self._address.signer().presign(
            "PUT", path, now=now, good_for=_PRESIGNED_FOR, headers=headers
        )
        with guarded():
            response = self._http.request("PUT", url, body=source, headers=headers)
        if response.status != 412 and not (response.status == 200 and "ETag" in response.headers):
            raise unavailable(f"PUT was answered {response.status}")
        return response.status == 200

    def originals(self) -> Iterator[str]:
        """See the port; S3 lists names in order."""
        with guarded():
            for item in self._client.list_objects(self._bucket, "originals/", recursive=True):
                yield (item.object_name or "").rpartition("/")[2]

    def size(self, digest: str) -> int | None:
        """See the port."""
        with guarded():
            try:
                return self._client.stat_object(self._bucket, _original(digest)).size
            except S3Error as refusal:
                if refusal.code in _ABSENT:
                    return None
                raise

    def open(self, digest: str, *, start: int, stop: int) -> OpenBytes:
        """See the port."""
        response = self._get(self._bucket, _original(digest), start=start, length=stop - start)
        if response is None:
            raise missing(digest)
        return OpenBytes(response.read, response.close, size_bytes=stop - start)

    @contextmanager
    def local(self, digest: str) -> Iterator[BinaryIO]:
        """See the port."""
        with tempfile.TemporaryFile() as file:
            if self._copy(self._bucket, _original(digest), file) is None:
                raise missing(digest)
            file.seek(0)
            yield file

    def _copy_part(self, name: str, size: int, file: Sink) -> bool:
        """Append a part to `file`; False where it is gone."""
        copied = self.copy_staged(name, file)
        if copied not in (None, size):
            raise unavailable("a part is not of its size")
        return copied is not None

    def copy_staged(self, name: str, file: Sink) -> int | None:
        """Append what is staged under a name to `file`: how many bytes; None where it is absent."""
        return self._copy(self._staging, name, file)

    def _copy(self, bucket: str, name: str, file: Sink) -> int | None:
        response = self._get(bucket, name)
        if response is None:
            return None
        with guarded():
            size = sum(file.write(piece) for piece in response.stream(PIECE_BYTES))
        response.release_conn()
        return size

    def _get(
        self, bucket: str, name: str, *, start: int = 0, length: int = 0
    ) -> urllib3.BaseHTTPResponse | None:
        """The object from `start` on; None where there is none."""
        with guarded():
            try:
                return self._client.get_object(bucket, name, start, length)
            except S3Error as refusal:
                if refusal.code in _ABSENT:
                    return None
                raise


def _staging(photo_id: UUID) -> str:
    return f"staging/{photo_id}/"


def _original(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"


@contextmanager
def guarded() -> Iterator[None]:
    """A store that is down, slow, full or answers rubbish is away, never a mistake of ours."""
    try:
        yield
    except (MinioException, urllib3.exceptions.HTTPError, OSError, ParseError, ValueError) as fault:
        raise unavailable(type(fault).__name__) from fault
