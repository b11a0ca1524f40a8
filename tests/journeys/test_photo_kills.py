"""The server is killed in the middle of uploads, again and again; every photo arrives once."""

import hashlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.powers import Role
from storage.database import Database
from tests.photo_builders import a_large_picture, an_incident, announcement
from tests.s3_server import free_ports

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("PHOTO_KILLS", "5"))
PIECE_BYTES = 60_000


class Server:
    """gunicorn with two workers over the test's own database and folder."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_ports(1)[0]
        self.folder = folder
        self.environment = os.environ | {
            "HANDBACK_DATA_DIR": str(folder),
            "HANDBACK_DATABASE_URL": database_url,
        }
        self.start()

    def start(self) -> None:
        """Start it; connecting waits until it listens."""
        command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--workers", "2"]
        command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--reuse-port"]
        with (self.folder / "gunicorn.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL to the master and every worker."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Any:
        """One request; while nobody listens yet, again."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                answer.read()
                return answer
            except (ConnectionError, http.client.HTTPException):
                assert self.process.poll() is None, (self.folder / "gunicorn.log").read_text()
            finally:
                connection.close()

    def break_off(self, path: str, headers: dict[str, str], body: bytes, after: int) -> None:
        """Send only so many bytes of a piece, then kill the server."""
        with socket.create_connection(("127.0.0.1", self.port)) as wire:
            head = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **headers}
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            wire.sendall(f"PATCH {path} HTTP/1.1\r\n{lines}\r\n".encode() + body[:after])
            self.kill()


def test_a_server_killed_mid_upload_loses_no_photo_and_doubles_none(
    sign_in: Any, database: Database, brigade: Any, database_url: str, tmp_path: Path
) -> None:
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    server = Server(tmp_path, database_url)
    chance = random.Random(7)
    tus = {"Authorization": f"Bearer {crew.token}", "Tus-Resumable": "1.0.0"}
    sent: dict[UUID, str] = {}
    try:
        for number in range(KILLS):
            content, photo = a_large_picture() + bytes([number]), uuid4()
            sent[photo] = hashlib.sha256(content).hexdigest()
            upload_with_a_kill(server, tus, announcement(fire.id, photo, content), content, chance)
    finally:
        server.kill()
    kept = database.read(lambda work: work.photos.of_incident(fire.id))
    assert {photo.id: photo.digest for photo in kept} == sent
    assert len(kept) == len(sent)
    originals = [file for file in (tmp_path / "photos/originals").rglob("*") if file.is_file()]
    assert (
        {hashlib.sha256(file.read_bytes()).hexdigest() for file in originals}
        == {file.name for file in originals}
        == set(sent.values())
    )


def upload_with_a_kill(
    server: Server, tus: dict[str, str], announced: dict[str, str], content: bytes,
    chance: random.Random,
) -> None:  # fmt: skip
    """Send a photo in pieces; one of them, chosen by lot, is cut by SIGKILL."""
    assert server.ask("POST", "/v1/uploads", tus | announced).status == 201
    photo = announced["Upload-Metadata"].partition(" ")[2].partition(",")[0]
    path = f"/v1/uploads/{UUID(_text(photo))}"
    cut = chance.randrange(len(content))
    offset = 0
    while offset < len(content):
        piece = content[offset : offset + PIECE_BYTES]
        headers = tus | {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
        }
        if 0 <= cut < offset + len(piece):
            server.break_off(path, headers, piece, max(cut - offset, 0))
            cut = -1
            server.start()
        else:
            server.ask("PATCH", path, headers, piece)
        answer = server.ask("HEAD", path, tus)
        assert answer.status in {200, 423}, answer.status
        offset = int(answer.headers.get("Upload-Offset", offset))


def _text(encoded: str) -> str:
    from base64 import b64decode

    return b64decode(encoded).decode()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checked_piece_through_gunicorn(
    algorithm: str, sign_in: Any, database: Database, brigade: Any, database_url: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    content, photo = a_large_picture(), uuid4()
    tus = {"Authorization": f"Bearer {crew.token}", "Tus-Resumable": "1.0.0"}
    right = b64encode(hashlib.new(algorithm, content).digest()).decode()
    piece = tus | {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
        "Upload-Checksum": f"{algorithm} {right}",
    }
    server = Server(tmp_path, database_url)
    try:
        server.ask("POST", "/v1/uploads", tus | announcement(fire.id, photo, content))
        damaged = b"x" + content[1:]
        assert server.ask("PATCH", f"/v1/uploads/{photo}", piece, damaged).status == 460
        assert server.ask("PATCH", f"/v1/uploads/{photo}", piece, content).status == 204
    finally:
        server.kill()
