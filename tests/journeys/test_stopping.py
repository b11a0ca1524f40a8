"""What scripts say when they cannot go on: one sentence, and no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.own_service import own_service

ROOT = Path(__file__).resolve().parents[2]


def complaint(script: str, *arguments: str) -> tuple[int, str]:
    """How it ends, and what it says then."""
    done = subprocess.run(
        [sys.executable, "-m", f"scripts.{script}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plan", "/nope"), "cannot read /nope"),
        (("--plan", "README.md"), "README.md is neither GeoJSON nor an IMDF archive"),
        (("--photos", "/nope"), "cannot read the folder /nope"),
        (("--url", "http://127.0.0.1:1"), "no service answers at http://127.0.0.1:1"),
    ],
)
def test_a_tour_that_cannot_begin_says_why(arguments: tuple[str, ...], said: str) -> None:
    status, told = complaint("tour", *arguments)
    assert status == 1
    assert told.startswith("scripts/tour: ") and said in told
    assert len(told.splitlines()) == 1


def test_a_tour_of_a_service_without_the_sample_says_how_to_start_one(tmp_path: Path) -> None:
    with own_service(folder=tmp_path, people=False) as url:
        status, told = complaint("tour", "--url", url)
    assert (status, told.splitlines()) == (
        1,
        [
            f"scripts/tour: the sample's crew cannot sign in at {url}; "
            "start it by scripts/run --sample"
        ],
    )


def test_verifying_without_a_database_says_where_it_looked_and_makes_none(tmp_path: Path) -> None:
    status, told = complaint("verify_photos", "--data", str(tmp_path))
    assert (status, told) == (
        2,
        f"scripts/verify: there is no database in {tmp_path}; name its folder by --data",
    )
    assert not list(tmp_path.iterdir())


def test_a_service_without_processes_is_not_started(tmp_path: Path) -> None:
    for workers in ("0", "-1"):
        status, told = complaint("serve", "--workers", workers, "--data", str(tmp_path))
        assert (status, told) == (
            1,
            f"scripts/run: --workers {workers}: at least one process has to serve",
        )
