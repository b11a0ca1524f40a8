"""scripts/admin, as an administrator runs it on the machine."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.sample import put_brigade
from storage.database import Database
from storage.migrate import migrate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the sample brigade."""
    url = f"sqlite:///{tmp_path / 'handback.db'}"
    migrate(url)
    database = Database(url)
    database.write(put_brigade)
    database.engine.dispose()
    return tmp_path


def admin(data: Path, *arguments: str) -> tuple[list[list[str]], str]:
    """What it prints, as a table, and what it complains of."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.administer", "--data", str(data), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return list(csv.reader(io.StringIO(done.stdout))), done.stderr


def test_an_administrator_imports_lists_and_ends_people(data: Path) -> None:
    (data / "people.csv").write_text("用户名,姓名,岗位,所在机构\nli,李明,站员,呼新一\n", "gb18030")
    me = ("--as", "administrator")
    told, _ = admin(data, *me, "import-people", str(data / "people.csv"))
    assert told[1][:4] == ["2", "李明", "li", "True"] and told[1][4]
    told, _ = admin(data, *me, "set-password", "li")
    assert told[1][0] == "li"
    admin(data, *me, "end", "li")
    told, _ = admin(data, *me, "list")
    assert ["li", "李明", "crew", "呼新一", "False"] in told
    _, wrong = admin(data, *me, "import-posts", str(data / "people.csv"))
    assert "缺少" in wrong
    _, wrong = admin(data, *me, "import-posts", "nowhere.csv")
    assert "cannot read nowhere.csv" in wrong
    _, wrong = admin(data, *me, "end", "nobody")
    assert "nobody signs in as nobody" in wrong


def test_nobody_else_does(data: Path) -> None:
    for name in ("crew", "nobody"):
        assert "--as" in admin(data, "--as", name, "list")[1]
    assert "there is no folder" in admin(data / "none", "list")[1]
