"""One write or one read of somebody signed in: key, officer, transaction, answer."""

import re
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from flask import Response, g, request

from service.domain.errors import (
    Fault,
    Invalid,
    PreconditionMissing,
    Stale,
)
from service.domain.powers import Officer
from service.domain.words import Words
from service.operations.outcome import Created, Precondition
from service.operations.ports import Answer, Work
from service.web.current import signed_in, transactions
from service.web.idempotency import (
    idempotency_key,
    request_digest,
    response_of,
    stored_answer,
)
from service.web.wire import to_json

View = Callable[[Any], Any]


class Actor(Protocol):
    """On whose behalf something is done: answers are kept under the id."""

    @property
    def id(self) -> UUID: ...


def perform(
    operation: Callable[..., Any],
    command: Any,
    *,
    view: View,
    kept: View | None = None,
    prepare: Callable[..., Any] | None = None,
    long: bool = False,
    who: Callable[[Work], Actor] = signed_in,
) -> Response:
    """Run `operation(command, officer=, work=)` in one write transaction, exactly once a key.

    A repeated key with the same request gets the stored answer (a 201 as a 200) and nothing is
    done; with another request IdempotencyKeyReused. A `Created` result answers 201; a result
    with a `version` sets the ETag. Where the answer shows a secret, `kept` is the view without it,
    which is what is stored and answered again. A Stale refusal shows its `present` state by `view`.
    With `prepare(command, officer=, work=)` reading and judging come before the turn to write,
    and `operation` gets what it gave as `ready` (docs/decisions/0006). A short one is done in the
    lane of this process's writers; a `long` one, which takes seconds, beside them.
    `who` says on whose behalf: somebody signed in, or whoever brought an owner's code; `operation`
    gets what it gave as `officer`.
    """
    asked = _Asked(idempotency_key(), request_digest(), view, kept, who)

    def act(work: Work) -> Answer:
        officer, before = asked.seen(work)
        return before or asked.answer(operation(command, officer=officer, work=work), officer, work)

    try:
        ahead = _ahead(operation, command, prepare, asked, long=long) if prepare else None
        return response_of(ahead or transactions().write(act))
    except Stale as refusal:
        if "present" in refusal.facts:
            refusal.facts["present"] = view(refusal.facts["present"])
        raise


@dataclass(frozen=True, slots=True)
class _Asked:
    """A write as it was asked for: its key, the digest of it, how its result is shown and kept."""

    key: UUID
    digest: bytes
    view: View
    kept: View | None
    who: Callable[[Work], Actor]

    def seen(self, work: Work) -> tuple[Actor, Answer | None]:
        """Who asks, and what was answered already."""
        g.key_seen = True
        officer = self.who(work)
        return officer, stored_answer(work, str(officer.id), self.key, self.digest)

    def answer(self, result: Any, officer: Actor, work: Work) -> Answer:
        """The answer for a result, kept under the key in the same transaction. Raises: Stale."""
        actor = str(officer.id)
        answer = stored = _answer(actor, self.key, self.digest, result, self.view, work)
        if self.kept is not None:
            stored = _answer(actor, self.key, self.digest, result, self.kept, work)
        work.answers.put(stored)
        return answer


def _ahead(
    operation: Callable[..., Any],
    command: Any,
    prepare: Callable[..., Any],
    asked: _Asked,
    *,
    long: bool,
) -> Answer | None:
    """Prepare over one consistent state, then write; None where somebody else was faster."""

    def read(work: Work) -> tuple[Actor, Answer | None, Any]:
        officer, before = asked.seen(work)
        return officer, before, before or prepare(command, officer=officer, work=work)

    with nullcontext() if long else transactions().lane():
        officer, before, ready = transactions().read(read)
        if before is not None or ready is None:
            return before

        def act(work: Work) -> Answer:
            result = operation(command, officer=officer, work=work, ready=ready)
            return asked.answer(result, officer, work)

        with suppress(Stale):
            return transactions().write(act)
        return None


def look(query: Callable[[Officer, Work], Any], *, view: View, by_version: bool = True) -> Response:
    """Run `query(officer, work)` over one consistent state; ETag and 304 by version.

    `by_version=False` where the view shows more than the version counts: the ETag is for If-Match,
    and the answer is always whole.
    """

    def act(work: Work) -> tuple[Any, Any]:
        result = query(signed_in(work), work)
        return view(result), getattr(result, "version", None)

    body, version = transactions().read(act)
    response = Response(to_json(body), mimetype="application/json")
    if version is not None:
        response.set_etag(str(version))
        if by_version:
            response.make_conditional(request)
    return response


def precondition() -> Precondition:
    """What If-None-Match or If-Match says of the present state.

    Raises: PreconditionMissing when neither is there, Invalid when unreadable.
    """
    if request.headers.get("If-None-Match", "").strip() == "*":
        return Precondition(create=True)
    version = based_on()
    if version is None:
        raise PreconditionMissing(
            Fault(
                "/headers/If-Match",
                Words(
                    "缺少If-None-Match: *（新建）或If-Match（更正）",
                    "If-None-Match: * or If-Match is missing",
                ),
                Words(
                    "新建带If-None-Match: *，更正带所依据的ETag",
                    "send * to create, the ETag to correct",
                ),
            )
        )
    return Precondition(create=False, version=version)


def based_on() -> int | None:
    """The version in If-Match, if there is one.

    Raises: Invalid when it is not one of our ETags.
    """
    text = request.headers.get("If-Match")
    if text is None:
        return None
    found = re.fullmatch(r'\s*(?:W/)?"(\d{1,9})"\s*', text)
    if not found:
        raise Invalid(
            Fault(
                "/headers/If-Match",
                Words("If-Match不是本服务给出的ETag", "If-Match is not an ETag of this service"),
                Words('请带形如"7"的ETag', 'send an ETag such as "7"'),
            )
        )
    return int(found[1])


def _answer(actor: str, key: UUID, digest: bytes, result: Any, view: View, work: Work) -> Answer:
    created = isinstance(result, Created)
    value = result.value if created else result
    version = getattr(value, "version", None)
    return Answer(
        actor=actor,
        key=key,
        digest=digest,
        status=201 if created else 200,
        etag=None if version is None else str(version),
        body=to_json(view(value)),
        answered_at=work.now,
    )
