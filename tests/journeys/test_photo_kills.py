"""The server is killed at random moments of uploading; every photo arrives once, whole."""

import hashlib
import os
import random
import select
import socket
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.powers import Role
from storage.database import Database
from tests.journeys.server_lives import Server
from tests.photo_builders import a_large_picture, an_incident, announcement

KILLS = int(os.environ.get("PHOTO_KILLS", "20"))
SEED = int(os.environ.get("PHOTO_KILLS_SEED", "7"))
PIECES = 3
MOST_SECONDS = 0.05
"""About as long as the last piece of a photo takes to be kept and recorded."""
Asked = tuple[str, str, dict[str, str], bytes]


def test_a_server_killed_at_random_moments_loses_no_photo_and_doubles_none(
    sign_in: Any, database: Database, brigade: Any, database_url: str, tmp_path: Path
) -> None:
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    chance = random.Random(SEED)
    print(f"{KILLS} kills, PHOTO_KILLS_SEED={SEED}")
    tus = {"Authorization": f"Bearer {crew.token}", "Tus-Resumable": "1.0.0"}
    sent: dict[UUID, str] = {}
    with Server(tmp_path, database_url) as server:
        for number in range(KILLS):
            content, photo = a_large_picture() + number.to_bytes(2), uuid4()
            sent[photo] = hashlib.sha256(content).hexdigest()
            announced = tus | announcement(fire.id, photo, content)
            upload_with_a_kill(server, announced, tus, photo, content, chance)
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
    server: Server, announced: dict[str, str], tus: dict[str, str], photo: UUID, content: bytes,
    chance: random.Random,
) -> None:  # fmt: skip
    """Announce a photo and send it in pieces; one of these requests, drawn by lot, is cut."""
    path = f"/v1/uploads/{photo}"
    fatal = chance.choice([0, 1, 2, PIECES, PIECES, PIECES])  # the last piece does the most
    if fatal == 0:
        cut(server, ("POST", "/v1/uploads", announced, b""), chance)
    assert server.ask("POST", "/v1/uploads", announced).status in (200, 201)
    offset, asked, piece_bytes = 0, 0, -(-len(content) // PIECES)
    while offset < len(content):
        asked += 1
        piece = content[offset : offset + piece_bytes]
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        if asked == fatal:
            cut(server, ("PATCH", path, tus | headers, piece), chance)
        else:
            server.ask("PATCH", path, tus | headers, piece)
        offset = offset_of(server, path, tus, offset)


def offset_of(server: Server, path: str, tus: dict[str, str], before: int) -> int:
    """Where it goes on; what was dying may still hold the upload for a moment."""
    answer = server.ask("HEAD", path, tus)
    assert answer.status in (200, 423), answer.status
    return int(answer.headers.get("Upload-Offset", before))


def cut(server: Server, asked: Asked, chance: random.Random) -> None:
    """Kill the server while it has part of the request, or all of it and a random time for it."""
    method, path, headers, body = asked
    head = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    whole = f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        if chance.random() < 0.4:
            wire.sendall(whole[: chance.randrange(len(whole))])
            server.kill()
        else:
            wire.sendall(whole)
            select.select([wire], [], [], chance.uniform(0, MOST_SECONDS))
            server.kill()
    server.start()


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
    with Server(tmp_path, database_url) as server:
        server.ask("POST", "/v1/uploads", tus | announcement(fire.id, photo, content))
        damaged = b"x" + content[1:]
        assert server.ask("PATCH", f"/v1/uploads/{photo}", piece, damaged).status == 460
        assert server.ask("PATCH", f"/v1/uploads/{photo}", piece, content).status == 204
