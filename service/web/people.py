"""/v1/users and /v1/posts: the brigade tree and its people."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from schemas.people import (
    CsvSchema,
    ImportedSchema,
    PeoplePageSchema,
    PeopleQuerySchema,
    PostSchema,
    PostViewSchema,
    UserSchema,
    UserViewSchema,
    imported_view,
    post_view,
    user_view,
)
from service.operations import manage_people
from service.operations.import_brigade import import_people, import_posts
from service.operations.list_people import ListPeople, list_people
from service.operations.manage_people import PutPost, PutUser
from service.operations.sign_in import hash_of
from service.web.blueprint import Blueprint
from service.web.current import presented_token
from service.web.perform import look, perform, precondition

people = Blueprint(
    "people", __name__, url_prefix="/v1", description="机构与人员 · posts and people"
)


@people.route("/posts", methods=["GET"])
@people.response(200, PostViewSchema(many=True))
def get_posts() -> Response:
    """The own post and all below it, in tree order."""
    return look(manage_people.list_posts, view=lambda posts: [post_view(post) for post in posts])


@people.route("/posts/<uuid:post_id>", methods=["GET"])
@people.response(200, PostViewSchema)
def get_post(post_id: UUID) -> Response:
    """One post."""
    return look(
        lambda officer, work: manage_people.read_post(post_id, officer=officer, work=work),
        view=post_view,
    )


@people.route("/posts/<uuid:post_id>", methods=["PUT"])
@people.arguments(PostSchema)
@people.response(200, PostViewSchema)
def put_post(body: dict[str, Any], post_id: UUID) -> Response:
    """Add a post (If-None-Match: *) or correct it (If-Match)."""
    command = PutPost(id=post_id, precondition=precondition(), **body)
    return perform(manage_people.put_post, command, view=post_view)


@people.route("/users", methods=["GET"])
@people.arguments(PeopleQuerySchema, location="query")
@people.response(200, PeoplePageSchema)
def get_users(asked: dict[str, Any]) -> Response:
    """People at the own post and below, by the name they sign in with, by cursor.

    An investigator finds the id of a second one by `role=investigator`, or by a `text` of the name.
    """
    return look(
        lambda officer, work: list_people(ListPeople(**asked), officer=officer, work=work),
        view=lambda page: {"users": [user_view(user) for user in page.users], "next": page.next},
    )


@people.route("/users/<uuid:user_id>", methods=["GET"])
@people.response(200, UserViewSchema)
def get_user(user_id: UUID) -> Response:
    """One person."""
    return look(
        lambda officer, work: manage_people.read_user(user_id, officer=officer, work=work),
        view=user_view,
    )


@people.route("/users/<uuid:user_id>", methods=["PUT"])
@people.arguments(UserSchema)
@people.response(200, UserViewSchema)
def put_user(body: dict[str, Any], user_id: UUID) -> Response:
    """Add a person (If-None-Match: *) or correct them (If-Match)."""
    token_hash = hash_of(presented_token() or "")
    command = PutUser(id=user_id, precondition=precondition(), token_hash=token_hash, **body)
    return perform(manage_people.put_user, command, view=user_view)


@people.route("/posts/import", methods=["POST"])
@people.arguments(CsvSchema)
@people.response(200, ImportedSchema(many=True))
def post_posts_import(body: dict[str, Any]) -> Response:
    """Take posts from a CSV file, all or none: 级别,名称,简称,上级,行政区划代码,电话.

    Each is known by its short name 简称; one that is there is corrected.
    """
    return perform(import_posts, body["csv"], view=imported_view)


@people.route("/users/import", methods=["POST"])
@people.arguments(CsvSchema)
@people.response(200, ImportedSchema(many=True))
def post_users_import(body: dict[str, Any]) -> Response:
    """Take people from a CSV file, all or none: 用户名,姓名,岗位,所在机构 (its short name).

    Whoever is new gets a password, shown this once; whoever is there is corrected.
    """
    kept = partial(imported_view, told=False)
    return perform(import_people, body["csv"], view=imported_view, kept=kept)
