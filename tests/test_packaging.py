"""What the repository says of its dependencies is what is installed and imported."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

from scripts.licences import page, pinned

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = dict(pinned(ROOT / "requirements.txt"))


def imported_by(*folders: str) -> set[str]:
    modules = {"gunicorn"}
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    modules |= {name.name.split(".")[0] for name in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.split(".")[0])
    return modules - sys.stdlib_module_names - {"service", "schemas", "storage"}


def test_what_is_installed_is_what_is_pinned() -> None:
    for name, wanted in RUNTIME.items() | set(pinned(ROOT / "requirements-dev.txt")):
        assert version(name) == wanted, name


def test_the_table_of_licences_is_current() -> None:
    assert (ROOT / "docs/licences.md").read_text() == page()


def test_every_import_of_the_service_is_a_direct_dependency() -> None:
    direct = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
    owners = packages_distributions()
    imported = {
        owners[name][0].lower().replace("_", "-")
        for name in imported_by("service", "schemas", "storage")
    }
    assert imported <= direct


def test_requirements_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
