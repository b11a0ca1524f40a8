"""scripts/admin, as an administrator runs it on the machine."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.administer import main
from scripts.sample import put_brigade
from storage.database import Database
from storage.migrate import migrate


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the sample brigade."""
    url = f"sqlite:///{tmp_path / 'handback.db'}"
    migrate(url)
    database = Database(url)
    database.write(put_brigade)
    database.engine.dispose()
    return tmp_path


@pytest.fixture
def admin(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[list[list[str]], str]]:
    """What it prints, as a table, and what it ends with."""

    def run(*arguments: str, folder: Path = data) -> tuple[list[list[str]], str]:
        monkeypatch.setattr("sys.argv", ["admin", "--data", str(folder), *arguments])
        monkeypatch.setenv("HANDBACK_DATA_DIR", str(folder))
        complaint = ""
        try:
            main()
        except SystemExit as end:
            complaint = str(end.code)
        return list(csv.reader(io.StringIO(capsys.readouterr().out))), complaint

    return run


def test_an_administrator_imports_lists_and_ends_people(data: Path, admin: Any) -> None:
    (data / "people.csv").write_text("用户名,姓名,岗位,所在机构\nli,李明,站员,呼新一\n", "gb18030")
    me = ("--as", "administrator")
    told, _ = admin(*me, "import-people", str(data / "people.csv"))
    assert told[1][:4] == ["2", "李明", "li", "True"] and told[1][4]
    told, _ = admin(*me, "set-password", "li")
    assert told[1][0] == "li"
    admin(*me, "end", "li")
    told, _ = admin(*me, "list")
    assert ["li", "李明", "crew", "呼新一", "False"] in told
    _, wrong = admin(*me, "import-posts", str(data / "people.csv"))
    assert "缺少" in wrong
    _, wrong = admin(*me, "import-posts", "nowhere.csv")
    assert "cannot read nowhere.csv" in wrong
    _, wrong = admin(*me, "end", "nobody")
    assert "nobody signs in as nobody" in wrong
    _, wrong = admin(*me, "end", "administrator")
    assert "no other active administrator" in wrong


def test_nobody_else_does(data: Path, admin: Any) -> None:
    for name in ("crew", "nobody"):
        assert "--as" in admin("--as", name, "list")[1]
    assert "there is no folder" in admin("list", folder=data / "none")[1]
