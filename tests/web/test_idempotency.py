"""A key that was used goes before everything else that is wrong with a request."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.powers import Role

BODY = {"kind": "station", "name": "西站", "short_name": "西", "division_code": "150102"}


@pytest.fixture
def administrator(sign_in: Any) -> Any:
    """Somebody who may write."""
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def used(administrator: Any, brigade: Any) -> tuple[str, str, dict[str, Any]]:
    """A path, the key of a write that was answered there, and its body."""
    path, key = f"/v1/posts/{uuid4()}", str(uuid4())
    body = BODY | {"parent_id": str(brigade.brigade.id)}
    answer = administrator.put(path, body, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.json
    return path, key, body


def again(person: Any, used: tuple[str, str, Any], **more: Any) -> Any:
    path, key, _ = used
    return person.open("PUT", path, headers={"Idempotency-Key": key}, **more)


@pytest.mark.parametrize(
    "sent",
    [
        {"json": BODY | {"kind": "nonsense"}},
        {"json": BODY | {"unknown": 1}},
        {"data": b"{", "content_type": "application/json"},
        {"data": b'{"a": 1, "a": 2}', "content_type": "application/json"},
        {"data": b"<a/>", "content_type": "text/xml"},
    ],
)
def test_another_body_under_a_used_key_is_refused_for_the_key_whatever_is_wrong_with_it(
    administrator: Any, used: Any, sent: dict[str, Any]
) -> None:
    answer = again(administrator, used, **sent)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/idempotency-key-reused")


def test_the_same_body_under_a_used_key_gets_its_answer_without_a_precondition(
    administrator: Any, used: Any
) -> None:
    answer = again(administrator, used, json=used[2])
    assert (answer.status_code, answer.json["name"]) == (200, "西站")
    assert UUID(answer.json["id"]) == UUID(used[0].rpartition("/")[2])


def test_who_is_not_known_or_brings_a_new_key_is_told_what_is_wrong(
    app: Any, administrator: Any, sign_in: Any, used: Any
) -> None:
    path, key, body = used
    new = administrator.open("PUT", path, json=body)
    assert new.status_code == 428
    assert again(sign_in(Role.ADMINISTRATOR), used, json=body).status_code == 428
    nobody = app.test_client().put(path, json=body, headers={"Idempotency-Key": key})
    assert nobody.status_code == 428
