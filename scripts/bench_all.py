"""Every figure in one run: a table, or `--json` for one object.

scripts/bench [http] [sealing] [past] [photos] [uploads] [outcome] [--json]
    [--plan FILE] [--fires N] [--seed N]
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scripts import (
    bench_evidence,
    bench_http,
    bench_month,
    bench_outcome,
    bench_past,
    bench_photos,
    bench_sealing,
    bench_uploads,
)
from scripts.market_plan import SAMPLE

Figures = dict[str, dict[str, Any]]
Told = tuple[Figures, Sequence[str]]
"""Figures by name, and what must be said beside them."""


def outcome(asked: argparse.Namespace) -> Told:
    """The simulated fires, on the plan given."""
    found = bench_outcome.bench(
        asked.plan or SAMPLE, fires=asked.fires, seed=asked.seed, foreknown=asked.foreknown
    )
    return found.figures, found.notes


PARTS: dict[str, Callable[[argparse.Namespace], Told]] = {
    "http": lambda _: (bench_http.figures(), ()),
    "sealing": lambda asked: (bench_sealing.figures(asked.plan), ()),
    "past": lambda _: (bench_past.figures() | bench_month.figures(), bench_past.NOTES),
    "photos": lambda _: (bench_photos.figures() | bench_evidence.figures(), bench_photos.NOTES),
    "uploads": lambda _: bench_uploads.figures(),
    "outcome": outcome,
}


def row(name: str, figure: dict[str, Any]) -> str:
    """One line of the table."""
    low, high = figure["spread"]
    return (
        f"{name:46} {figure['ours']:>11.4g} {figure['baseline']:>11.4g} {figure['ratio']:>9.3g} "
        f"{low:>8.3g}–{high:<8.3g} {figure['aim']!s:>8}  {figure['holds']}"
    )


def options() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all, or these")
    parser.add_argument("--plan", type=Path, help="GeoJSON or an IMDF archive; sealing, outcome")
    parser.add_argument("--fires", type=int, default=bench_outcome.FIRES)
    parser.add_argument("--seed", type=int, default=bench_outcome.SEED)
    parser.add_argument(
        "--foreknown", action="store_true", help="outcome: told what is not cleared"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> int:
    """0 where no figure fails."""
    asked = options()
    found: Figures = {}
    notes: list[str] = []
    for name in asked.parts or PARTS:
        figures, beside = PARTS[name](asked)
        found |= figures
        notes += beside
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(f"{'figure':46} {'ours':>11} {'baseline':>11} {'ratio':>9} {'spread':>17} {'aim':>8}")
        print("\n".join(row(name, figure) for name, figure in found.items()))
        print("\n".join(notes))
    return int(any(figure["holds"] == "fails" for figure in found.values()))


if __name__ == "__main__":
    sys.exit(main())
