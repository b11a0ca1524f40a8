"""Supplements 补正: what was allowed to be missing, handed in by its deadline or after it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.domain.canonical import canonical
from service.domain.errors import Fault
from service.domain.facts import Facts
from service.domain.incident import Cause, CauseKind, LossItem
from service.domain.powers import Officer
from service.domain.registering import must_be_live
from service.domain.registration import Owed, Registration, Supplement, SupplementGiven
from service.domain.route_refusals import SupplementInvalid, SupplementNotOwed
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What is handed in for one rule: one of the three, as the rule asks."""

    id_numbers: Mapping[UUID, str]
    loss_items: tuple[LossItem, ...]
    cause: Cause | None


def supplement(
    registration: Registration,
    *,
    id: UUID,
    rule_id: str,
    handed_in: HandedIn,
    officer: Officer,
    now: datetime,
) -> SupplementGiven:
    """Take what was owed; a late one is taken too, and says that it is late.

    Raises: RegistrationEnded, SupplementNotOwed, SupplementInvalid.
    """
    must_be_live(registration)
    item = _owed(registration, rule_id)
    content, facts = filled(registration, rule_id, handed_in)
    given = Supplement(
        id=id,
        rule_id=rule_id,
        content=content,
        given_at=now,
        officer_id=officer.id,
        late=item.due.is_late(now),
    )
    return SupplementGiven(supplement=given, facts=facts)


def _owed(registration: Registration, rule_id: str) -> Owed:
    for item in registration.outstanding:
        if item.rule_id == rule_id:
            return item
    raise SupplementNotOwed(
        Fault(
            "/rule_id",
            Words(f"“{rule_id}”没有待补正的内容", f"nothing is owed for {rule_id}"),
            Words("请查看登记的待补正清单", "see what the registration says is owed"),
        ),
        owed=[item.rule_id for item in registration.outstanding],
    )


def filled(registration: Registration, rule_id: str, handed_in: HandedIn) -> tuple[str, Facts]:
    """What fills a gap, as canonical JSON, and the facts it leaves.

    Raises: SupplementInvalid.
    """
    facts = registration.facts
    if rule_id.endswith(".id_numbers"):
        given = {str(id): number for id, number in handed_in.id_numbers.items()}
        if not set(given) >= _without_number(registration):
            raise _not_complete("/id_numbers")
        return canonical({"id_numbers": given}), replace(facts, id_numbers_missing=0)
    if rule_id.endswith(".loss_itemised"):
        items = handed_in.loss_items
        if not items:
            raise _not_complete("/loss_items")
        total = sum(item.amount_fen for item in items)
        listed = [{"what": item.what, "amount_fen": item.amount_fen} for item in items]
        return canonical({"loss_items": listed}), replace(facts, loss_itemised=True, loss_fen=total)
    cause = handed_in.cause
    if cause is None or cause.kind is CauseKind.UNKNOWN:
        raise _not_complete("/cause")
    stated = {"kind": cause.kind, "official_code": cause.official_code, "text": cause.text}
    arson = cause.kind is CauseKind.ARSON or facts.arson_suspected
    return canonical({"cause": stated}), replace(facts, cause_stated=True, arson_suspected=arson)


def _without_number(registration: Registration) -> set[str]:
    """The parties, as frozen, whose ID number was missing."""
    parties = json.loads(registration.record.text)["incident"]["parties"]
    return {p["id"] for p in parties if not p["id_number"] and p["capacity"] != "witness"}


def _not_complete(pointer: str) -> SupplementInvalid:
    return SupplementInvalid(
        Fault(
            pointer,
            Words("补正内容缺失或不全", "it is missing or not complete"),
            Words("请补齐后再提交", "complete it and send it again"),
        )
    )
