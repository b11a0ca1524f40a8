"""Corrections: signed, beside a frozen record, which itself never changes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.canonical import canonical, digest_of
from service.domain.errors import Fault
from service.domain.facts import Facts
from service.domain.incident import CauseKind, PlaceKind
from service.domain.powers import Officer
from service.domain.registering import must_be_live
from service.domain.registration import Correction, Registration, RegistrationCorrected
from service.domain.route_refusals import CorrectionInvalid
from service.domain.statement import Signature
from service.domain.words import Words

_FACT_AT: dict[str, tuple[str, type]] = {
    "/incident/casualties/dead": ("dead", int),
    "/incident/casualties/injured": ("injured", int),
    "/incident/arson_suspected": ("arson_suspected", bool),
    "/incident/liability_disputed": ("liability_disputed", bool),
    "/incident/facts_disputed": ("facts_disputed", bool),
    "/incident/wide_social_effect": ("wide_social_effect", bool),
    "/incident/loss/whole_fen": ("loss_fen", int),
}
"""Places that bear on triage, and what they hold where the record may have null."""

_TEXTS = frozenset(
    {"official_code", "id_number", "phone", "restored_by", "restored_at", "response_ended_at"}
)
"""Names under which the record may have null for a text."""

_CHOICES: dict[str, type[StrEnum]] = {
    "/incident/cause/kind": CauseKind,
    "/incident/place/kind": PlaceKind,
}


def correct(
    registration: Registration,
    *,
    id: UUID,
    pointer: str,
    becomes: Any,
    reason: str,
    signature: Signature,
    officer: Officer,
    now: datetime,
) -> RegistrationCorrected:
    """Put a mistake right beside the record, signed by the officer who answers for it.

    Raises: RegistrationEnded, CorrectionInvalid (no such place, another type of value, the
    signature binds another text).
    """
    must_be_live(registration)
    content = as_corrected(registration)
    was = value_at(content, pointer)
    _must_fit(pointer, was, becomes)
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
    _put(content, pointer, becomes)
    return RegistrationCorrected(
        correction=correction, facts=facts_as_corrected(registration.facts, content, pointer)
    )


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
    name, kind = _FACT_AT[pointer]
    value = value_at(content, pointer)
    return replace(facts, **{name: getattr(facts, name) or value if kind is bool else value})


def _loss_fen(loss: Mapping[str, Any]) -> int:
    """The loss in a record, in fen: the whole where it was estimated, else the items."""
    if loss["whole_fen"] is not None:
        return int(loss["whole_fen"])
    return sum(item["amount_fen"] for item in loss["items"])


def value_at(content: Mapping[str, Any], pointer: str) -> Any:
    """The value at a JSON pointer below /incident.

    Raises: CorrectionInvalid.
    """
    value: Any = content
    if not pointer.startswith("/incident/"):
        raise _no_such_place(pointer)
    for step in _steps(pointer):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError) as fault:
            raise _no_such_place(pointer) from fault
    return value


def _put(content: dict[str, Any], pointer: str, becomes: Any) -> None:
    *way, last = _steps(pointer)
    target: Any = content
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    target[int(last) if isinstance(target, list) else last] = becomes


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _must_fit(pointer: str, was: Any, becomes: Any) -> None:
    wanted = type(was) if was is not None else _kind_of_null(pointer)
    choices = _CHOICES.get(pointer)
    if (
        wanted in (str, int, bool)
        and type(becomes) is wanted
        and becomes != was
        and not (isinstance(becomes, int) and becomes < 0)
        and (choices is None or becomes in list(choices))
    ):
        return
    raise CorrectionInvalid(
        Fault(
            "/becomes",
            Words("不能改为此值，或与原值相同", "it cannot become this, or is this already"),
            Words("请填写同类的新值；更正只改单个值", "give a new single value of the same kind"),
        )
    )


def _kind_of_null(pointer: str) -> type | None:
    if pointer in _FACT_AT:
        return _FACT_AT[pointer][1]
    return str if pointer.rpartition("/")[2] in _TEXTS else None


def _no_such_place(pointer: str) -> CorrectionInvalid:
    return CorrectionInvalid(
        Fault(
            "/pointer",
            Words(f"记录中没有可更正的“{pointer}”", f"nothing to correct at {pointer!r}"),
            Words("请指向 /incident 下的一项", "point to something below /incident"),
        )
    )
