"""What scripts/admin does: import posts and people, list them, set a password, end a person.

Everything is done on behalf of an administrator who is named, within their powers, as over HTTP.
"""

import argparse
import csv
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from service.domain.brigade_csv import text_of
from service.domain.errors import Refusal
from service.domain.imported import Imported
from service.domain.people import User, UserQuery
from service.domain.powers import Officer, Role
from service.operations.import_brigade import PASSWORD_BITS, import_people, import_posts
from service.operations.manage_people import PutUser, list_posts, managed_user, put_user
from service.operations.outcome import Precondition
from service.settings import Settings
from storage.database import Database, SqlWork
from storage.migrate import migrate

ROOT = Path(__file__).resolve().parent.parent
PAGE = 200


class Stop(Exception):
    """One clear sentence for whoever asked."""


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/admin", description="Posts and people of a brigade, from this machine."
    )
    parser.add_argument("--as", dest="administrator", help="the administrator on whose behalf")
    parser.add_argument("--data", type=Path, help="the folder of database and photos (.data)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="posts and the people at each")
    for name, about in (
        ("import-posts", "级别,名称,简称,上级,行政区划代码,电话"),
        ("import-people", "用户名,姓名,岗位,所在机构; the new ones' passwords are printed once"),
    ):
        verb = verbs.add_parser(name, help=f"a CSV file: {about}")
        verb.add_argument("file", type=Path)
    for name, about in (
        ("set-password", "give somebody a new password, printed once"),
        ("end", "somebody left: they cannot sign in, and are signed out"),
    ):
        verbs.add_parser(name, help=about).add_argument("username")
    return parser.parse_args()


def main() -> None:
    """Do it in one transaction; a refusal is told as it would be over HTTP."""
    options = arguments()
    database = _database(options)
    try:
        table = database.write(
            lambda work: VERBS[options.verb](options, _officer(options, work), work)
        )
    except Refusal as refusal:
        told = [f"{fault.wrong.zh} · {fault.wrong.en}" for fault in refusal.faults]
        sys.exit("\n".join([f"{refusal.TITLE.zh} · {refusal.TITLE.en}", *told]))
    except Stop as stop:
        sys.exit(f"scripts/admin: {stop}")
    finally:
        database.engine.dispose()
    csv.writer(sys.stdout).writerows(table)


def _database(options: argparse.Namespace) -> Database:
    here = Path(os.environ.get("INVOKED_FROM", "."))
    folder = here / options.data if options.data else ROOT / ".data"
    os.environ["HANDBACK_DATA_DIR"] = str(folder.absolute())
    if not folder.is_dir():
        sys.exit(f"scripts/admin: there is no folder {folder}; name one by --data")
    settings = Settings.from_env()
    migrate(settings.database)
    return Database(settings.database)


def _officer(options: argparse.Namespace, work: SqlWork) -> Officer:
    """Raises: Stop when nobody is named who administers."""
    user = work.people.user_called(options.administrator or "")
    if user is None or user.role is not Role.ADMINISTRATOR or not user.active:
        raise Stop(
            "name an administrator by --as; the first one is made by the link of scripts/run"
        )
    post = work.people.post(user.post_id)
    assert post is not None  # noqa: S101 - a person's post is never removed
    return Officer(id=user.id, name=user.name, role=user.role, post_id=post.id, post_path=post.path)


def _list(options: argparse.Namespace, officer: Officer, work: SqlWork) -> list[list[Any]]:
    names = {post.id: post.short_name for post in list_posts(officer, work)}
    return [["username", "name", "role", "post", "active"]] + [
        [user.username, user.name, user.role, names[user.post_id], user.active]
        for user in _everybody(officer, work)
    ]


def _everybody(officer: Officer, work: SqlWork) -> list[User]:
    found: list[User] = []
    while True:
        after = found[-1].id if found else None
        page = work.people.find_users(UserQuery(within=officer.post_path, after=after, limit=PAGE))
        found += page
        if len(page) < PAGE:
            return found


def _import(
    take: Callable[..., list[Imported]],
) -> Callable[[argparse.Namespace, Officer, SqlWork], list[list[Any]]]:
    def act(options: argparse.Namespace, officer: Officer, work: SqlWork) -> list[list[Any]]:
        try:
            content = (Path(os.environ.get("INVOKED_FROM", ".")) / options.file).read_bytes()
        except OSError as fault:
            raise Stop(f"cannot read {options.file} ({fault.strerror})") from fault
        rows = take(text_of(content), officer=officer, work=work)
        return [["line", "name", "username", "added", "password"]] + [
            [row.line, row.name, row.username or "", row.added, row.password or ""] for row in rows
        ]

    return act


def _named(options: argparse.Namespace, officer: Officer, work: SqlWork) -> PutUser:
    user = work.people.user_called(options.username)
    if user is None:
        raise Stop(f"nobody signs in as {options.username}")
    managed_user(user.id, officer=officer, work=work)
    return PutUser(
        id=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        post_id=user.post_id,
        active=user.active,
        password=None,
        precondition=Precondition(create=False, version=user.version),
    )


def _set_password(options: argparse.Namespace, officer: Officer, work: SqlWork) -> list[list[Any]]:
    password = secrets.token_urlsafe(PASSWORD_BITS // 8)
    command = replace(_named(options, officer, work), password=password)
    put_user(command, officer=officer, work=work)
    return [["username", "password"], [options.username, password]]


def _end(options: argparse.Namespace, officer: Officer, work: SqlWork) -> list[list[Any]]:
    put_user(replace(_named(options, officer, work), active=False), officer=officer, work=work)
    return [["username", "active"], [options.username, False]]


VERBS = {
    "list": _list,
    "import-posts": _import(import_posts),
    "import-people": _import(import_people),
    "set-password": _set_password,
    "end": _end,
}

if __name__ == "__main__":
    main()
