"""What the two stories of the tour share: people, reports, parties, signatures, photos."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from scripts.client import Client, RefusedByService
from scripts.sample import PASSWORD, sample_id

VIEWS = ("setting", "overview", "key_part", "detail")
PLACE = [111.659944, 40.810032]


def moment(minutes_ago: float = 0) -> str:
    """A time on the wire."""
    return (datetime.now(UTC) - timedelta(minutes=minutes_ago)).isoformat()


def person(url: str, role: str) -> Client:
    """One of the sample brigade, signed in."""
    client = Client(url)
    client.sign_in(role, PASSWORD.format(role=role))
    return client


def second_investigator(url: str) -> UUID:
    """The general procedure wants two: an administrator adds one."""
    id = uuid4()
    body = {
        "username": f"investigator-{id.hex[:6]}",
        "name": "陈火调",
        "role": "investigator",
        "post_id": str(sample_id("brigade")),
        "password": "sample-investigator-2",
    }
    person(url, "administrator").create(f"/v1/users/{id}", body)
    return id


def report(**more: Any) -> dict[str, Any]:
    """An incident as a phone sends it."""
    return {
        "called_at": moment(95),
        "response_ended_at": moment(30),
        "place": {
            "location": {
                "geometry": {"type": "Point", "coordinates": PLACE},
                "accuracy_m": 8.0,
                "fixed_by": "gps",
            },
            "address": "呼和浩特市新城区兴隆街1号 兴隆市场",
            "division_code": "150102",
            "kind": "assembly",
        },
        "casualties": {"dead": 0, "injured": 0},
        "arson_suspected": False,
        "liability_disputed": False,
        "facts_disputed": False,
    } | more


def send_photos(crew: Client, incident_id: UUID, photos: list[Path]) -> list[UUID]:
    """One photo of each kind of view, and the rest as details; broken files are refused by name."""
    kept: list[UUID] = []
    for file in photos:
        view = VIEWS[min(len(kept), 3)]
        try:
            kept.append(crew.send_photo(incident_id, file, view))
            print(f"  照片 photo {file.name}: {view}")
        except RefusedByService as refusal:
            print(f"  照片 photo {file.name} 被拒 refused: {refusal.problem['title_en']}")
    return kept


def put_party(
    client: Client, incident_id: UUID, name: str, capacity: str, units: list[str]
) -> UUID:
    """A party on the incident."""
    id = uuid4()
    body = {"name": name, "capacity": capacity, "phone": "13800000119", "unit_ids": units}
    client.create(f"/v1/incidents/{incident_id}/parties/{id}", body)
    return id


def put_statement(
    client: Client, incident_id: UUID, party_id: UUID, text: str, objection: str
) -> UUID:
    """Hear a party, show the text, have it signed on the glass."""
    id = uuid4()
    path = f"/v1/incidents/{incident_id}/statements/{id}"
    body: dict[str, Any] = {
        "party_id": str(party_id),
        "text": text,
        "facts_heard": True,
        "objection": objection,
        "heard_at": moment(),
    }
    shown = client.create(path, body)
    body["signature"] = {
        "strokes": [[[10, 40, 0], [60, 20, 80], [90, 60, 160]], [[100, 40, 300], [150, 42, 420]]],
        "digest": shown["shown_digest"],
        "device": "tour-phone",
        "signed_at": moment(),
    }
    client.correct(path, body, shown["version"])
    return id
