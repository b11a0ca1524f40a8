"""Incidents, parties, statements and joins over HTTP; exactly once, whoever sends how often."""

import copy
import json
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import urllib3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from scripts.own_service import own_service
from service.domain.powers import Role
from storage.tables import events, incidents
from tests.web.conftest import Told

POINT = {
    "geometry": {"type": "Point", "coordinates": [111.66, 40.81]},
    "accuracy_m": 5,
    "fixed_by": "gps",
}
REPORT: dict[str, Any] = {
    "drill": False,
    "called_at": "2026-06-01T10:00:00+08:00",
    "response_ended_at": "2026-06-01T11:00:00+08:00",
    "place": {
        "location": {**POINT, "crs": "WGS84"},
        "address": "新城区中山路1号",
        "division_code": "150102",
        "kind": "assembly",
    },
    "burned_area": {
        "geometry": {"type": "LineString", "coordinates": [[111.66, 40.81], [111.6601, 40.81]]},
        "accuracy_m": 2,
        "fixed_by": "map",
    },
    "cause": {"kind": "electrical", "official_code": "010101", "text": "插座短路"},
    "origin": {"text": "柜台后", "location": copy.deepcopy(POINT)},
    "account": "到场时明火已灭",
    "loss": {"items": [{"what": "货架", "amount_fen": 50000}]},
    "casualties": {"dead": 0, "injured": 0},
    "arson_suspected": False,
    "liability_disputed": False,
    "facts_disputed": False,
    "utilities": {"power": {"state": "off"}},
    "units": [{"id": "101", "name": "101铺", "level": "1"}],
    "hazards": [
        {"id": "7b1c1a52-3a51-4a0b-9a53-5c1f4f5d2a10", "what": "吊顶松动", "unit_ids": ["101"]}
    ],
}
PARTY = {
    "name": "张三",
    "capacity": "tenant",
    "id_number": "11010519491231002X",
    "phone": "13800000000",
    "unit_ids": ["101"],
}
STATEMENT = {
    "text": "烟从柜台后冒出",
    "facts_heard": True,
    "objection": "no_objection",
    "heard_at": "2026-06-01T10:30:00+08:00",
}


@pytest.fixture
def crew(sign_in: Any) -> Any:
    return sign_in(Role.CREW)


def changed(path: str, value: object) -> dict[str, Any]:
    """The report with the member at that pointer replaced."""
    report = copy.deepcopy(REPORT)
    *above, last = path.strip("/").split("/")
    inner: Any = report
    for step in above:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[last] = value
    return report


def sent(crew: Any, report: dict[str, Any]) -> Any:
    """The answer to a report in plain ASCII, half characters escaped."""
    return crew.open(
        "PUT",
        f"/v1/incidents/{uuid4()}",
        data=json.dumps(report),
        content_type="application/json",
        headers={"If-None-Match": "*"},
    )


def test_an_incident_is_opened_heard_signed_and_joined(crew: Any, told: Told) -> None:
    path = f"/v1/incidents/{uuid4()}"
    answer = crew.put(path, REPORT)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    area = told("put_incident", answer, REPORT)["burned_area"]
    assert (area["geometry"]["type"], area["sent"]["type"]) == ("Polygon", "LineString")

    party = f"{path}/parties/{uuid4()}"
    told("put_party", crew.put(party, PARTY), PARTY)
    told("get_party", crew.get(party))

    statement = f"{path}/statements/{uuid4()}"
    body: dict[str, Any] = {**STATEMENT, "party_id": party[-36:]}
    made = crew.put(statement, body).json
    body["signature"] = {
        "strokes": [[[10, 40, 0], [60.5, 20, 80]], [[100, 40, 300]]],
        "digest": made["shown_digest"],
        "device": "phone 1",
        "signed_at": "2026-06-01T10:35:00+08:00",
    }
    assert told("put_statement", crew.put(statement, body, version=1), body)["signed"]
    told("get_statement", crew.get(statement))

    other = f"/v1/incidents/{uuid4()}"
    near = crew.put(other, changed("/place/location/geometry/coordinates", [111.661, 40.81])).json
    assert near["possible_same"][0]["distance_m"] == pytest.approx(84.4, abs=0.5)
    join = {"joined_id": other[-36:]}
    answer = crew.put(f"{path}/joins/{uuid4()}", join)
    assert answer.status_code == 201
    assert told("put_join", answer, join)["joined"] == [other[-36:]]
    told("get_incident", crew.get(path))
    assert crew.get(other).json["joined_to"] == path[-36:]


def test_a_list_masks_what_is_personal(crew: Any, told: Told) -> None:
    path = f"/v1/incidents/{uuid4()}"
    crew.put(path, REPORT)
    crew.put(f"{path}/parties/{uuid4()}", PARTY)
    page = told("get_incidents", crew.get("/v1/incidents?text=路&near=111.66,40.81"))
    [party] = page["incidents"][0]["parties"]
    assert (party["id_number"], party["phone"]) == ("1101**********002X", "138****0000")
    assert "location" not in page["incidents"][0]["place"]


def test_pages_follow_each_other_by_cursor(crew: Any) -> None:
    for n in range(3):
        crew.put(f"/v1/incidents/{uuid4()}", changed("/called_at", f"2026-06-01T0{n}:00:00Z"))
    first = crew.get("/v1/incidents?limit=2").json
    second = crew.get("/v1/incidents", query_string={"limit": 2, "after": first["next"]}).json
    called = [each["called_at"][11:13] for each in first["incidents"] + second["incidents"]]
    assert called == ["02", "01", "00"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("bbox=1,2,3", "/bbox"),
        ("bbox=112,40,111,41", "/bbox"),
        ("near=nan,40", "/near"),
        ("near=a,b", "/near"),
        ("within_m=-1", "/within_m"),
        ("after=zz", "/after"),
        ("after=WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgIiJd", "/after"),
        ("limit=0", "/limit"),
        ("state=none", "/state/0"),
        ("since=yesterday", "/since"),
        ("colour=red", "/colour"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(crew: Any, query: str, pointer: str) -> None:
    answer = crew.get(f"/v1/incidents?{query}")
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("/called_at", "2026-06-01T10:00:00", "/called_at"),
        ("/called_at", "9999-12-31T23:59:59-23:59", "/called_at"),
        ("/response_ended_at", "2999-01-01T00:00:00Z", "/response_ended_at"),
        ("/drill", 1, "/drill"),
        ("/account", "a\x00b", "/account"),
        ("/account", "\ud800", "/account"),
        ("/account", "长" * 20_001, "/account"),
        ("/casualties/dead", -1, "/casualties/dead"),
        ("/casualties/dead", "1", "/casualties/dead"),
        ("/casualties/dead", 1.5, "/casualties/dead"),
        ("/loss", {}, "/loss/whole_fen"),
        ("/loss/whole_fen", 1, "/loss/whole_fen"),
        ("/loss/items/0/amount_fen", 10**13 + 1, "/loss/items/0/amount_fen"),
        ("/cause/official_code", "1", "/cause/official_code"),
        ("/cause/official_code", "010107", "/cause/official_code"),
        ("/cause/official_code", "０１０１０１", "/cause/official_code"),
        ("/place/address", "  ", "/place/address"),
        ("/place/division_code", "110101", "/place/division_code"),
        ("/place/location/accuracy_m", "5", "/place/location/accuracy_m"),
        ("/place/location/accuracy_m", float("inf"), "/place/location/accuracy_m"),
        ("/place/location/crs", "MARS", "/place/location/crs"),
        ("/place/location/geometry", None, "/place/location/geometry"),
        (
            "/place/location/geometry/coordinates",
            [40.81, 111.66],
            "/place/location/geometry/coordinates",
        ),
        ("/burned_area/accuracy_m", 0, "/burned_area/accuracy_m"),
        ("/hazards/0/unit_ids", ["102"], "/hazards/0/unit_ids/0"),
        ("/colour", "red", "/colour"),
    ],
)
def test_a_wrong_member_is_named_by_its_pointer(
    crew: Any, path: str, value: object, pointer: str
) -> None:
    answer = sent(crew, changed(path, value))
    assert answer.status_code == 422, answer.json
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id_number": "110105194912310021"}, "/id_number"),
        ({"phone": "12345"}, "/phone"),
        ({"name": ""}, "/name"),
        ({"capacity": "king"}, "/capacity"),
    ],
)
def test_a_wrong_party_is_refused(crew: Any, change: dict[str, Any], pointer: str) -> None:
    path = f"/v1/incidents/{uuid4()}"
    crew.put(path, REPORT)
    answer = crew.put(f"{path}/parties/{uuid4()}", PARTY | change)
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("strokes", "witness"),
    [
        ("line", "赵六"),
        ([[[0, 0]]], "赵六"),
        ([[[0, 0, True]]], "赵六"),
        ([[[0, 0, 0]] * 20_000, [[0, 0, 0]]], "赵六"),
        ([[[0, 0, 0]]], None),
    ],
)
def test_a_wrong_statement_is_refused(crew: Any, strokes: Any, witness: Any) -> None:
    path = f"/v1/incidents/{uuid4()}"
    crew.put(path, REPORT)
    signature = {
        "strokes": strokes,
        "digest": "0" * 64,
        "device": "phone",
        "signed_at": "2026-06-01T03:00:00Z",
    }
    body = STATEMENT | {"witness": witness, "signature": signature}
    answer = crew.put(f"{path}/statements/{uuid4()}", body)
    pointer = "/signature/strokes" if witness else "/party_id"
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


def test_a_stale_correction_is_shown_the_present_state(crew: Any) -> None:
    path = f"/v1/incidents/{uuid4()}"
    crew.put(path, REPORT)
    crew.put(path, changed("/account", "更正"), version=1)
    answer = crew.put(path, changed("/account", "又更正"), version=1)
    assert answer.status_code == 412
    assert answer.json["present"]["account"] == "更正"
    assert crew.open("PUT", path, json=REPORT).status_code == 428


@pytest.mark.parametrize("same_key", [True, False])
def test_six_connections_at_once_make_one_incident(
    crew: Any, database: Any, tmp_path: Path, same_key: bool
) -> None:
    id, key = uuid4(), str(uuid4())
    start, statuses = threading.Barrier(6), []

    def send(address: str) -> None:
        headers = {
            "Authorization": f"Bearer {crew.token}",
            "Content-Type": "application/json",
            "If-None-Match": "*",
            "Idempotency-Key": key if same_key else str(uuid4()),
        }
        with urllib3.PoolManager(retries=False, timeout=60) as pool:
            start.wait()
            answer = pool.request(
                "PUT", f"{address}/v1/incidents/{id}", body=json.dumps(REPORT), headers=headers
            )
            statuses.append(answer.status)

    with own_service(workers=2, folder=tmp_path) as address:
        phones = [threading.Thread(target=send, args=(address,)) for _ in range(6)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()

    def rows(work: Any) -> tuple[int, int]:
        one = select(func.count()).select_from(incidents).where(incidents.c.id == id)
        log = select(func.count()).select_from(events).where(events.c.stream_id == id)
        return work.connection.scalar(one), work.connection.scalar(log)

    assert sorted(statuses) == [200] * 5 + [201]
    assert database.read(rows) == (1, 1)


POINTERS = [
    "/called_at",
    "/place",
    "/place/location",
    "/place/location/geometry",
    "/place/location/geometry/coordinates",
    "/place/address",
    "/burned_area/geometry",
    "/burned_area/geometry/coordinates",
    "/loss/items",
    "/casualties/dead",
    "/units",
    "/hazards/0/id",
    "/utilities/power",
    "/station_id",
    "/account",
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["0001-01-01T00:00:00+23:59", "WGS84", "Point", "\ud800", 10**400]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(POINTERS), value=ANYTHING)
def test_no_body_makes_the_service_fail(crew: Any, path: str, value: object) -> None:
    assert sent(crew, changed(path, value)).status_code < 500, (path, value)
