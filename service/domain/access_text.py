"""The exact text read before an entry is signed; the digest of it is what the signature binds.

Whoever shows it must make the same bytes: see shown_text.py.
"""

from datetime import datetime

from service.domain.access import Access, Entry
from service.domain.calendar import LEGAL_TIME


def access_text(access: Access, entry: Entry) -> str:
    """Where, why, who with whom, from when to when, and what was taken out."""
    grant = access.grant
    units = grant.unit_ids if grant else access.unit_ids
    return "\n".join(
        [
            "火灾现场监护进入记录",
            f"申请：{access.id}",
            f"进入单元：{'、'.join(units)}",
            f"进入事由：{access.purpose}",
            f"进入人员：{'、'.join(entry.people)}",
            f"监护人员：{entry.escort.name}",
            f"进入时间：{_legal(entry.in_at)}",
            f"离开时间：{_legal(entry.out_at) if entry.out_at else '尚未离开'}",
            f"带出物品：{'、'.join(entry.removed) or '无'}",
            f"拒签说明：{entry.unsigned_because or '无'}",
        ]
    )


def _legal(moment: datetime) -> str:
    return f"{moment.astimezone(LEGAL_TIME):%Y-%m-%d %H:%M}"
