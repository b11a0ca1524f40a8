"""Photos in a folder: staged files that grow, originals under their SHA-256 that never change.

An original is durable when `keep` or `put` returns: its file is synced, linked under its
digest (a link never overwrites), and the folder is synced.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast
from uuid import UUID

from service.domain.upload import must_continue
from storage.photo_bytes import OpenBytes, busy, missing, unavailable


class StagedFile:
    """A whole upload, locked; `file` is at its beginning."""

    def __init__(self, store: "PhotoFolder", file: BinaryIO, path: Path) -> None:
        self._store = store
        self._path = path
        self.file = file

    def keep(self, digest: str) -> None:
        """Make it the original of that digest; the staged name goes with `discard`."""
        with _guarded():
            self._store.publish(self.file, self._path, digest)


class PhotoFolder:
    """The `PhotoStore` port over one folder of one filesystem."""

    def __init__(self, root: Path) -> None:
        self._staging = root / "staging"
        self._originals = root / "originals"

    def prepare(self) -> None:
        """Make the folders, all 256 of them, so that no later write has to sync a new one."""
        with _guarded():
            self._staging.mkdir(parents=True, exist_ok=True)
            for first in range(256):
                (self._originals / f"{first:02x}").mkdir(parents=True, exist_ok=True)
            for folder in (self._originals, self._originals.parent):
                _sync_folder(folder)

    def ready(self) -> None:
        """See the port."""
        with _guarded(), tempfile.TemporaryFile(dir=self._staging):
            pass

    def staged_bytes(self, photo_id: UUID) -> int:
        """See the port."""
        with _guarded():
            try:
                return self._staged(photo_id).stat().st_size
            except FileNotFoundError:
                return 0

    def append(self, photo_id: UUID, pieces: Iterable[bytes], *, offset: int) -> int:
        """See the port. What came before a failure stays, synced."""
        with _guarded(), self._locked(photo_id, "ab") as file:
            staged_bytes = file.seek(0, os.SEEK_END)
            must_continue(offset=offset, staged_bytes=staged_bytes)
            if staged_bytes == 0:
                _sync_folder(self._staging)
            try:
                for piece in pieces:
                    file.write(piece)
            finally:
                _sync(file)
            return file.tell()

    def staged(self, photo_id: UUID, *, start: int) -> OpenBytes:
        """See the port."""
        with _guarded():
            size = self.staged_bytes(photo_id)
            file = (self._staged(photo_id) if size else Path(os.devnull)).open("rb")
            file.seek(start)
        return OpenBytes(file.read, file.close, size_bytes=max(size - start, 0))

    @contextmanager
    def whole(self, photo_id: UUID, *, size_bytes: int) -> Iterator[StagedFile]:
        """See the port."""
        with self._locked(photo_id, "rb") as file:
            if file.seek(0, os.SEEK_END) != size_bytes:
                raise busy()
            file.seek(0)
            yield StagedFile(self, file, self._staged(photo_id))

    def discard(self, photo_id: UUID) -> None:
        """See the port."""
        path = self._staged(photo_id)
        if path.exists():
            with self._locked(photo_id, "rb"), _guarded():
                path.unlink()

    def put(self, digest: str, source: BinaryIO) -> bool:
        """See the port."""
        with _guarded(), tempfile.NamedTemporaryFile(dir=self._staging, prefix="put-") as copy:
            shutil.copyfileobj(source, copy)
            return self.publish(copy.file, Path(copy.name), digest)

    def publish(self, file: IO[bytes], path: Path, digest: str) -> bool:
        """Sync the file at `path`, link it under its digest, sync the folder; True if it is new.

        That it is for reading only is said last, unsynced: said before, it would have to be
        written a second time, and losing it loses nothing.
        """
        target = self._original(digest)
        _sync(file)
        try:
            os.link(path, target)
            new = True
        except FileExistsError:
            new = False
        _sync_folder(target.parent)
        os.fchmod(file.fileno(), 0o440)
        return new

    def originals(self) -> Iterator[str]:
        """See the port."""
        with _guarded():
            for folder in sorted(self._originals.iterdir()):
                yield from sorted(path.name for path in folder.iterdir())

    def size(self, digest: str) -> int | None:
        """See the port."""
        with _guarded():
            try:
                return self._original(digest).stat().st_size
            except FileNotFoundError:
                return None

    def open(self, digest: str, *, start: int, stop: int) -> OpenBytes:
        """See the port."""
        file = self._open_original(digest)
        file.seek(start)
        return OpenBytes(file.read, file.close, size_bytes=stop - start)

    @contextmanager
    def local(self, digest: str) -> Iterator[BinaryIO]:
        """See the port."""
        with self._open_original(digest) as file:
            yield file

    def _open_original(self, digest: str) -> BinaryIO:
        with _guarded():
            try:
                return self._original(digest).open("rb")
            except FileNotFoundError as fault:
                raise missing(digest) from fault

    @contextmanager
    def _locked(self, photo_id: UUID, mode: str) -> Iterator[BinaryIO]:
        """The staged file, held by this request alone; the kernel frees it if we are killed."""
        with self._open_staged(photo_id, mode) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise busy() from fault
            try:
                if os.fstat(file.fileno()).st_nlink == 0:
                    raise busy()
                yield file
            finally:  # not left to closing: a child that another thread forks just now has it open
                fcntl.flock(file, fcntl.LOCK_UN)

    def _open_staged(self, photo_id: UUID, mode: str) -> BinaryIO:
        with _guarded():
            try:
                return cast(BinaryIO, self._staged(photo_id).open(mode))
            except FileNotFoundError as fault:
                raise busy() from fault

    def _staged(self, photo_id: UUID) -> Path:
        return self._staging / str(photo_id)

    def _original(self, digest: str) -> Path:
        return self._originals / digest[:2] / digest


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _guarded() -> Iterator[None]:
    """A disk that is full, gone or read-only is the store being away, never a mistake of ours."""
    try:
        yield
    except OSError as fault:
        raise unavailable(os.strerror(fault.errno or 0)) from fault
