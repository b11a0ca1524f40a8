"""Take a brigade's posts and people from CSV files: all of a file, or nothing of it."""

from uuid import uuid4

from service.domain.brigade_csv import PersonRow, PostRow, read_people, read_posts
from service.domain.errors import Fault
from service.domain.imported import Imported
from service.domain.people import Post, User
from service.domain.people_refusals import CsvInvalid
from service.domain.powers import Officer, Operation, must_be_allowed
from service.domain.words import Words
from service.operations.manage_people import PutPost, PutUser, put_post, put_user
from service.operations.outcome import Created, Precondition
from service.operations.ports import Work

PASSWORD_BITS = 72


def import_posts(text: str, *, officer: Officer, work: Work) -> list[Imported]:
    """Add the posts of a file, parents before what lies below them; correct those that are there.

    A post is known by its short name.
    Raises: Forbidden, CsvInvalid, PostMisplaced.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    known = {post.short_name: post for post in work.people.posts_under(officer.post_path)}
    return [_post(row, known, officer, work) for row in read_posts(text)]


def import_people(text: str, *, officer: Officer, work: Work) -> list[Imported]:
    """Add the people of a file, each with a password of their own; correct those who are there.

    A person is known by the name they sign in with.
    Raises: Forbidden, CsvInvalid.
    """
    must_be_allowed(officer, Operation.MANAGE_PEOPLE, at=None)
    known = {post.short_name: post for post in work.people.posts_under(officer.post_path)}
    return [_person(row, known, officer, work) for row in read_people(text)]


def _post(row: PostRow, known: dict[str, Post], officer: Officer, work: Work) -> Imported:
    before = known.get(row.short_name)
    parent = known.get(row.parent) if row.parent else None
    if row.parent and parent is None:
        raise _unknown(row.line, "parent", row.parent)
    command = PutPost(
        id=before.id if before else uuid4(),
        parent_id=parent.id if parent else None,
        kind=row.kind,
        name=row.name,
        short_name=row.short_name,
        division_code=row.division_code,
        phone=row.phone,
        precondition=_on(before),
    )
    put = put_post(command, officer=officer, work=work)
    post = put.value if isinstance(put, Created) else put
    known[post.short_name] = post
    return Imported(
        line=row.line,
        id=post.id,
        name=post.name,
        username=None,
        added=before is None,
        password=None,
    )


def _person(row: PersonRow, known: dict[str, Post], officer: Officer, work: Work) -> Imported:
    post = known.get(row.post)
    if post is None:
        raise _unknown(row.line, "post", row.post)
    before = work.people.user_called(row.username)
    password = None if before else work.new_code(PASSWORD_BITS)
    command = PutUser(
        id=before.id if before else uuid4(),
        username=row.username,
        name=row.name,
        role=row.role,
        post_id=post.id,
        active=before.active if before else True,
        password=password,
        precondition=_on(before),
    )
    put = put_user(command, officer=officer, work=work)
    user = put.value if isinstance(put, Created) else put
    return Imported(
        line=row.line,
        id=user.id,
        name=user.name,
        username=user.username,
        added=before is None,
        password=password,
    )


def _on(before: Post | User | None) -> Precondition:
    if before is None:
        return Precondition(create=True)
    return Precondition(create=False, version=before.version)


def _unknown(line: int, column: str, short_name: str) -> CsvInvalid:
    return CsvInvalid(
        Fault(
            f"/line/{line}/{column}",
            Words(
                f"第{line}行：没有简称为“{short_name}”的机构",
                f"line {line}: no post “{short_name}”",
            ),
            Words("请先导入机构，上级在前", "import the posts first, those above before below"),
        )
    )
