"""Limits of photos over HTTP: what an incident takes, what a device may have under way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from service.app import create_app
from service.domain.powers import Role
from service.settings import Settings
from tests.photo_builders import a_picture, announcement
from tests.web.test_uploads import begin, send

CONTENT = a_picture()
SIZE = len(CONTENT)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An incident takes three photos, of three and a half sizes; a device has two under way."""
    made = create_app(
        Settings(
            data_dir=tmp_path,
            database_url=database_url,
            max_photo_bytes=4 * SIZE,
            max_incident_photos=3,
            max_incident_bytes=SIZE * 7 // 2,
            max_device_uploads=2,
            max_device_bytes=4 * SIZE,
        )
    )
    yield made
    made.extensions["handback-database"].engine.dispose()


def announce(crew: Any, incident: UUID, *, size: int = SIZE, **more: object) -> Any:
    headers = announcement(incident, uuid4(), CONTENT, **more) | {"Upload-Length": str(size)}
    return crew.open("POST", "/v1/uploads", headers=headers)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["type"]


def test_an_incident_takes_so_many_photos_those_under_way_included(
    crew: Any, incident: UUID
) -> None:
    for _ in range(2):
        send(crew, begin(crew, incident, CONTENT), CONTENT)
    third = begin(crew, incident, CONTENT)
    full = announce(crew, incident)
    assert refused(full) == (409, "/problems/incident-photos-full")
    assert full.json["limit"] == 3
    crew.open("DELETE", third, headers={"Tus-Resumable": "1.0.0"})
    send(crew, begin(crew, incident, CONTENT), CONTENT)


def test_an_incident_takes_so_many_bytes(crew: Any, incident: UUID) -> None:
    send(crew, begin(crew, incident, CONTENT), CONTENT)
    assert announce(crew, incident, size=SIZE * 5 // 2).status_code == 201
    full = announce(crew, incident)
    assert refused(full) == (413, "/problems/incident-bytes-full")


def test_a_device_finishes_before_it_announces_more(
    crew: Any, incident: UUID, sign_in: Any
) -> None:
    first = begin(crew, incident, CONTENT, device="a")
    begin(crew, incident, CONTENT, device="a")
    busy = announce(crew, incident, device="a")
    assert refused(busy) == (429, "/problems/device-too-busy")
    assert busy.headers["Retry-After"] == "60"
    send(crew, first, CONTENT)
    assert announce(crew, incident, device="a", size=1).status_code == 201


def test_another_phone_is_another_device(crew: Any, incident: UUID, sign_in: Any) -> None:
    for _ in range(2):
        assert announce(crew, incident, device="a", size=1).status_code == 201
    colleague = sign_in(Role.CREW)
    assert announce(colleague, incident, device="a", size=1).status_code == 201


def test_an_upload_of_unknown_length_counts_as_the_longest(crew: Any, incident: UUID) -> None:
    said = announcement(incident, uuid4(), CONTENT)
    headers = {name: value for name, value in said.items() if name != "Upload-Length"}
    late = crew.open("POST", "/v1/uploads", headers=headers | {"Upload-Defer-Length": "1"})
    assert refused(late) == (413, "/problems/incident-bytes-full")


def test_parts_count_for_their_device_and_the_photo_for_its_incident(
    crew: Any, incident: UUID
) -> None:
    tus = {"Tus-Resumable": "1.0.0"}
    part = tus | {"Upload-Concat": "partial", "Upload-Length": str(SIZE)}
    places = []
    for content in (CONTENT[:10], CONTENT[10:]):
        headers = part | {"Upload-Length": str(len(content))}
        places.append(crew.open("POST", "/v1/uploads", headers=headers).headers["Location"])
        send(crew, places[-1], content)
    assert refused(crew.open("POST", "/v1/uploads", headers=part)) == (
        429,
        "/problems/device-too-busy",
    )
    said = announcement(incident, uuid4(), CONTENT)["Upload-Metadata"]
    final = tus | {"Upload-Concat": f"final;{' '.join(places)}", "Upload-Metadata": said}
    assert crew.open("POST", "/v1/uploads", headers=final).status_code == 201
    assert crew.open("POST", "/v1/uploads", headers=part).status_code == 201
