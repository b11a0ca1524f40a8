"""Every figure in one run: a table, or `--json` for one object."""

import json
import sys
from collections.abc import Callable
from typing import Any

from scripts import bench_http, bench_sealing

Figures = dict[str, dict[str, object]]
PARTS: dict[str, Callable[[], Figures]] = {
    "http": bench_http.figures,
    "sealing": bench_sealing.figures,
}


def row(name: str, figure: dict[str, Any]) -> str:
    """One line of the table."""
    low, high = figure["spread"]
    return (
        f"{name:46} {figure['ours']:>11.4g} {figure['baseline']:>11.4g} {figure['ratio']:>9.3g} "
        f"{low:>8.3g}–{high:<8.3g} {figure['aim']!s:>8}  {figure['holds']}"
    )


def main() -> int:
    """0 where no figure fails."""
    asked = [name for name in sys.argv[1:] if name in PARTS] or list(PARTS)
    found: Figures = {}
    for name in asked:
        found |= PARTS[name]()
    if "--json" in sys.argv:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(f"{'figure':46} {'ours':>11} {'baseline':>11} {'ratio':>9} {'spread':>17} {'aim':>8}")
        print("\n".join(row(name, figure) for name, figure in found.items()))
    return int(any(figure["holds"] == "fails" for figure in found.values()))


if __name__ == "__main__":
    sys.exit(main())
