"""/v1/scenes/{id}/accesses: supervised entry asked, granted or refused, made."""

from typing import Any
from uuid import UUID

from flask import Response

from schemas.access_views import AccessEntryViewSchema, AccessViewSchema, access_view, entry_view
from schemas.accesses import AccessEntrySchema, AccessGrantSchema, AccessRefusalSchema, AccessSchema
from service.operations.ask_access import AskAccess, Wish, ask_access
from service.operations.decide_access import (
    GrantAccess,
    RefuseAccess,
    grant_access,
    refuse_access,
)
from service.operations.read_custody import read_access
from service.operations.record_entry import EntrySeen, RecordEntry, read_entry, record_entry
from service.operations.record_statement import Signed
from service.web.blueprint import Blueprint
from service.web.perform import look, perform, precondition

accesses = Blueprint(
    "accesses",
    __name__,
    url_prefix="/v1/scenes/<uuid:scene_id>/accesses/<uuid:access_id>",
    description="监护进入 · supervised access",
)


@accesses.route("", methods=["PUT"])
@accesses.arguments(AccessSchema)
@accesses.response(201, AccessViewSchema)
def put_access(body: dict[str, Any], scene_id: UUID, access_id: UUID) -> Response:
    """Put on record who wants to go into sealed units (If-None-Match: *); the seal stays."""
    party_id = body.pop("party_id")
    command = AskAccess(
        scene_id=scene_id,
        wish=Wish(id=access_id, **body),
        party_id=party_id,
        precondition=precondition(),
    )
    return perform(ask_access, command, view=access_view)


@accesses.route("", methods=["GET"])
@accesses.response(200, AccessViewSchema)
def get_access(scene_id: UUID, access_id: UUID) -> Response:
    """One access: whether it was granted, with whom, what was entered and taken out."""
    return look(
        lambda officer, work: read_access(scene_id, access_id, officer=officer, work=work),
        view=access_view,
        by_version=False,
    )


@accesses.route("/grant", methods=["PUT"])
@accesses.arguments(AccessGrantSchema)
@accesses.response(200, AccessViewSchema)
def put_access_grant(body: dict[str, Any], scene_id: UUID, access_id: UUID) -> Response:
    """Let them in under escort, as the lead officer (If-Match: the access's version)."""
    command = GrantAccess(
        scene_id=scene_id, access_id=access_id, precondition=precondition(), **body
    )
    return perform(grant_access, command, view=access_view)


@accesses.route("/refusal", methods=["PUT"])
@accesses.arguments(AccessRefusalSchema)
@accesses.response(200, AccessViewSchema)
def put_access_refusal(body: dict[str, Any], scene_id: UUID, access_id: UUID) -> Response:
    """Refuse, with a reason that the asker reads (If-Match: the access's version)."""
    command = RefuseAccess(
        scene_id=scene_id, access_id=access_id, precondition=precondition(), **body
    )
    return perform(refuse_access, command, view=access_view)


@accesses.route("/entries/<uuid:entry_id>", methods=["PUT"])
@accesses.arguments(AccessEntrySchema)
@accesses.response(201, AccessEntryViewSchema)
def put_entry(body: dict[str, Any], scene_id: UUID, access_id: UUID, entry_id: UUID) -> Response:
    """Log an entry (If-None-Match: *), complete, correct or sign it (If-Match with its ETag)."""
    given = body.pop("signature")
    command = RecordEntry(
        scene_id=scene_id,
        access_id=access_id,
        id=entry_id,
        signature=Signed(**given) if given else None,
        precondition=precondition(),
        **body,
    )
    return perform(record_entry, command, view=_entry)


@accesses.route("/entries/<uuid:entry_id>", methods=["GET"])
@accesses.response(200, AccessEntryViewSchema)
def get_entry(scene_id: UUID, access_id: UUID, entry_id: UUID) -> Response:
    """One entry, with the exact text to show before signing."""
    return look(
        lambda officer, work: read_entry(scene_id, access_id, entry_id, officer=officer, work=work),
        view=_entry,
        by_version=False,
    )


def _entry(seen: EntrySeen) -> dict[str, Any]:
    return entry_view(seen.entry, seen.of)
