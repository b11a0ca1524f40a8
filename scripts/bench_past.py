"""Opening a scene, now and then, and its figures: at 100 and at 10,000 events, and from events.

The two scenes have the same holds on the market's plan; the longer one goes on with surveys that
exclude nothing and with statements, which is what makes a scene's record long.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from schemas.rules import rulebook
from scripts.bench_outcome import read
from scripts.bench_sealing import at_least, at_most, compared
from scripts.market_plan import SAMPLE
from scripts.outcome_course import set_seal
from scripts.outcome_fires import draw_fire
from scripts.outcome_people import LEAD, id_of
from service.domain import findings as f
from service.domain.course import Course
from service.domain.deciding import begin, decide
from service.domain.findings import Finding, Outcome, Stage
from service.domain.scene_fold import replay
from service.operations.read_scene import read_figures, read_history, read_scene, read_scene_at
from service.operations.scene_desk import happened, keep
from storage.database import Database
from storage.migrate import migrate

SHORT, LONG = 100, 10_000
TOGETHER = 50
READS = 20
NOTES = (
    "past: seconds; two scenes with the same holds, one of 100 events, one of 10,000 (surveys that "
    "exclude nothing, statements); a snapshot is kept every 100 events",
)


@contextmanager
def _scene(events: int) -> Iterator[tuple[Database, UUID, datetime, datetime]]:
    """A scene of so many events on record; its id, its first moment and its last."""
    with tempfile.TemporaryDirectory(prefix="handback-") as folder:
        url = f"sqlite:///{Path(folder) / 'handback.db'}"
        migrate(url)
        plan, plane = read(SAMPLE)
        sealed = set_seal(plan, plane, draw_fire(plan, 3, seed=1))
        now = sealed.fire.sealed_at
        database = Database(url, rules=rulebook(), clock=lambda: now)
        course = Course(
            scene=sealed.scene, by=LEAD, now=now, events=tuple(event for _, event in sealed.events)
        )
        database.write(lambda work: keep(None, course, work=work))
        scene, number = sealed.scene, 0

        def some(work: Any) -> Any:
            current = scene
            for n in range(min(TOGETHER, events - current.version)):
                finding = a_finding(number + n, sealed.fire.reached[0])
                going = decide(begin(current, by=LEAD, now=work.now), [finding])
                keep(current, going, work=work)
                current = going.scene
            return current

        while scene.version < events:
            now += timedelta(minutes=1)
            scene, number = database.write(some), number + TOGETHER
        yield database, scene.record.id, sealed.fire.sealed_at, now
        database.engine.dispose()


def a_finding(number: int, unit: str) -> Finding:
    """What makes a record long and frees nothing: a statement, or a survey without outcome."""
    if number % 3 == 0:
        id = id_of(f"statement {number}")
        return f.NoObjectionStated(id=id, party_id=id_of("owner"), statement_id=id)
    return f.SurveyFinished(
        id=id_of(f"survey {number}"),
        stage=Stage.DETAILED,
        outcome=Outcome.POSSIBLE,
        ground="seen",
        units=(unit,),
    )


def _reads(
    database: Database, scene_id: UUID, first: datetime, last: datetime, *, version: int
) -> dict[str, Callable[[], Any]]:
    halfway = first + (last - first) / 2
    asked: dict[str, Callable[[Any], Any]] = {
        "open now": lambda work: read_scene(scene_id, officer=LEAD, work=work),
        "open at a past moment": lambda work: read_scene_at(
            scene_id, halfway, officer=LEAD, work=work
        ),
        "a page of the history": lambda work: read_history(
            scene_id, after=version // 2, officer=LEAD, work=work
        ),
        "a scene's figures": lambda work: read_figures(scene_id, officer=LEAD, work=work),
        "events alone": lambda work: replay(happened(scene_id, work=work)),
    }
    return {name: lambda query=query: database.read(query) for name, query in asked.items()}


def _often(read: Callable[[], Any]) -> Callable[[], list[Any]]:
    """So many reads: one of them is too quick to be timed by itself."""
    return lambda: [read() for _ in range(READS)]


def figures() -> dict[str, dict[str, object]]:
    """Seconds; `baseline` is the short scene, or the same scene read from its events alone."""
    with _scene(SHORT) as (short, *few), _scene(LONG) as (long, *many):
        before = _reads(short, *few, version=SHORT)
        after = _reads(long, *many, version=LONG)
        found = {}
        for name in [name for name in after if name != "events alone"]:
            ours, base, ratios = compared(_often(after[name]), _often(before[name]))
            inverse = sorted(1 / ratio for ratio in ratios)
            found[f"{name}, 10,000 events vs 100"] = at_most(
                ours / READS, base / READS, inverse, 1.5
            )
        for name in ("open at a past moment", "a scene's figures"):
            found[f"{name}, vs 10,000 events alone"] = at_least(
                *compared(after[name], after["events alone"], pairs=3), 10
            )
        return found
