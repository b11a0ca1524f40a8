"""Corrections: signed, beside a frozen record, which itself never changes."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.canonical import canonical, digest_of
from service.domain.errors import Fault
from service.domain.facts import Facts
from service.domain.incident import CauseKind
from service.domain.powers import Officer
from service.domain.registering import must_be_live
from service.domain.registration import Correction, Registration, RegistrationCorrected
from service.domain.report_checks import division_faults, response_faults, time_faults
from service.domain.route_refusals import CorrectionInvalid
from service.domain.rulebook import Rulebook
from service.domain.statement import Signature
from service.domain.words import Words

CORRECTABLE: dict[str, type] = {
    "/called_at": str,
    "/response_ended_at": str,
    "/place/address": str,
    "/place/division_code": str,
    "/place/kind": str,
    "/cause/kind": str,
    "/cause/official_code": str,
    "/cause/text": str,
    "/origin/text": str,
    "/account": str,
    "/loss/items/*/what": str,
    "/loss/items/*/amount_fen": int,
    "/loss/whole_fen": int,
    "/casualties/dead": int,
    "/casualties/injured": int,
    "/arson_suspected": bool,
    "/liability_disputed": bool,
    "/facts_disputed": bool,
    "/wide_social_effect": bool,
    "/parties/*/name": str,
    "/parties/*/capacity": str,
    "/parties/*/id_number": str,
    "/parties/*/phone": str,
}
"""What of an incident is corrected, and what it holds; `*` is a place in a list.

Not who it is (id, version, station), nor what a party stated or signed: an objection that appears
is a new statement. What was made safe since is noted as such (making_safe.py).
"""

_FACT_AT = {
    f"/incident/{place}": place.rpartition("/")[2]
    for place in (
        "casualties/dead",
        "casualties/injured",
        "arson_suspected",
        "liability_disputed",
        "facts_disputed",
        "wide_social_effect",
    )
}
"""Places that bear on triage by the fact of that name."""

_INDEX = re.compile(r"(?:0|[1-9][0-9]*)\Z")


def place_of(pointer: str) -> str | None:
    """The row of CORRECTABLE that a pointer belongs to; None where there is nothing to correct."""
    root, _, below = pointer.partition("/incident/")
    steps = ("*" if _INDEX.match(step) else step for step in below.split("/"))
    place = "/" + "/".join(steps)
    return place if not root and place in CORRECTABLE else None


def correct(
    registration: Registration,
    *,
    id: UUID,
    pointer: str,
    becomes: Any,
    reason: str,
    signature: Signature,
    officer: Officer,
    rules: Rulebook,
    now: datetime,
) -> RegistrationCorrected:
    """Put a mistake right beside the record, signed by the officer who answers for it.

    `becomes` is as the report's own schema takes it (schemas/corrections.py).
    Raises: RegistrationEnded, CorrectionInvalid (no such place, another type of value, times that
    cannot be, the signature binds another text).
    """
    must_be_live(registration)
    content = as_corrected(registration)
    was = value_at(content, pointer)
    _must_fit(pointer, was, becomes)
    after = as_corrected(registration)
    _put(after, pointer, becomes)
    _must_be_possible(after["incident"], signature, rules=rules, now=now)
    _must_bind(
        signature, correction_text(registration.record.number, pointer, was, becomes, reason)
    )
    correction = Correction(
        id=id,
        pointer=pointer,
        was=canonical(was),
        becomes=canonical(becomes),
        reason=reason,
        signature=signature,
        made_at=now,
        officer_id=officer.id,
    )
    facts = facts_as_corrected(registration.facts, after, pointer)
    return RegistrationCorrected(correction=correction, facts=facts)


def _must_be_possible(
    incident: Mapping[str, Any], signature: Signature, *, rules: Rulebook, now: datetime
) -> None:
    called_at = datetime.fromisoformat(incident["called_at"])
    ended_at = incident["response_ended_at"]
    ended_at = ended_at and datetime.fromisoformat(ended_at)
    faults = [
        *response_faults(called_at, ended_at, now),
        *division_faults(incident["place"]["division_code"], rules.divisions),
    ]
    faults = [replace(fault, pointer="/becomes") for fault in faults]
    signed_at = signature.signed_at
    faults += time_faults("/signature/signed_at", signed_at, now, called_at=called_at)
    if faults:
        raise CorrectionInvalid(*faults)


def _must_bind(signature: Signature, text: str) -> None:
    if signature.digest != digest_of(text) or not any(signature.strokes):
        raise CorrectionInvalid(
            Fault(
                "/signature/digest",
                Words("签名所对应的文本与更正不一致", "what was signed is not this correction"),
                Words("请显示 text 中的文本后再签名", "show the text given in `text` and sign it"),
            ),
            text=text,
        )


def correction_text(number: str, pointer: str, was: Any, becomes: Any, reason: str) -> str:
    """The exact text the officer is shown and signs."""
    return f"更正{number}\n{pointer}\n由{canonical(was)}\n改为{canonical(becomes)}\n理由：{reason}"


def as_corrected(registration: Registration) -> dict[str, Any]:
    """The content of the record with its corrections applied, oldest first."""
    content: dict[str, Any] = json.loads(registration.record.text)
    for correction in registration.corrections:
        _put(content, correction.pointer, json.loads(correction.becomes))
    return content


def facts_as_corrected(facts: Facts, content: Mapping[str, Any], pointer: str) -> Facts:
    """The facts of triage after a correction at a pointer; a dispute noted never goes again."""
    if pointer.startswith("/incident/loss/"):
        return replace(facts, loss_fen=_loss_fen(content["incident"]["loss"]))
    if pointer == "/incident/cause/kind" and value_at(content, pointer) == CauseKind.ARSON:
        return replace(facts, arson_suspected=True)
    if pointer not in _FACT_AT:
        return facts
    name, value = _FACT_AT[pointer], value_at(content, pointer)
    seen: dict[str, Any] = {name: value if type(value) is int else getattr(facts, name) or value}
    return replace(facts, **seen)


def _loss_fen(loss: Mapping[str, Any]) -> int:
    """The loss in a record, in fen: the whole where it was estimated, else the items."""
    if loss["whole_fen"] is not None:
        return int(loss["whole_fen"])
    return sum(item["amount_fen"] for item in loss["items"])


def value_at(content: Mapping[str, Any], pointer: str) -> Any:
    """The value at a JSON pointer below /incident.

    Raises: CorrectionInvalid.
    """
    if place_of(pointer) is None:
        raise _no_such_place(pointer)
    value: Any = content
    for step in _steps(pointer):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (IndexError, TypeError) as fault:
            raise _no_such_place(pointer) from fault
    return value


def _put(content: dict[str, Any], pointer: str, becomes: Any) -> None:
    *way, last = _steps(pointer)
    target: Any = content
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    target[last] = becomes


def _steps(pointer: str) -> list[str]:
    return pointer.split("/")[1:]


def _must_fit(pointer: str, was: Any, becomes: Any) -> None:
    """A loss itemised is not given a whole too: they would be two answers to one question."""
    place = place_of(pointer) or ""
    itemised = place == "/loss/whole_fen" and was is None
    if type(becomes) is CORRECTABLE[place] and becomes != was and not itemised:
        return
    raise CorrectionInvalid(
        Fault(
            "/becomes",
            Words("不能改为此值，或与原值相同", "it cannot become this, or is this already"),
            Words("请填写同类的新值；更正只改单个值", "give a new single value of the same kind"),
        )
    )


def _no_such_place(pointer: str) -> CorrectionInvalid:
    return CorrectionInvalid(
        Fault(
            "/pointer",
            Words(f"记录中没有可更正的“{pointer}”", f"nothing to correct at {pointer!r}"),
            Words(
                "请指向火情的一项内容；编号、陈述与签名不可更正，异议请另记陈述",
                "point to something reported; ids, statements and signatures stay: "
                "an objection is a new statement",
            ),
        )
    )
