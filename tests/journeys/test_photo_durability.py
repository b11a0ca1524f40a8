"""Every accepted photo is on the disk before it is answered, shown by the server's system calls."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from service.domain.powers import Role
from storage.database import Database
from tests.journeys.server_lives import Server
from tests.journeys.syscalls import STRACE, Call, calls, steps
from tests.photo_builders import a_large_picture, an_incident, announcement, digest_of

PIECES = (1, 1, 3)
STEPS = ("its file synced", "named under its digest", "its folder synced", "committed")
Accepted = list[tuple[str, str]]


@pytest.fixture
def seen(
    sign_in: Any, database: Database, brigade: Any, database_url: str, tmp_path: Path
) -> tuple[list[Call], Accepted]:
    """What a server was seen to do that took three photos, and these: id and digest."""
    assert shutil.which("strace"), "strace is not installed; on Debian 12: apt-get install strace"
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    tus = {"Authorization": f"Bearer {crew.token}", "Tus-Resumable": "1.0.0"}
    trace = tmp_path / "trace"
    accepted = []
    with Server(tmp_path, database_url, *STRACE, f"--output={trace}") as server:
        for number, pieces in enumerate(PIECES):
            content, photo = a_large_picture() + bytes([number]), uuid4()
            server.ask("POST", "/v1/uploads", tus | announcement(fire.id, photo, content))
            size = -(-len(content) // pieces)
            for start in range(0, len(content), size):
                piece = tus | {"Content-Type": "application/offset+octet-stream"}
                piece |= {"Upload-Offset": str(start)}
                body = content[start : start + size]
                assert server.ask("PATCH", f"/v1/uploads/{photo}", piece, body).status == 204
            accepted.append((str(photo), digest_of(content)))
    return calls(trace), accepted


def test_a_photo_is_synced_named_filed_and_committed_before_it_is_answered(
    seen: tuple[list[Call], Accepted],
) -> None:
    trace, accepted = seen
    for photo, digest in accepted:
        at = steps(trace, photo=photo, digest=digest)
        assert list(at.values()) == sorted(at.values())
    for photo, digest in accepted:  # each step is asked for: without it, or after the answer
        for step in STEPS:
            must_be_missed(trace, step, photo, digest)


def must_be_missed(trace: list[Call], step: str, photo: str, digest: str) -> None:
    """Leave every call out that could be this step, then put them after the answer."""
    at = steps(trace, photo=photo, digest=digest)
    gone = trace.copy()
    left_out = []
    with pytest.raises(AssertionError):
        while True:
            left_out.append(gone.pop(steps(gone, photo=photo, digest=digest)[step]))
            assert len(left_out) < 10, f"{step} is not asked for"
    late = [*gone[: at["answered"]], *left_out, *gone[at["answered"] :]]
    with pytest.raises(AssertionError):
        steps(late, photo=photo, digest=digest)
