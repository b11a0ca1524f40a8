"""A photo store that is down, full or answers rubbish: away, never a mistake of ours."""

import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from uuid import UUID

import pytest

from service.domain.photo_refusals import StoreUnavailable
from service.operations.photo_ports import PhotoStore
from storage.photo_folder import PhotoFolder
from storage.photo_s3 import PhotoS3
from storage.photo_store import open_photo_store

ID, DIGEST = UUID(int=7), "ab" * 32


class Rubbish(BaseRequestHandler):
    """Answers every request with something that is no S3."""

    def handle(self) -> None:
        self.request.recv(65536)
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n")
        self.request.sendall(b"Content-Length: 7\r\nConnection: close\r\n\r\n<rubbis")


@pytest.fixture
def rubbish() -> Iterator[int]:
    """The port of a server that answers rubbish."""
    with ThreadingTCPServer(("127.0.0.1", 0), Rubbish) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def closed_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def folder_without_floor(tmp_path: Path) -> PhotoFolder:
    (tmp_path / "photos").write_text("a file where the folder should be")
    return PhotoFolder(tmp_path / "photos")


def use(act: Callable[[PhotoStore], object]) -> Callable[[PhotoStore], object]:
    return act


USES = [
    use(lambda store: store.ready()),
    use(lambda store: store.staged_bytes(ID)),
    use(lambda store: store.append(ID, [b"x"], offset=0)),
    use(lambda store: store.staged(ID, start=0)),
    use(lambda store: store.put(DIGEST, BytesIO(b"x"))),
    use(lambda store: store.size(DIGEST)),
    use(lambda store: store.open(DIGEST, start=0, stop=1)),
]


@pytest.mark.parametrize("act", USES)
def test_a_folder_that_is_none_is_away(tmp_path: Path, act: Callable[[PhotoStore], object]) -> None:
    with pytest.raises(StoreUnavailable):
        act(folder_without_floor(tmp_path))


@pytest.mark.parametrize("act", USES)
def test_a_server_that_is_down_is_away(
    closed_port: int, act: Callable[[PhotoStore], object]
) -> None:
    with pytest.raises(StoreUnavailable):
        act(open_photo_store(f"s3://key:secret@127.0.0.1:{closed_port}/photos?secure=0"))


@pytest.mark.parametrize("act", [USES[1], USES[2]])
def test_a_server_that_answers_rubbish_is_away(
    rubbish: int, act: Callable[[PhotoStore], object]
) -> None:
    with pytest.raises(StoreUnavailable):
        act(open_photo_store(f"s3://key:secret@127.0.0.1:{rubbish}/photos?secure=0"))


def test_a_setting_names_a_folder_or_a_bucket(tmp_path: Path) -> None:
    assert isinstance(open_photo_store(str(tmp_path)), PhotoFolder)
    assert isinstance(open_photo_store("s3://k:s@127.0.0.1:1/b?secure=0&region=cn"), PhotoS3)
    with pytest.raises(ValueError, match="s3://key:secret@host:port/bucket"):
        open_photo_store("s3://127.0.0.1:1/b")
