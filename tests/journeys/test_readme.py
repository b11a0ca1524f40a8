"""The README holds: its tour is run, line by line, and what it quotes is what is printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import requests

from scripts import sample_fires
from scripts.own_service import own_service
from service.operations.first_administrator import make_first_link
from storage.database import Database

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
QUOTED = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def run(block: str, **environ: str) -> str:
    """Run one block as it stands, with the packages of this environment."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=ROOT,
        env=os.environ | {"HANDBACK_VENV": sys.prefix} | environ,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_year(text: str) -> set[str]:
    """The lines, whatever the year of the number."""
    return {re.sub(r"〔\d{4}〕", "〔〕", line).strip() for line in text.splitlines()}


def test_the_tour_prints_what_the_readme_quotes() -> None:
    assert without_year(QUOTED[0]) <= without_year(run(BLOCKS[0]))


def test_the_market_is_toured_as_an_imdf_archive() -> None:
    assert "everything is open again" in run(BLOCKS[1])


def test_the_requests_of_the_readme_are_answered(tmp_path: Path) -> None:
    with own_service(folder=tmp_path) as url:
        sample_fires.make(url)
        told = run(BLOCKS[2], HANDBACK=url)
    assert "新城区消防救援大队" in told
    assert "reasons" in told


def test_an_empty_service_gets_its_posts_and_people(tmp_path: Path) -> None:
    """The administrator's form is filled in first, with the name and password of the README."""
    username, password = re.search(r"TOKEN=\$\(token (\S+) (\S+)\)", BLOCKS[3]).groups()  # type: ignore[union-attr]
    with own_service(folder=tmp_path, people=False) as url:
        database = Database(f"sqlite:///{tmp_path / 'handback.db'}")
        code = database.write(lambda work: make_first_link(work=work))
        database.engine.dispose()
        corps = {"corps_name": "总队", "corps_short_name": "内", "division_code": "150000"}
        form = {"name": "周管理", "username": username, "password": password, **corps}
        answer = requests.post(f"{url}/first-administrator/{code}", data=form, timeout=30)
        assert answer.url == f"{url}/sign-in?made=1"
        told = run(BLOCKS[3], HANDBACK=url)
    assert told.splitlines()[-2:] == ["王站长", "中山西路消防救援站"]
