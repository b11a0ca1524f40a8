"""What the suites over HTTP share: examples held to the answers, a fire, its crew, photo room."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from service.domain.powers import Role
from service.operations.ports import PhotoRoom
from tests.photo_builders import an_incident

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "api" / "examples"

Told = Callable[..., Any]
"""`told(operation, answer, request=None)`: see the fixture."""


@pytest.fixture
def incident(database: Any, brigade: Any) -> UUID:
    """A fire of the station."""
    fire = an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    return fire.id


@pytest.fixture
def crew(sign_in: Any) -> Any:
    """Somebody of the station."""
    return sign_in(Role.CREW)


@pytest.fixture
def room(app: Any) -> PhotoRoom:
    """The app's photo room."""
    found: PhotoRoom = app.extensions["handback-photos"]
    return found


@pytest.fixture
def told() -> Told:
    """The body of a good answer; its members are the published example's.

    With WRITE_EXAMPLES=1 the example is what was asked and answered now.
    """
    return _told


def _told(operation: str, answer: Any, request: Any = None) -> Any:
    body = answer.json
    assert answer.status_code in (200, 201), body
    file = EXAMPLES / f"{operation}.json"
    if os.environ.get("WRITE_EXAMPLES"):
        text = json.dumps({"request": request, "response": body}, ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
    example = json.loads(file.read_text(encoding="utf-8"))
    assert _members(example["response"]) == _members(body)
    assert _members(example.get("request")) == _members(request)
    return body


def _members(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


@pytest.fixture
def spec(app: Any) -> dict[str, Any]:
    """The OpenAPI file as it is served."""
    found: dict[str, Any] = app.test_client().get("/openapi.json").json
    return found
