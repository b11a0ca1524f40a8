"""The tour itself, on a real gunicorn: both ways from the call to the reopening, on any plan."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases"
SEALED = re.compile(r"^ +(\d+)\. (\w+) +封闭 sealed +([\d.]+) m², +(\d+) 个封闭单元", re.MULTILINE)


def tour(*arguments: str) -> str:
    """Run scripts/tour's Python with this environment's packages and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.tour", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def must_reopen_everything(told: str) -> None:
    """One fire registered, the other's seal set and then never larger, down to nothing."""
    assert "登记 registered: 呼新一消火登字〔" in told
    steps = SEALED.findall(told)
    kinds = [kind for _, kind, _, _ in steps]
    after = [float(area) for _, _, area, _ in steps[kinds.index("seal_set") :]]
    assert len(after) > 12
    assert after[0] > 0
    assert after == sorted(after, reverse=True)
    assert after[-1] == 0
    owners = re.findall(r"the owner reads: .*?: (开放|封闭)", told)
    assert owners == ["开放", "封闭", "开放"]


def test_the_tour_carries_two_fires_from_the_call_to_the_reopening() -> None:
    told = tour()
    must_reopen_everything(told)
    assert "仍封 still:" in told


def test_the_tour_takes_an_imdf_archive(tmp_path: Path) -> None:
    archive = tmp_path / "market.zip"
    subprocess.run(
        [sys.executable, "scripts/market_plan.py", "--imdf", str(archive)], cwd=ROOT, check=True
    )
    must_reopen_everything(tour("--plan", str(archive)))


@pytest.mark.shared_cases
@pytest.mark.parametrize("plan", sorted(CASES.glob("plans/*.geojson")), ids=lambda file: file.name)
def test_the_tour_takes_every_real_plan_and_photo(plan: Path) -> None:
    told = tour("--plan", str(plan), "--photos", str(CASES / "photos"))
    must_reopen_everything(told)
    for photo in (CASES / "photos").iterdir():
        assert f"photo {photo.name}" in told
