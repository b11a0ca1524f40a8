"""The exact text somebody reads before they sign: the digest of it is what a signature binds.

Whoever shows it (the phone, offline too) must make the same bytes: UTF-8, one "\n" between
lines and none at the end, Chinese words of incident_words.py, times in Asia/Shanghai.
"""

from datetime import datetime

from service.domain.calendar import LEGAL_TIME
from service.domain.incident import Incident, Loss
from service.domain.incident_words import CAPACITIES, CAUSES, OBJECTIONS
from service.domain.party import Capacity
from service.domain.statement import Statement


def shown_text(incident: Incident, statement: Statement) -> str:
    """What is put before the person: the fire, who they are, what they stated.

    Only where the facts were told do cause, origin and loss belong to it, and the view taken
    of them: a later change of those then asks for a new signature.
    """
    lines = [
        "火灾现场陈述",
        f"火灾：{incident.id}",
        f"报警时间：{_legal(incident.called_at)}",
        f"地点：{incident.place.address}",
        f"陈述人：{_who(incident, statement)}",
        f"陈述时间：{_legal(statement.heard_at)}",
        f"陈述内容：{statement.text}",
    ]
    if statement.facts_heard:
        lines += [
            "以下事实已当场告知：",
            f"起火部位：{incident.origin.text if incident.origin else '尚未查明'}",
            f"起火原因：{_cause(incident)}",
            f"直接财产损失：{_yuan(incident.loss)}",
        ]
    return "\n".join([*lines, f"对火灾事实与责任：{OBJECTIONS[statement.objection].zh}"])


def _who(incident: Incident, statement: Statement) -> str:
    if statement.party_id is None:
        return f"{statement.witness}（{CAPACITIES[Capacity.WITNESS].zh}）"
    party = incident.party(statement.party_id)
    return f"{party.name}（{CAPACITIES[party.capacity].zh}）" if party else str(statement.party_id)


def _cause(incident: Incident) -> str:
    if incident.cause is None:
        return "尚未查明"
    kind, text = CAUSES[incident.cause.kind].zh, incident.cause.text
    return f"{kind}（{text}）" if text else kind


def _yuan(loss: Loss | None) -> str:
    total = None if loss is None else loss.total()
    return "尚未统计" if total is None else f"{total // 100}.{total % 100:02}元"


def _legal(moment: datetime) -> str:
    return f"{moment.astimezone(LEGAL_TIME):%Y-%m-%d %H:%M}"
