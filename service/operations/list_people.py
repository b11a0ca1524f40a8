"""Find somebody of the own part of the brigade tree: a second investigator, say."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.people import User, UserQuery
from service.domain.powers import Officer, Operation, Role, must_be_allowed
from service.operations.manage_people import read_post
from service.operations.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPeople:
    """Who is looked for: at this post and below (None: the own), under every condition given."""

    post_id: UUID | None
    role: Role | None
    active: bool | None
    text: str | None
    after: UUID | None
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Some people, and after whom the next page begins (None: this was the last)."""

    users: tuple[User, ...]
    next: UUID | None


def list_people(query: ListPeople, *, officer: Officer, work: Work) -> PeoplePage:
    """A page of the people at a post of the officer's part of the tree, and below it.

    Raises: Forbidden, Unknown (no such post).
    """
    must_be_allowed(officer, Operation.READ_PEOPLE, at=None)
    within = officer.post_path
    if query.post_id is not None:
        within = read_post(query.post_id, pointer="/post_id", officer=officer, work=work).path
    found = work.people.find_users(
        UserQuery(
            within=within,
            role=query.role,
            active=query.active,
            text=query.text,
            after=query.after,
            limit=query.limit + 1,
        )
    )
    page = tuple(found[: query.limit])
    return PeoplePage(users=page, next=page[-1].id if len(found) > query.limit else None)
