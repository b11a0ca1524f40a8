"""A store that fails in the middle of uploads: 503, nothing lost that was acknowledged, resumed."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
import urllib3
from flask import Flask

from service.app import create_app
from service.domain.photo_refusals import StoreUnavailable
from service.domain.powers import Role
from service.settings import Settings
from storage.photo_folder import PhotoFolder
from storage.s3_address import S3Address
from tests.photo_builders import a_large_picture, an_incident, announcement
from tests.s3_server import S3Server
from tests.web.test_uploads import PIECE, TUS

CONTENT = a_large_picture()
HALF = len(CONTENT) // 2
FULL = b"<Error><Code>InsufficientStorage</Code><Message>no room</Message></Error>"
ANSWERS = {
    "full": b"HTTP/1.1 507 Insufficient Storage\r\nContent-Type: application/xml\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(FULL), FULL),
    "rubbish": b"\x16\x03\x01 this is not HTTP\r\n\r\n",
    "half an answer": b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
    b"Content-Length: 500\r\n\r\n<ListBucketResult>",
    "cut off": b"",
    "another page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nHi",
}


class Switch(ThreadingTCPServer):
    """Before the real store: passes everything on, until it is told to answer by itself."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.target = ("127.0.0.1", port)
        self.port: int = self.server_address[1]
        self.says: bytes | None = None
        """What is answered instead of the store's own."""
        self.passes = 0
        """How many connections still pass when it says something."""

    def fail(self, how: str, *, after: int = 0) -> None:
        """From so many connections on."""
        self.says, self.passes = ANSWERS[how], after


class _Connection(BaseRequestHandler):
    server: Switch

    def handle(self) -> None:
        said = self.server.says
        if said is not None and self.server.passes == 0:
            self.request.recv(65536)
            self.request.sendall(said)
            return
        self.server.passes = max(0, self.server.passes - 1)
        with socket.create_connection(self.server.target) as store:
            back = Thread(target=_pump, args=(store, self.request))
            back.start()
            _pump(self.request, store)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Until the source has ended or the store has begun to fail."""
    try:
        while piece := source.recv(1 << 16):
            sink.sendall(piece)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class OneEach(urllib3.PoolManager):
    """Keeps no connection for a second request."""

    def urlopen(self, *args: Any, **options: Any) -> Any:
        """Begin anew."""
        self.clear()
        return super().urlopen(*args, **options)


@pytest.fixture
def switch(s3_server: S3Server) -> Iterator[Switch]:
    """Between the service and the real store."""
    with Switch(s3_server.port) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def app(database_url: str, tmp_path: Path, switch: Switch) -> Any:
    """The service with its photos behind the switch; every request is a connection of its own."""
    where = S3Server(switch.port).photos_url(f"b{uuid4().hex}")
    made: Flask = create_app(
        Settings(data_dir=tmp_path, database_url=database_url, photos_url=where)
    )
    store = made.extensions["handback-photos"].store
    store._http = OneEach(retries=False, timeout=10)
    store._client = S3Address.read(where).client(store._http)
    yield made
    made.extensions["handback-database"].engine.dispose()


@pytest.fixture
def crew(sign_in: Any) -> Any:
    """Somebody of the station."""
    return sign_in(Role.CREW)


@pytest.fixture
def upload(crew: Any, database: Any, brigade: Any) -> str:
    """A photo of which half has arrived."""
    fire, photo = an_incident(brigade.station), uuid4()
    database.write(lambda work: work.incidents.put(fire, previous=0))
    crew.post("/v1/uploads", headers=announcement(fire.id, photo, CONTENT))
    assert send(crew, f"/v1/uploads/{photo}", 0, HALF).status_code == 204
    return f"/v1/uploads/{photo}"


def send(crew: Any, upload: str, start: int, stop: int) -> Any:
    headers = PIECE | {"Upload-Offset": str(start)}
    return crew.open("PATCH", upload, data=CONTENT[start:stop], headers=headers)


def must_be_away(answer: Any) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def must_go_on(crew: Any, upload: str, database: Any) -> None:
    """What was acknowledged is there, and the rest makes the photo."""
    head = crew.open("HEAD", upload, headers=TUS)
    assert head.status_code == 200
    offset = int(head.headers["Upload-Offset"])
    assert offset in (HALF, len(CONTENT))
    if offset == HALF:
        assert send(crew, upload, HALF, len(CONTENT)).status_code == 204
    photo = database.read(lambda work: work.photos.get(UUID(upload.rpartition("/")[2])))
    found = crew.get(f"/v1/incidents/{photo.incident_id}/photos/{photo.id}/original")
    assert found.data == CONTENT


@pytest.mark.parametrize("after", range(9))
@pytest.mark.parametrize("how", ANSWERS)
def test_a_store_that_fails_at_any_request_is_away_and_the_upload_goes_on(
    how: str, after: int, crew: Any, upload: str, switch: Switch, database: Any
) -> None:
    switch.fail(how, after=after)
    answer = send(crew, upload, HALF, len(CONTENT))
    if answer.status_code != 204:
        must_be_away(answer)
        kept = database.read(lambda work: work.photos.get(UUID(upload.rpartition("/")[2])))
        assert kept is None
    switch.says = None
    must_go_on(crew, upload, database)


def test_a_store_that_fails_is_not_ready(app: Flask, switch: Switch) -> None:
    assert app.test_client().get("/readyz").status_code == 200
    for how in ANSWERS:
        switch.fail(how)
        assert app.test_client().get("/readyz").status_code == 503


class FullFolder(PhotoFolder):
    """A folder on a real device that is always full."""

    def _staged(self, photo_id: UUID) -> Path:
        return Path("/dev/full") if photo_id.int == 7 else super()._staged(photo_id)


def test_a_full_disk_is_a_store_that_is_away(tmp_path: Path) -> None:
    store = FullFolder(tmp_path)
    store.prepare()
    with pytest.raises(StoreUnavailable):
        store.append(UUID(int=7), [os.urandom(100_000)], offset=0)
