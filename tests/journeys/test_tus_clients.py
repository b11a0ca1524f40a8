"""Clients that other people wrote, over a network that breaks: every photo arrives once, whole."""

import json
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests
from tusclient import client as tuspy
from tusclient.exceptions import TusCommunicationError

from scripts.client import Client
from scripts.own_service import own_service
from scripts.tour_people import person, report
from tests.breaking_proxy import BreakingProxy, breaking
from tests.photo_builders import a_large_picture, digest_of

CONTENT = a_large_picture()
MOST_BYTES = 150_000
TUS_JS = Path(__file__).parent / "tus_js"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """A service of two workers, with the sample brigade."""
    with own_service(workers=2) as url:
        yield url


@pytest.fixture
def crew(service: str) -> Client:
    """Somebody of the station, signed in."""
    return person(service, "crew")


@pytest.fixture
def incident(crew: Client) -> UUID:
    """A fire of the station."""
    id = uuid4()
    crew.create(f"/v1/incidents/{id}", report())
    return id


def said(incident: UUID) -> dict[str, str]:
    return {
        "photo": str(uuid4()),
        "incident": str(incident),
        "view": "overview",
        "sha256": digest_of(CONTENT),
        "filename": "fire.png",
    }


def must_have_arrived_once(crew: Client, incident: UUID, metadata: dict[str, str]) -> None:
    [photo] = crew.get(f"/v1/incidents/{incident}/photos")["photos"]
    assert (photo["id"], photo["sha256"]) == (metadata["photo"], digest_of(CONTENT))
    original = crew.raw("GET", photo["original"], None, {})
    assert original.data == CONTENT


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("checked", [False, True])
def test_tuspy_over_a_breaking_network(
    crew: Client, incident: UUID, service: str, checked: bool, seed: int
) -> None:
    metadata = said(incident)
    with breaking(service, seed=seed, most_bytes=MOST_BYTES) as proxy:
        sender = tuspy.TusClient(f"{proxy.url}/v1/uploads")
        sender.set_headers({"Authorization": f"Bearer {crew.token}"})
        place = f"{proxy.url}/v1/uploads/{metadata['photo']}"
        options: dict[str, Any] = {
            "file_stream": BytesIO(CONTENT),
            "metadata": metadata,
            "chunk_size": 60_000,
            "upload_checksum": checked,
        }
        announced = finished = False
        while not finished:
            try:
                uploader = sender.uploader(**options, **({"url": place} if announced else {}))
                announced = True
                uploader.upload()
                finished = True
            except (TusCommunicationError, requests.RequestException):
                announced = announced or _is_there(crew, metadata["photo"])
        assert proxy.broken
    must_have_arrived_once(crew, incident, metadata)


def _is_there(crew: Client, photo: str) -> bool:
    answer = requests.head(
        f"{crew.url}/v1/uploads/{photo}",
        headers={"Authorization": f"Bearer {crew.token}", "Tus-Resumable": "1.0.0"},
        timeout=30,
    )
    return answer.status_code != 404


JS_MODES: list[dict[str, Any]] = [
    {},
    {"chunkSize": 60_000},
    {"uploadDataDuringCreation": True, "overridePatchMethod": True},
    {"chunkSize": 60_000, "uploadLengthDeferred": True},
    {"chunkSize": 60_000, "parallelUploads": 3},
]


@pytest.mark.parametrize("mode", JS_MODES, ids=lambda mode: "+".join(mode) or "plain")
def test_tus_js_client_over_a_breaking_network(
    crew: Client, incident: UUID, service: str, tmp_path: Path, mode: dict[str, Any]
) -> None:
    assert (TUS_JS / "node_modules").is_dir(), f"run `npm ci` in {TUS_JS}; it needs Node 18"
    metadata = said(incident)
    (tmp_path / "fire.png").write_bytes(CONTENT)
    with breaking(service, seed=11, most_bytes=MOST_BYTES) as proxy:
        _node(proxy, crew, tmp_path / "fire.png", mode | {"metadata": metadata})
        assert proxy.broken
    must_have_arrived_once(crew, incident, metadata)


def _node(proxy: BreakingProxy, crew: Client, file: Path, options: dict[str, Any]) -> None:
    usual = {
        "endpoint": f"{proxy.url}/v1/uploads",
        "headers": {"Authorization": f"Bearer {crew.token}"},
    }
    subprocess.run(
        ["node", TUS_JS / "upload.js", file, json.dumps(usual | options)], check=True, timeout=120
    )
