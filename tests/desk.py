"""A desk for the suites of routes: a database, its clock, officers, and operations run on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from schemas.rules import rulebook
from service.domain.calendar import LEGAL_TIME
from service.domain.incident import Incident
from service.domain.people import Post, PostKind, User
from service.domain.photo import View
from service.domain.powers import Officer, Role
from service.operations.outcome import Created, Precondition
from storage.database import Database
from tests.fires import CREW, NOW, REVIEWER, STATION, a_fire, a_photo

CREATE = Precondition(create=True)


def at_version(version: int) -> Precondition:
    """If-Match."""
    return Precondition(create=False, version=version)


_ABOVE = (("/1/", PostKind.CORPS), ("/1/2/", PostKind.DETACHMENT), ("/1/2/3/", PostKind.BRIGADE))


class Desk:
    """Runs operations as officers do, one transaction each, at `now`."""

    def __init__(self, url: str) -> None:
        self.now: datetime = NOW
        self.database = Database(url, rules=rulebook(), clock=lambda: self.now)
        self.crew, self.reviewer = CREW, REVIEWER
        self.database.write(self._lay)
        self.investigator = self.add(12, Role.INVESTIGATOR, "/1/2/3/")
        self.second = self.add(13, Role.INVESTIGATOR, "/1/2/3/")
        self.supervisor = self.add(14, Role.SUPERVISOR, "/1/2/")

    def _lay(self, work: Any) -> None:
        parent = None
        for n, (path, kind) in enumerate(_ABOVE, start=1):
            post = replace(STATION, id=UUID(int=n), parent_id=parent, path=path, kind=kind)
            work.people.put_post(replace(post, short_name="呼"))
            parent = post.id
        work.people.put_post(STATION)
        work.people.put_post(
            replace(STATION, id=UUID(int=5), path="/1/2/3/5/", short_name="呼新二")
        )

    def add(self, n: int, role: Role, path: str, *, active: bool = True) -> Officer:
        """A person at the post of that path."""
        post = self.database.read(lambda work: work.people.posts_under(path)[0])
        return self._person(n, role, post, active)

    def _person(self, n: int, role: Role, post: Post, active: bool) -> Officer:
        user = User(
            id=UUID(int=n),
            username=f"u{n}",
            name=f"人{n}",
            role=role,
            post_id=post.id,
            password_hash="-",
            active=active,
        )
        self.database.write(lambda work: work.people.put_user(user))
        return Officer(id=user.id, name=user.name, role=role, post_id=post.id, post_path=post.path)

    def fire(self, *, views: tuple[View, ...] = tuple(View), **changes: Any) -> Incident:
        """A fire on record with its photos."""
        fire = a_fire(**changes)

        def put(work: Any) -> None:
            work.incidents.put(fire, previous=0)
            work.events.append(
                "incident", fire.id, [_Placed()] * fire.version, expected=0, officer_id=CREW.id
            )
            for view in views:
                work.photos.add(a_photo(fire.id, view))

        self.database.write(put)
        return fire

    def do(self, operation: Callable[..., Any], command: Any, officer: Officer) -> Any:
        """The operation's result, new or not."""
        made = self.database.write(lambda work: operation(command, officer=officer, work=work))
        return made.value if isinstance(made, Created) else made

    def read(self, query: Callable[..., Any], id: UUID, officer: Officer) -> Any:
        """What a query finds."""
        return self.database.read(lambda work: query(id, officer=officer, work=work))

    def incident(self, id: UUID) -> Incident:
        """The incident as it stands."""
        found = self.database.read(lambda work: work.incidents.get(id))
        assert found is not None
        return found

    def at(self, month: int, day: int, hour: int) -> None:
        """Set the clock, in the time of Shanghai."""
        self.now = datetime(2026, month, day, hour, tzinfo=LEGAL_TIME).astimezone(NOW.tzinfo)


@dataclass(frozen=True)
class _Placed:
    """Stands for the events that made a fire, which these suites do not replay."""

    NAME: ClassVar[str] = "incident-placed-by-a-test"
    VERSION: ClassVar[int] = 1
