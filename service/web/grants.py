"""/v1/grants and /v1/system-keys: powers for a time, for people and for neighbouring systems."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.codes import NothingSchema
from schemas.powers import (
    GrantSchema,
    GrantViewSchema,
    SystemKeySchema,
    SystemKeyViewSchema,
    grant_view,
    issued_key_view,
    system_key_view,
)
from service.operations.give_system_key import (
    GiveSystemKey,
    end_system_key,
    give_system_key,
    system_keys,
)
from service.operations.grant_power import MakeGrant, end_grant, list_grants, make_grant
from service.web.blueprint import Blueprint
from service.web.perform import look, perform

grants = Blueprint("grants", __name__, url_prefix="/v1", description="临时授权 · grants and keys")


@grants.route("/grants", methods=["GET"])
@grants.response(200, GrantViewSchema(many=True))
def get_grants() -> Response:
    """Every grant at the own post and below, the latest first."""
    return look(list_grants, view=lambda found: [grant_view(each) for each in found])


@grants.route("/grants/<uuid:grant_id>", methods=["PUT"])
@grants.arguments(GrantSchema)
@grants.response(201, GrantViewSchema)
def put_grant(body: dict[str, Any], grant_id: UUID) -> Response:
    """Let somebody act for a while in another role or at another post (at most 90 days).

    They name the grant when they sign in; it is not changed, only taken back.
    """
    return perform(make_grant, MakeGrant(id=grant_id, **body), view=grant_view)


@grants.route("/grants/<uuid:grant_id>/end", methods=["POST"])
@grants.arguments(NothingSchema)
@grants.response(200, GrantViewSchema)
def post_grant_end(body: dict[str, Any], grant_id: UUID) -> Response:
    """Take a grant back: whoever acts under it is refused from now on."""
    return perform(end_grant, grant_id, view=grant_view)


@grants.route("/system-keys", methods=["GET"])
@grants.response(200, SystemKeyViewSchema(many=True))
def get_system_keys() -> Response:
    """Which keys were given, for what, until when; never the keys."""
    return look(system_keys, view=lambda found: [system_key_view(key) for key in found])


@grants.route("/system-keys", methods=["POST"])
@grants.arguments(SystemKeySchema)
@grants.response(201, SystemKeyViewSchema)
def post_system_key(body: dict[str, Any]) -> Response:
    """Give a neighbouring system a key that reads; it is shown this once."""
    command = GiveSystemKey(**body | {"scopes": tuple(body["scopes"])})
    return perform(
        give_system_key,
        command,
        view=issued_key_view,
        kept=lambda issued: system_key_view(issued.key),
    )


@grants.route("/system-keys/<uuid:key_id>/end", methods=["POST"])
@grants.arguments(NothingSchema)
@grants.response(200, SystemKeyViewSchema)
def post_system_key_end(body: dict[str, Any], key_id: UUID) -> Response:
    """Take a key back: it opens nothing from now on."""
    return perform(end_system_key, key_id, view=system_key_view)
