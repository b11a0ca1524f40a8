"""When a signature on the glass is good, and when it binds no longer."""

import itertools
import math
from datetime import datetime
from uuid import UUID

from service.domain.canonical import digest_of
from service.domain.errors import Fault, SignatureInvalid
from service.domain.incident import Incident
from service.domain.shown_text import shown_text
from service.domain.statement import Signature, Statement, Stroke
from service.domain.words import Words

MAX_STROKES = 500
MAX_POINTS = 20_000
"""Enough for a long name written slowly at 240 points a second."""


def check_signature(signature: Signature, *, incident: Incident, statement: Statement) -> None:
    """See that the strokes are possible and that they bind the text on record.

    Raises: SignatureInvalid, with every fault.
    """
    check_signed(signature, text=shown_text(incident, statement))


def check_signed(signature: Signature, *, text: str) -> None:
    """See that the strokes are possible and that they bind this text.

    Raises: SignatureInvalid, with every fault.
    """
    faults = [*_strokes_wrong(signature.strokes)]
    if signature.digest != digest_of(text):
        faults.append(
            Fault(
                "/signature/digest",
                Words("签名所对应的文本与记录不一致", "what was signed is not the text on record"),
                Words("请重新显示文本，由本人再次签名", "show the present text and sign again"),
            )
        )
    if faults:
        raise SignatureInvalid(*faults)


def no_longer_bound(after: Incident) -> tuple[UUID, ...]:
    """Statements whose binding signature has another text than they would show now."""
    return tuple(
        each.id
        for each in after.statements
        if each.signature and each.signature.digest != digest_of(shown_text(after, each))
    )


def void_other_text(statement: Statement, *, incident: Incident, at: datetime) -> Statement:
    """The statement with the signature voided that was given under another text."""
    bound = statement.signature
    if bound is None or bound.digest == digest_of(shown_text(incident, statement)):
        return statement
    return statement.voided(at)


def _strokes_wrong(strokes: tuple[Stroke, ...]) -> list[Fault]:
    points = sum(map(len, strokes))
    if not points or not all(strokes):
        return [_fault("没有笔迹", "there is a stroke without a point, or none at all")]
    if len(strokes) > MAX_STROKES or points > MAX_POINTS:
        return [_fault("笔迹过多", f"over {MAX_STROKES} strokes or {MAX_POINTS} points")]
    faults = []
    if not all(math.isfinite(n) for stroke in strokes for point in stroke for n in point):
        faults.append(_fault("笔迹坐标不是有限数", "a coordinate is not a finite number"))
    times = [t for stroke in strokes for _, _, t in stroke]
    if times[0] < 0 or any(later < sooner for sooner, later in itertools.pairwise(times)):
        faults.append(_fault("笔迹时间倒退", "the times of the strokes go back"))
    return faults


def _fault(zh: str, en: str) -> Fault:
    return Fault("/signature/strokes", Words(zh, en), Words("请重新签名", "sign again"))
