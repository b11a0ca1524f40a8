"""Sign-in, people and posts on the wire."""

from collections.abc import Sequence
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from schemas.kinds import Text
from service.domain.imported import Imported
from service.domain.people import Post, PostKind, User
from service.domain.powers import PEOPLES, Role

DIVISION_CODE = validate.Regexp(r"[0-9]{6}\Z", error="Not a six-digit division code.")


class StrictSchema(Schema):
    """A shape that refuses fields it does not know."""

    class Meta:
        """What every shape shares."""

        unknown = RAISE


class PostSchema(StrictSchema):
    """A post of the brigade tree."""

    parent_id = fields.UUID(load_default=None, allow_none=True)
    kind = fields.Enum(PostKind, by_value=True, required=True)
    name = Text(100, shortest=1, required=True)
    short_name = Text(20, shortest=1, required=True)
    division_code = fields.String(required=True, validate=DIVISION_CODE)
    phone = Text(32, shortest=1, load_default="119")


class PostViewSchema(PostSchema):
    """A post as it stands."""

    id = fields.UUID()
    path = fields.String()
    version = fields.Integer()


class UserSchema(StrictSchema):
    """A person; a password only when it is set or changed."""

    username = Text(64, shortest=1, required=True)
    name = Text(100, shortest=1, required=True)
    role = fields.Enum(Role, by_value=True, required=True, validate=validate.OneOf(PEOPLES))
    post_id = fields.UUID(required=True)
    active = fields.Boolean(load_default=True)
    password = fields.String(load_default=None, validate=validate.Length(10, 256))


class CsvSchema(StrictSchema):
    """A file as a spreadsheet saved it, its headings in the first line."""

    csv = fields.String(required=True, validate=validate.Length(1, 1_500_000))


class ImportedSchema(Schema):
    """What became of a line; whoever was added has a password, shown this once."""

    line = fields.Integer()
    id = fields.UUID()
    name = fields.String()
    username = fields.String(allow_none=True)
    added = fields.Boolean()
    password = fields.String(allow_none=True)


class UserViewSchema(Schema):
    """A person as they stand."""

    id = fields.UUID()
    username = fields.String()
    name = fields.String()
    role = fields.Enum(Role, by_value=True)
    post_id = fields.UUID()
    active = fields.Boolean()
    version = fields.Integer()


class PeopleQuerySchema(StrictSchema):
    """Who is looked for: at this post and below (left out: the own post); all given must hold."""

    post_id = fields.UUID(load_default=None)
    role = fields.Enum(Role, by_value=True, load_default=None)
    active = fields.Boolean(load_default=None)
    text = fields.String(load_default=None, validate=validate.Length(1, 100))
    after = fields.UUID(load_default=None, metadata={"description": "next of the page before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class PeoplePageSchema(Schema):
    """Some people, and after whom the next page begins."""

    users = fields.List(fields.Nested(UserViewSchema))
    next = fields.UUID(allow_none=True)


class MeViewSchema(UserViewSchema):
    """Who is signed in, as what, the post they act at, and the grants they may act under."""

    post = fields.Nested(PostViewSchema)
    scopes = fields.List(
        fields.String(), allow_none=True, metadata={"description": "what a system's key names"}
    )
    grants = fields.List(fields.Dict())


def post_view(post: Post) -> dict[str, Any]:
    """A post for the wire."""
    return {name: getattr(post, name) for name in Post.__slots__} | {"kind": post.kind.value}


def user_view(user: User) -> dict[str, Any]:
    """A person for the wire; never the hash."""
    return {name: getattr(user, name) for name in User.__slots__ if name != "password_hash"} | {
        "role": user.role.value
    }


def imported_view(imported: Sequence[Imported], *, told: bool = True) -> list[dict[str, Any]]:
    """What became of each line; without the passwords where it is kept."""
    rows = [{name: getattr(each, name) for name in Imported.__slots__} for each in imported]
    return rows if told else [row | {"password": None} for row in rows]
