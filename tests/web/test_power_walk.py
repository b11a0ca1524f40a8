"""Every operation × role × place over HTTP: refused by the table of powers, or not at all.

`scripts/powers` prints what was walked.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.people import Post
from service.domain.powers import POWERS, Operation, Role
from service.domain.system_keys import OPERATIONS as FOR_SYSTEMS
from tests.photo_builders import announcement
from tests.web.conftest import EXAMPLES
from tests.web.scene_site import Site

NOBODYS = {
    "get_healthz": "whoever watches the machine",
    "get_readyz": "whoever watches the machine",
    "post_session": "whoever has a name and a password",
    "post_session_refresh": "whoever has a refresh token, their own session",
    "delete_session": "everybody signed in, their own session",
    "get_me": "everybody signed in, themselves",
    "get_own_sessions": "everybody signed in, their own",
    "delete_own_session": "everybody signed in, their own",
    "get_upload_abilities": "whoever asks what tus can do here",
    "get_status": "whoever has a code",
    "put_own_access": "whoever has an owner's code",
    "get_shown_photos": "whoever has a code",
    "get_shown_photo_preview": "whoever has a code",
}
"""Operations without a row in the table of powers, and whose they are."""

OFFSET = "application/offset+octet-stream"
OWN_LISTS = {
    "get_posts",
    "get_users",
    "get_grants",
    "get_system_keys",
    "get_incidents",
    "get_scenes",
    "get_transfers",
    "post_posts_import",
    "post_users_import",
}
"""They show what lies in the asker's own part of the tree: no place is named."""

HIDDEN_ELSEWHERE = {
    "post_system_key_end",
    "get_transfer",
    "put_transfer_acceptance",
    "put_transfer_refusal",
    "put_direct_upload",
    "post_direct_upload_completion",
}
"""Beyond the own part of the tree these say 404: not even that there is such a thing is told.

Direct uploads say 409: this service keeps its photos in a folder.
"""

NAMELESS = {"head_upload": Operation.SEND_PHOTO}
"""A refused HEAD has no body to name its row by."""

PLACES = ("own", "below", "above", "beside")
ALLOWED_AT = {"own", "below"}
REFUSED: tuple[str | None, ...] = ("/problems/role-not-allowed", "/problems/outside-jurisdiction")


@dataclass(frozen=True)
class Ground:
    """A fire with its scene at one post, and somebody who works there."""

    post: Post
    site: Site
    somebody: UUID
    grant_id: UUID
    key_id: str
    photo_id: UUID

    def path_values(self) -> dict[str, str]:
        """What stands in an address for this place."""
        site = self.site
        return {
            "incident_id": str(site.incident_id),
            "scene_id": str(site.scene_id),
            "post_id": str(self.post.id),
            "user_id": str(self.somebody),
            "grant_id": str(self.grant_id),
            "key_id": self.key_id,
            "finding_id": str(site.id("seal")),
            "photo_id": str(self.photo_id),
            "level": "1",
        }


@pytest.fixture
def grounds(sign_in: Any, database: Any, brigade: Any) -> dict[str, Ground]:
    """At the post of those who ask (the 大队), below it, above it, and beside it."""
    posts = {
        "own": brigade.brigade,
        "below": brigade.station,
        "above": brigade.detachment,
        "beside": brigade.other_detachment,
    }
    return {place: _ground(post, sign_in, database, brigade) for place, post in posts.items()}


def _ground(post: Post, sign_in: Any, database: Any, brigade: Any) -> Ground:
    there = replace(brigade, station=post, brigade=post)
    lead = sign_in(Role.INVESTIGATOR, post)
    site = Site(lead, sign_in(Role.REVIEWER, post), database, there)
    site.on_record().opened().planned().sealed()
    somebody, photo_id = sign_in(Role.CREW, post), uuid4()
    _begin_upload(somebody, site.incident_id, photo_id)
    chief, grant_id = sign_in(Role.ADMINISTRATOR, post), uuid4()
    ends_at = (database.clock() + timedelta(days=1)).isoformat()
    grant = {"user_id": str(somebody.officer.id), "ends_at": ends_at, **_at(post)}
    chief.put(f"/v1/grants/{grant_id}", _example("put_grant")["request"] | grant)
    key = chief.post("/v1/system-keys", _example("post_system_key")["request"] | _at(post))
    return Ground(post, site, somebody.officer.id, grant_id, key.json["id"], photo_id)


def _begin_upload(somebody: Any, incident_id: UUID, photo_id: UUID) -> None:
    headers = announcement(incident_id, photo_id, b"photo")
    assert somebody.post("/v1/uploads", headers=headers).status_code == 201


def _at(post: Post) -> dict[str, str]:
    return {"post_id": str(post.id)}


def _example(operation: str) -> Any:
    file = EXAMPLES / f"{operation}.json"
    return json.loads(file.read_text()) if file.exists() else {}


@pytest.fixture
def askers(app: Any, sign_in: Any, brigade: Any) -> dict[Role, Any]:
    """One person of each role at the 大队, and a system with a key for all that systems may."""
    people = {role: sign_in(role, brigade.brigade) for role in Role if role is not Role.SYSTEM}
    body = {"name": "GIS", "scopes": sorted(FOR_SYSTEMS), **_at(brigade.brigade)}
    chief = people[Role.ADMINISTRATOR]
    system = sign_in(Role.CREW, brigade.brigade)
    system.token = chief.post("/v1/system-keys", body).json["key"]
    return people | {Role.SYSTEM: system}


Asked = tuple[str, str, str]
"""The operation's id, its verb, its address with {names} in it."""


def _asked(spec: dict[str, Any]) -> Iterator[Asked]:
    for path, item in spec["paths"].items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                if operation["operationId"] == "put_finding":
                    kinds = sorted(file.stem for file in (EXAMPLES / "findings").glob("*.json"))
                    yield from ((f"put_finding {kind}", verb, path) for kind in kinds)
                else:
                    yield operation["operationId"], verb, path


def _ask(asker: Any, asked: Asked, ground: Ground) -> Any:
    name, verb, path = asked
    values = defaultdict(lambda: str(uuid4()), ground.path_values())
    address = path.format_map(values)
    body = _example(name).get("request")
    if name.startswith("put_finding "):
        body = _example(name.replace("put_finding ", "findings/"))
    if isinstance(body, dict):
        body = _placed(body, ground)
    options: dict[str, Any] = {"headers": {"If-Match": '"1"'}, "json": body}
    if verb == "put" and name in CREATED:
        options["headers"] = {"If-None-Match": "*"}
    if name in {"post_upload", "head_upload", "patch_upload", "delete_upload"}:
        options = {"headers": announcement(ground.site.incident_id, uuid4(), b"photo")}
    if name == "patch_upload":
        options["headers"] |= {"Upload-Offset": "9", "Content-Type": OFFSET}
    if name in {"get_month_figures", "get_warnings", "get_refusals"}:
        options["query_string"] = {"post_id": str(ground.post.id)}
    if name == "get_month_figures":
        options["query_string"]["month"] = "2026-01"
    if verb == "get":
        options.pop("json", None)
    return asker.open(verb.upper(), address, **options)


def _placed(body: dict[str, Any], ground: Ground) -> dict[str, Any]:
    """The example's body, said of this place."""
    said = {
        "incident_id": str(ground.site.incident_id),
        "post_id": str(ground.post.id),
        "parent_id": str(ground.post.id),
        "user_id": str(ground.somebody),
        "joined_id": str(ground.site.incident_id),
    }
    return {name: said.get(name, value) for name, value in body.items()}


CREATED = {"put_user", "put_post", "put_scene"}


@dataclass(frozen=True)
class Step:
    """One request of the walk: its operation, who asked where, and how it was refused, if so."""

    name: str
    role: Role
    place: str
    refused: str | None
    row: str
    status: int


def _step(asked: Asked, role: Role, place: str, answer: Any) -> Step:
    problem = (answer.data and answer.json) or {}
    why = problem.get("type") if answer.status_code == 403 else None
    refused = why if why in REFUSED else None
    row = problem["errors"][0]["pointer"] if refused else ""
    if asked[0] in NAMELESS and answer.status_code == 403:
        refused = REFUSED[role in POWERS[NAMELESS[asked[0]]]]
    return Step(asked[0], role, place, refused, row, answer.status_code)


def test_every_operation_by_every_role_at_every_place(
    spec: dict[str, Any], grounds: dict[str, Ground], askers: dict[Role, Any]
) -> None:
    steps: dict[str, list[Step]] = defaultdict(list)
    for asked, role, place in product(_asked(spec), Role, PLACES):
        if asked[0] not in NOBODYS:
            answer = _ask(askers[role], asked, grounds[place])
            steps[asked[0]].append(_step(asked, role, place, answer))
    wrong = [fault for name, taken in steps.items() for fault in _faults(name, taken)]
    print("\n" + "\n".join(_table(name, taken) for name, taken in steps.items()))
    assert not wrong, "\n".join(wrong)


def _faults(name: str, taken: list[Step]) -> Iterator[str]:
    rows = {step.row for step in taken if step.row and step.refused == REFUSED[0]}
    rows |= {NAMELESS[name]} if name in NAMELESS else set()
    if not rows:
        yield f"{name} has no row in the table of powers"
        return
    may = frozenset.intersection(*(POWERS[Operation(row)] for row in rows))
    for step in taken:
        if step.refused not in _expected(name, step, may) or step.status >= 500:
            yield f"{step}: expected {_expected(name, step, may)}"


def _expected(name: str, step: Step, may: frozenset[Role]) -> tuple[str | None, ...]:
    """How this step may be refused; where both role and place are wrong, by either."""
    elsewhere = name not in OWN_LISTS and step.place not in ALLOWED_AT
    if step.role not in may:
        return REFUSED if elsewhere else REFUSED[:1]
    if elsewhere and name in HIDDEN_ELSEWHERE:
        return (None,) if step.status in {404, 409} else ()
    return REFUSED[1:] if elsewhere else (None,)


def _table(name: str, taken: list[Step]) -> str:
    """The operation, and for each role the places where it was let do it."""
    cells = []
    for role in Role:
        let = [step.place for step in taken if step.role is role and not step.refused]
        if name in HIDDEN_ELSEWHERE:
            let = [place for place in let if place in ALLOWED_AT]
        shown = "own part" if let and name in OWN_LISTS else "+".join(let) or "–"
        cells.append(f"{role}: {shown}")
    return f"{name:33}" + "".join(f"{cell:28}" for cell in cells)


def test_nobody_does_anything_without_signing_in(app: Any, spec: dict[str, Any]) -> None:
    client = app.test_client()
    for name, verb, path in _asked(spec):
        if name in NOBODYS and name != "get_me":
            continue
        address = path.format_map(defaultdict(lambda: str(uuid4())))
        body = _example(name).get("request")
        headers = {"Idempotency-Key": str(uuid4()), "If-None-Match": "*"}
        answer = client.open(address, method=verb.upper(), json=body, headers=headers)
        assert answer.status_code in {401, 412, 415, 422}, (name, answer.status_code)


def test_what_is_without_a_row_is_there(spec: dict[str, Any]) -> None:
    assert set(NOBODYS) | OWN_LISTS <= {name.split()[0] for name, _, _ in _asked(spec)}
