"""The brigade tree and its people: who is added, corrected, refused, signed in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.errors import (
    LinkNotGood,
    OutsideJurisdiction,
    PostMisplaced,
    SignInFailed,
    Stale,
    Unknown,
    UsernameTaken,
)
from service.domain.people import PostKind, path_under
from service.domain.people_refusals import LastAdministrator
from service.domain.powers import Officer, Role
from service.operations.first_administrator import (
    BecomeAdministrator,
    become_administrator,
    make_first_link,
)
from service.operations.manage_people import (
    PutPost,
    PutUser,
    list_posts,
    put_post,
    put_user,
    read_post,
    read_user,
)
from service.operations.outcome import Created, Precondition
from service.operations.sign_in import SignIn, check_password, open_session
from tests.conftest import PASSWORD

CREATE = Precondition(create=True)
A_SIGN_IN = SignIn(username="wang", password=PASSWORD, minutes=60)


@pytest.fixture
def administrator(sign_in: Any, brigade: Any) -> Officer:
    """The administrator of a brigade 大队."""
    officer: Officer = sign_in(Role.ADMINISTRATOR).officer
    return officer


def a_user(post_id: UUID, **more: Any) -> PutUser:
    """Somebody new at a post."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "username": "wang",
        "name": "王",
        "role": Role.CREW,
        "post_id": post_id,
        "active": True,
        "password": PASSWORD,
        "precondition": CREATE,
    }
    return PutUser(**values | more)


def a_station(parent_id: UUID | None, **more: Any) -> PutPost:
    """A new station."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "parent_id": parent_id,
        "kind": PostKind.STATION,
        "name": "西站",
        "short_name": "呼新三",
        "division_code": "150102",
        "phone": "119",
        "precondition": CREATE,
    }
    return PutPost(**values | more)


def test_a_person_is_added_corrected_and_read(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    command = a_user(brigade.station.id)
    added = database.write(lambda work: put_user(command, officer=administrator, work=work))
    assert isinstance(added, Created)
    renamed = replace(
        command, name="王强", password=None, precondition=Precondition(create=False, version=1)
    )
    corrected = database.write(lambda work: put_user(renamed, officer=administrator, work=work))
    assert (corrected.name, corrected.version) == ("王强", 2)
    assert corrected.password_hash == added.value.password_hash
    found = database.read(lambda work: read_user(command.id, officer=administrator, work=work))
    assert found == corrected


def test_a_person_added_without_a_password_cannot_sign_in(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    command = a_user(brigade.station.id, password=None)
    database.write(lambda work: put_user(command, officer=administrator, work=work))
    with pytest.raises(SignInFailed):
        database.read(
            lambda work: check_password(SignIn(username="wang", password="", minutes=60), work=work)
        )


def test_a_user_name_stands_once(database: Any, administrator: Officer, brigade: Any) -> None:
    first, second = a_user(brigade.station.id), a_user(brigade.station.id)
    database.write(lambda work: put_user(first, officer=administrator, work=work))
    with pytest.raises(UsernameTaken):
        database.write(lambda work: put_user(second, officer=administrator, work=work))


def test_nobody_is_put_at_a_post_that_is_not_there(database: Any, administrator: Officer) -> None:
    with pytest.raises(Unknown):
        database.write(lambda work: put_user(a_user(uuid4()), officer=administrator, work=work))


def test_a_correction_of_nobody_is_refused(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    command = a_user(brigade.station.id, precondition=Precondition(create=False, version=1))
    with pytest.raises(Unknown):
        database.write(lambda work: put_user(command, officer=administrator, work=work))


def test_a_post_is_added_once_and_read(database: Any, administrator: Officer, brigade: Any) -> None:
    command = a_station(brigade.brigade.id)
    added = database.write(lambda work: put_post(command, officer=administrator, work=work))
    again = database.write(lambda work: put_post(command, officer=administrator, work=work))
    assert again == added.value
    other = replace(command, name="北站")
    with pytest.raises(Stale):
        database.write(lambda work: put_post(other, officer=administrator, work=work))
    assert (
        database.read(lambda work: read_post(command.id, officer=administrator, work=work)) == again
    )
    assert again in database.read(lambda work: list_posts(administrator, work))


def test_a_post_needs_a_parent_that_is_there_and_a_step_above(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    with pytest.raises(Unknown):
        database.write(lambda work: put_post(a_station(uuid4()), officer=administrator, work=work))
    for parent_id in (None, brigade.station.id):
        with pytest.raises(PostMisplaced):
            database.write(
                lambda work, p=parent_id: put_post(a_station(p), officer=administrator, work=work)
            )


def test_what_lies_elsewhere_or_nowhere_is_not_read(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    with pytest.raises(OutsideJurisdiction):
        database.read(lambda work: read_post(brigade.corps.id, officer=administrator, work=work))
    for read in (read_post, read_user):
        with pytest.raises(Unknown):
            database.read(lambda work, r=read: r(uuid4(), officer=administrator, work=work))


def test_a_corps_stands_at_the_top() -> None:
    id = UUID(int=1 << 96)
    assert path_under(None, kind=PostKind.CORPS, id=id) == f"/{id.hex[:8]}/"


def test_somebody_who_left_does_not_sign_in(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    command = a_user(brigade.station.id, active=False)
    database.write(lambda work: put_user(command, officer=administrator, work=work))
    with pytest.raises(SignInFailed):
        database.read(
            lambda work: check_password(
                SignIn(username="wang", password=PASSWORD, minutes=60), work=work
            )
        )


def test_a_person_whose_post_is_gone_gets_no_session(
    database: Any, administrator: Officer, brigade: Any
) -> None:
    command = a_user(brigade.station.id)
    user = database.write(lambda work: put_user(command, officer=administrator, work=work)).value
    with pytest.raises(SignInFailed):
        database.write(
            lambda work: open_session(replace(user, post_id=uuid4()), A_SIGN_IN, work=work)
        )


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.CREW}])
def test_the_last_administrator_stays_until_there_is_another(
    database: Any, administrator: Officer, brigade: Any, change: dict[str, Any]
) -> None:
    last = a_user(
        administrator.post_id,
        **{"id": administrator.id, "role": Role.ADMINISTRATOR, "password": None} | change,
        precondition=Precondition(create=False, version=1),
    )
    another = a_user(brigade.station.id, role=Role.ADMINISTRATOR, username="li")
    left = replace(another, id=uuid4(), username="zhao", active=False)
    database.write(lambda work: put_user(left, officer=administrator, work=work))
    with pytest.raises(LastAdministrator) as refused:
        database.write(lambda work: put_user(last, officer=administrator, work=work))
    assert refused.value.faults[0].pointer == "/id"
    database.write(lambda work: put_user(another, officer=administrator, work=work))
    ended = database.write(lambda work: put_user(last, officer=administrator, work=work))
    assert (ended.active, ended.role) != (True, Role.ADMINISTRATOR)


def becoming(code: str) -> BecomeAdministrator:
    """Who uses the link."""
    return BecomeAdministrator(
        code=code,
        user_id=uuid4(),
        username="admin",
        name="周",
        password=PASSWORD,
        post_id=uuid4(),
        corps_name="总队",
        corps_short_name="内",
        division_code="150000",
    )


def test_the_first_link_is_used_once_and_ends(database: Any) -> None:
    early = database.write(lambda work: make_first_link(work=work))
    code = database.write(lambda work: make_first_link(work=work))
    with pytest.raises(LinkNotGood):
        database.write(lambda work: become_administrator(becoming(early), work=work))
    user = database.write(lambda work: become_administrator(becoming(code), work=work))
    assert user.role is Role.ADMINISTRATOR
    with pytest.raises(LinkNotGood):
        database.write(lambda work: become_administrator(becoming(code), work=work))
    assert database.write(lambda work: make_first_link(work=work)) is None


def test_the_first_link_is_over_after_a_quarter_of_an_hour(database: Any) -> None:
    code = database.write(lambda work: make_first_link(work=work))
    clock = database.clock
    database.clock = lambda: clock() + timedelta(minutes=15)
    with pytest.raises(LinkNotGood):
        database.write(lambda work: become_administrator(becoming(code), work=work))
