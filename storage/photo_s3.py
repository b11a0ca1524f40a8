"""Photos in an S3 bucket: staged parts that are added, originals under their SHA-256.

A staged upload is the row of its parts, each an object named by where it begins. Parts and
originals are written with a real If-None-Match, so of two writers one wins and none overwrites.
"""

import hashlib
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import BinaryIO
from uuid import UUID
from xml.etree.ElementTree import ParseError

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from service.domain.photo_refusals import StoreUnavailable
from service.domain.upload import must_continue
from storage.photo_bytes import PIECE_BYTES, OpenBytes, busy, missing, unavailable

PART_BYTES = 8 << 20
_PRESIGNED_FOR = timedelta(minutes=30)
_ABSENT = ("NoSuchKey", "NoSuchObject")
_ONLY_IF_NEW = {"If-None-Match": "*"}


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
    """The `PhotoStore` port over one bucket of any S3 store.

    Every request ends in 3 s without a connection, in 30 s without a byte; none is repeated here.
    """

    def __init__(
        self, endpoint: str, *, access_key: str, secret_key: str, bucket: str, region: str,
        secure: bool,
    ) -> None:  # fmt: skip
        self._http = urllib3.PoolManager(
            maxsize=16, retries=False, timeout=urllib3.Timeout(connect=3, read=30)
        )
        self._client = Minio(
            endpoint,
            access_key=access_key,
            secret_key=secret_key,
            secure=secure,
            region=region,
            http_client=self._http,
        )
        self._bucket = bucket

    def prepare(self) -> None:
        """Make the bucket where it is not there yet."""
        with _guarded():
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

    def ready(self) -> None:
        """See the port."""
        with _guarded():
            if not self._client.bucket_exists(self._bucket):
                raise unavailable("the bucket is not there")

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
        with _guarded():
            try:
                self._client._put_object(
                    self._bucket, f"{_staging(photo_id)}{offset:015d}", body, dict(_ONLY_IF_NEW)
                )
            except S3Error as refusal:
                if refusal.code == "PreconditionFailed":
                    raise busy() from refusal
                raise
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
        with _guarded():
            found = self._client.list_objects(self._bucket, _staging(photo_id), recursive=True)
            return sorted((item.object_name or "", item.size or 0) for item in found)

    def staged(self, photo_id: UUID, *, start: int) -> OpenBytes:
        """See the port."""
        parts = self._parts(photo_id)
        file = tempfile.TemporaryFile()  # noqa: SIM115 - OpenBytes closes it
        try:
            size = sum(size for name, size in parts if self._copy(name, file))
        except StoreUnavailable:
            file.close()
            raise
        file.seek(start)
        return OpenBytes(file.read, file.close, size_bytes=max(size - start, 0))

    @contextmanager
    def whole(self, photo_id: UUID, *, size_bytes: int) -> Iterator[StagedParts]:
        """See the port."""
        with tempfile.TemporaryFile() as file:
            for name, _ in self._parts(photo_id):
                if not self._copy(name, file):
                    raise busy()
            if file.tell() != size_bytes:
                raise busy()
            file.seek(0)
            yield StagedParts(self, file)

    def discard(self, photo_id: UUID) -> None:
        """See the port."""
        for name, _ in reversed(self._all_parts(photo_id)):
            with _guarded():
                self._client.remove_object(self._bucket, name)

    def put(self, digest: str, source: BinaryIO) -> bool:
        """See the port. Streamed through a presigned PUT, with Content-MD5 against damage."""
        md5, size = hashlib.md5(usedforsecurity=False), 0
        start = source.tell()
        while piece := source.read(PIECE_BYTES):
            md5.update(piece)
            size += len(piece)
        source.seek(start)
        headers = {
            "Content-Length": str(size),
            "Content-MD5": b64encode(md5.digest()).decode(),
            **_ONLY_IF_NEW,
        }
        with _guarded():
            url = self._client.presigned_put_object(self._bucket, _original(digest), _PRESIGNED_FOR)
            response = self._http.request("PUT", url, body=source, headers=headers)
        if response.status not in (200, 412):
            raise unavailable(f"PUT was answered {response.status}")
        return response.status == 200

    def size(self, digest: str) -> int | None:
        """See the port."""
        with _guarded():
            try:
                return self._client.stat_object(self._bucket, _original(digest)).size
            except S3Error as refusal:
                if refusal.code in _ABSENT:
                    return None
                raise

    def open(self, digest: str, *, start: int, stop: int) -> OpenBytes:
        """See the port."""
        response = self._get(_original(digest), start=start, length=stop - start)
        if response is None:
            raise missing(digest)
        return OpenBytes(response.read, response.close, size_bytes=stop - start)

    @contextmanager
    def local(self, digest: str) -> Iterator[BinaryIO]:
        """See the port."""
        with tempfile.TemporaryFile() as file:
            if not self._copy(_original(digest), file):
                raise missing(digest)
            file.seek(0)
            yield file

    def _copy(self, name: str, file: BinaryIO) -> bool:
        """Append the object to `file`; False where there is none."""
        response = self._get(name)
        if response is None:
            return False
        with _guarded():
            for piece in response.stream(PIECE_BYTES):
                file.write(piece)
        response.release_conn()
        return True

    def _get(
        self, name: str, *, start: int = 0, length: int = 0
    ) -> urllib3.BaseHTTPResponse | None:
        """The object from `start` on; None where there is none."""
        with _guarded():
            try:
                return self._client.get_object(self._bucket, name, start, length)
            except S3Error as refusal:
                if refusal.code in _ABSENT:
                    return None
                raise


def _staging(photo_id: UUID) -> str:
    return f"staging/{photo_id}/"


def _original(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"


@contextmanager
def _guarded() -> Iterator[None]:
    """A store that is down, slow, full or answers rubbish is away, never a mistake of ours."""
    try:
        yield
    except (MinioException, urllib3.exceptions.HTTPError, OSError, ParseError, ValueError) as fault:
        raise unavailable(type(fault).__name__) from fault
