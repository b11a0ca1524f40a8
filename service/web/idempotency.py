"""A write's Idempotency-Key: looked up before anything else, its answer kept."""

import hashlib
from uuid import UUID

import rfc8785
from flask import Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from service.domain.errors import (
    Fault,
    IdempotencyKeyReused,
    Invalid,
    PreconditionMissing,
    Refusal,
)
from service.domain.words import Words
from service.operations.ports import Answer, Work
from service.web.body import json_body, raw_body
from service.web.current import SAFE, presented_token, signed_in, transactions
from service.web.owners_code import owners_code


def idempotency_key() -> UUID:
    """The Idempotency-Key of this write.

    Raises: PreconditionMissing, Invalid.
    """
    text = request.headers.get("Idempotency-Key", "").strip('" ')
    if not text:
        raise PreconditionMissing(
            Fault(
                "/headers/Idempotency-Key",
                Words("缺少Idempotency-Key", "the Idempotency-Key is missing"),
                Words(
                    "每次写入请带一个新的UUID；重试时用同一个",
                    "send a UUID; the same again to retry",
                ),
            )
        )
    try:
        return UUID(text)
    except ValueError as fault:
        raise Invalid(
            Fault(
                "/headers/Idempotency-Key",
                Words("Idempotency-Key不是UUID", "the Idempotency-Key is not a UUID"),
                Words("请带一个UUID", "send a UUID"),
            )
        ) from fault


def request_digest() -> bytes:
    """SHA-256 over verb, path and the canonical JSON (RFC 8785) of the body."""
    raw = raw_body()
    try:
        canonical = rfc8785.dumps(json_body()) if raw else b""
    except rfc8785.CanonicalizationError:
        canonical = raw
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + canonical).digest()


def stored_answer(work: Work, actor: str, key: UUID, digest: bytes) -> Answer | None:
    """The answer already given under this key.

    Raises: IdempotencyKeyReused.
    """
    before = work.answers.get(actor, key)
    if before is not None and before.digest != digest:
        raise IdempotencyKeyReused(
            Fault(
                "/headers/Idempotency-Key",
                Words("该键已用于另一请求", "the key was used for another request"),
                Words("新的请求请用新的UUID", "use a new UUID for a new request"),
            )
        )
    if before is not None and before.status == 201:
        return Answer(
            **{name: getattr(before, name) for name in Answer.__slots__} | {"status": 200}
        )
    return before


def answered_before() -> Answer | Refusal | None:
    """What a write gets that is refused before its key was looked up, where the key is known.

    The stored answer to the same body, else IdempotencyKeyReused; None where nobody is known, or
    the key is new: then the refusal stands.
    """
    if request.method in SAFE or "key_seen" in g or "Idempotency-Key" not in request.headers:
        return None
    try:
        digest = request_digest()
    except (Refusal, RequestEntityTooLarge):
        digest = b""  # what cannot be read is another body than any that was answered

    def act(work: Work) -> Answer | None:
        actor = signed_in(work) if presented_token() else owners_code(work)
        return stored_answer(work, str(actor.id), idempotency_key(), digest)

    try:
        return transactions().read(act)
    except IdempotencyKeyReused as reused:
        return reused
    except Refusal:
        return None


def response_of(answer: Answer) -> Response:
    """An answer as it is given, again or for the first time."""
    response = Response(answer.body, answer.status, mimetype="application/json")
    if answer.etag is not None:
        response.set_etag(answer.etag)
    return response
