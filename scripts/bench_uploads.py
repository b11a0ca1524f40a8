"""Photos in by tus: ours, on a folder and on S3, beside @tus/server with @tus/file-store.

The same tus-js-client (scripts/tus_peer/load.js) sends the same kind of files to both in turn. The
peer stores bytes, and syncs nothing; ours syncs every photo and its folder, checks digest and
picture, and commits a record of it before it answers. What ours takes of processor time is noted.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import numpy as np
from PIL import Image

from scripts.own_service import own_service
from scripts.tour_people import person, report
from tests.s3_server import s3_server

PAIRS = 7
PEER = Path(__file__).parent / "tus_peer"
MB = 1_000_000
Load = dict[str, Any]
LARGE: Load = {"count": 1, "clients": 1, "bytes": 200 * MB}
MANY: Load = {"count": 200, "clients": 8, "bytes": 3 * MB}
LOADS: tuple[tuple[str, Load, float | None], ...] = (
    ("one of 200 MB", LARGE, 0.8),
    ("200 of 3 MB", MANY, 1.0),
    ("200 of 3 MB, bytes alone", MANY | {"parts": True}, None),
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One load: MB/s, and what the server's processes took of processor time for a MB."""

    mb_a_second: float
    cpu_ms_a_mb: float


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server under load; `options` makes the load's own ones, `pids` are its processes.

    `part` are headers by which a file is no photo, and stored without being looked at.
    """

    options: Callable[[], dict[str, Any]]
    pids: Callable[[], list[int]]
    part: dict[str, str] = field(default_factory=dict)


class PeerAbsent(Exception):
    """Nothing can be compared; the message says what is missing."""


def figures() -> tuple[dict[str, dict[str, Any]], list[str]]:
    """MB/s, higher is better."""
    try:
        return beside_peer()
    except PeerAbsent as absent:
        return {}, [f"uploads: not compared: {absent}"]


def beside_peer() -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Ours on both stores, each load in turn with the peer's."""
    need_peer()
    found: dict[str, dict[str, Any]] = {}
    notes = ["uploads: the peer looks at no picture and syncs nothing; bytes alone: parts by tus"]
    with tempfile.TemporaryDirectory(prefix="handback-uploads-") as made, ExitStack() as stack:
        folder = Path(made)
        photo = a_photo(folder / "photo.jpg")
        peer = stack.enter_context(peer_server(folder / "peer"))
        (folder / "s3").mkdir()
        bucket = stack.enter_context(s3_server(folder / "s3")).photos_url("bench")
        for store, photos_url in (("folder", ""), ("S3", bucket)):
            with our_service(folder / store, photos_url) as ours:
                for name, load, aim in LOADS:
                    aimed = aim if store == "folder" else None
                    figure, note = compared(photo, ours, peer, load, aim=aimed)
                    found[f"uploads to {store}, {name}, MB/s"] = figure
                    notes.append(f"uploads to {store}, {name}: {note}")
    return found, notes


def need_peer() -> None:
    """Raises: PeerAbsent where its packages are not there."""
    if not (PEER / "node_modules").is_dir():
        raise PeerAbsent(f"run `npm ci` in {PEER}; its server needs Node 20.19")


def a_photo(file: Path) -> Path:
    """A JPEG of 12 megapixels that takes just under 3 MB, the same every time."""
    noise = np.random.default_rng(7).integers(0, 256, (600, 800, 3), dtype=np.uint8)
    Image.fromarray(noise).resize((4000, 3000)).save(file, quality=66)
    return file


@contextmanager
def peer_server(folder: Path) -> Iterator[Target]:
    """@tus/server over an empty folder."""
    folder.mkdir()
    server = subprocess.Popen(["node", PEER / "peer.js", folder], stdout=subprocess.PIPE, text=True)
    try:
        endpoint = next(iter(server.stdout or ()), "").strip()
        if not endpoint:
            raise PeerAbsent("the peer's server did not start; it needs Node 20.19")

        def options() -> dict[str, Any]:
            shutil.rmtree(folder)
            folder.mkdir()
            return {"endpoint": endpoint, "headers": {}, "incident": str(uuid4())}

        yield Target(options=options, pids=lambda: [server.pid])
    finally:
        server.terminate()
        server.wait()


@contextmanager
def our_service(folder: Path, photos_url: str, *, workers: int = 2) -> Iterator[Target]:
    """The service as scripts/run starts it; each load goes to a fire of its own."""
    folder.mkdir()
    before = set(children(os.getpid()))
    with own_service(workers=workers, threads=8, folder=folder, photos_url=photos_url) as url:
        [master] = set(children(os.getpid())) - before
        crew = person(url, "crew")

        def options() -> dict[str, Any]:
            incident = str(uuid4())
            crew.create(f"/v1/incidents/{incident}", report())
            headers = {"Authorization": f"Bearer {crew.token}"}
            return {"endpoint": f"{url}/v1/uploads", "headers": headers, "incident": incident}

        part = {"Upload-Concat": "partial"}
        yield Target(options=options, pids=lambda: descendants(master), part=part)


def compared(
    photo: Path, ours: Target, peer: Target, load: Load, *, aim: float | None
) -> tuple[dict[str, Any], str]:
    """Seven interleaved pairs, after one that only warms up; and what must be said beside them."""
    pairs = [(run(photo, ours, load), run(photo, peer, load)) for _ in range(PAIRS + 1)][1:]
    ratios = sorted(mine.mb_a_second / theirs.mb_a_second for mine, theirs in pairs)
    figure = {
        "ours": median(mine.mb_a_second for mine, _ in pairs),
        "baseline": median(theirs.mb_a_second for _, theirs in pairs),
        "ratio": median(ratios),
        "spread": [ratios[0], ratios[-1]],
        "aim": "" if aim is None else f"≥ {aim}",
        "holds": "" if aim is None else held(ratios, aim),
    }
    mine_ms = median(mine.cpu_ms_a_mb for mine, _ in pairs)
    theirs_ms = median(theirs.cpu_ms_a_mb for _, theirs in pairs)
    return figure, f"processor {mine_ms:.2f} ms a MB, the peer {theirs_ms:.2f}"


def held(ratios: list[float], aim: float) -> str:
    """Whether the least of the sorted ratios reaches the aim, or the greatest does not."""
    return "holds" if ratios[0] >= aim else "fails" if ratios[-1] < aim else "unclear"


def run(photo: Path, target: Target, load: Load) -> Run:
    """One load on one server; what the last one left to write is written before it begins."""
    options = target.options() | load
    options |= {"headers": options["headers"] | target.part} if load.get("parts") else {}
    os.sync()
    before = cpu_seconds(target.pids())
    done = subprocess.run(
        ["node", PEER / "load.js", photo, json.dumps(options)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    megabytes = load["count"] * load["bytes"] / MB
    return Run(
        mb_a_second=megabytes / json.loads(done.stdout)["seconds"],
        cpu_ms_a_mb=(cpu_seconds(target.pids()) - before) * 1000 / megabytes,
    )


def children(pid: int) -> list[int]:
    """The processes that it started and that are still there."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def descendants(pid: int) -> list[int]:
    """The process itself, and all that came from it."""
    return [pid, *(found for child in children(pid) for found in descendants(child))]


def cpu_seconds(pids: list[int]) -> float:
    """Processor time of them all and of what they have seen end, in user and system."""
    ticks = 0
    for pid in pids:  # a process that decoded one picture counts for the one that began it
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
