"""Over HTTP, through gunicorn with two workers: registrations, and an owner's look that is a 304.

Ours and the bare baseline (bench_baseline.py) run side by side and are asked in turn by the same
load: four connections, one request at a time each; the bare insert more often, so that both
are looked at for about as long. A ratio is the median of 7 interleaved pairs.
"""

import http.client
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from scripts.bench_baseline import ETAG
from scripts.client import Client
from scripts.own_service import bare_service, own_service
from scripts.tour import drawn_photos
from scripts.tour_people import PLACE, person, put_party, put_statement, report, send_photos

PAIRS = 7
CONNECTIONS = 4
REGISTRATIONS = 32
INSERTS = 3 * REGISTRATIONS
LOOKS = 1600
Request = tuple[str, str, bytes | None, dict[str, str]]


def figures() -> dict[str, dict[str, object]]:
    """Requests a second; higher is better."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_service(workers=2, folder=Path(folder)) as ours,
        bare_service(Path(folder) / "baseline.db", workers=2) as bare,
    ):
        return {
            "registrations a second": registrations(ours, bare, Path(folder) / "derived"),
            "owner's 304s a second": looks(ours, bare),
        }


def registrations(ours: str, bare: str, previews: Path) -> dict[str, object]:
    """One PUT a fire that is ready for it, against one committed insert of a bare route.

    Previews of the fires' photos are made after the answers: they are waited for first.
    """
    crew = person(ours, "crew")
    fires = iter(ready_fires(crew, REGISTRATIONS * (PAIRS + 1)))
    _settle(previews)

    def register() -> Iterator[Request]:
        for _ in range(REGISTRATIONS):
            yield _put(f"/v1/incidents/{next(fires)}/registration", crew.token)

    def insert() -> Iterator[Request]:
        for _ in range(INSERTS):
            yield _put(f"/one/{uuid4()}", crew.token)

    return compared(ours, register, bare, insert, expected=201, aim=0.4)


def looks(ours: str, bare: str) -> dict[str, object]:
    """GET /v1/status with If-None-Match, against a bare route that answers 304."""
    crew = person(ours, "crew")
    incident_id = uuid4()
    crew.create(f"/v1/incidents/{incident_id}", report(units=[{"id": "101", "name": "101"}]))
    party = put_party(crew, incident_id, "赵掌柜", "operator", ["101"])
    code = crew.post(f"/v1/incidents/{incident_id}/owner-codes", {"party_id": str(party)})["code"]
    headers = {"Handback-Code": code}
    mine = Client(ours)

    def look() -> Iterator[Request]:
        etag = mine.raw("GET", "/v1/status", None, headers).headers["ETag"]
        known = headers | {"If-None-Match": etag}
        return iter([("GET", "/v1/status", None, known)] * LOOKS)

    def bare_look() -> Iterator[Request]:
        known = headers | {"If-None-Match": ETAG}
        return iter([("GET", "/status", None, known)] * LOOKS)

    return compared(ours, look, bare, bare_look, expected=304, aim=0.6)


def ready_fires(crew: Client, count: int) -> list[str]:
    """Fires that may be registered at once; their photos are four small ones each."""
    ids = []
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        photos = drawn_photos(Path(folder))
        located = {
            "geometry": {"type": "Point", "coordinates": PLACE},
            "accuracy_m": 1.5,
            "fixed_by": "gps",
        }
        for _ in range(count):
            id = uuid4()
            crew.create(
                f"/v1/incidents/{id}",
                report(
                    burned_area=located,
                    cause={"kind": "electrical", "text": "插座"},
                    origin={"text": "柜台下方插座", "location": located},
                    account="到场时明火已灭。",
                    loss={"items": [{"what": "柜台", "amount_fen": 42000}]},
                    units=[{"id": "105", "name": "105 铺"}],
                ),
            )
            send_photos(crew, id, photos)
            owner = put_party(crew, id, "赵掌柜", "operator", ["105"])
            put_statement(crew, id, owner, "插座打火。", "no_objection")
            ids.append(str(id))
    return ids


def compared(
    ours: str,
    our_requests: Callable[[], Iterator[Request]],
    bare: str,
    bare_requests: Callable[[], Iterator[Request]],
    *,
    expected: int,
    aim: float,
) -> dict[str, object]:
    """Seven interleaved pairs, after one that only warms up."""
    pairs = []
    for turn in range(PAIRS + 1):
        pair = (
            rate(ours, list(our_requests()), expected),
            rate(bare, list(bare_requests()), expected),
        )
        if turn:
            pairs.append(pair)
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    return {
        "ours": median(mine for mine, _ in pairs),
        "baseline": median(theirs for _, theirs in pairs),
        "ratio": median(ratios),
        "spread": [ratios[0], ratios[-1]],
        "aim": f"≥ {aim}",
        "holds": "holds" if ratios[0] >= aim else "fails" if ratios[-1] < aim else "unclear",
    }


def rate(url: str, requests: list[Request], expected: int) -> float:
    """Requests a second over all connections together."""
    address = urlsplit(url)
    parts = [requests[n::CONNECTIONS] for n in range(CONNECTIONS)]

    def ask(part: list[Request]) -> None:
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
        for method, path, body, headers in part:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != expected:
                raise AssertionError(f"{path}: {answer.status} {said[:500]!r}")
        connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began = time.perf_counter()
        list(pool.map(ask, parts))
        return len(requests) / (time.perf_counter() - began)


def _settle(folder: Path) -> None:
    """Wait until nothing more is written there for two seconds."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        found = sum(1 for _ in folder.rglob("*"))
        if found != count:
            count, since = found, time.monotonic()
        time.sleep(0.2)


def _put(path: str, token: str | None) -> Request:
    headers: dict[str, Any] = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
        "If-None-Match": "*",
    }
    return "PUT", path, json.dumps({}).encode(), headers
