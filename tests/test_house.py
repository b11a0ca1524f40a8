"""The house: who may import whom, one tree of refusals, one status each, no route undocumented."""

import ast
import inspect
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from service.domain.errors import Refusal
from service.domain.powers import POWERS, Operation
from service.web.problems import STATUS, status_of, type_of

ROOT = Path(__file__).resolve().parents[1]
OURS = ("service", "schemas", "storage")
MAY_IMPORT = {
    "service.domain": {"service.domain"},
    "service.operations": {"service.domain", "service.operations"},
    "schemas": {"service.domain", "schemas"},
    "service.web": {
        "service.domain",
        "service.operations",
        "schemas",
        "service.web",
        "service.settings",
    },
    "storage": {"service.domain", "service.operations.ports", "storage"},
    "service.settings": set(),
    "service.app": {"service", "schemas", "storage"},
    "wsgi": {"service.app", "service.settings"},
}
PURE = {"shapely", "pyproj", "numpy", "scipy"}
IMPURE_STANDARD = {"os", "sys", "time", "random", "secrets", "socket", "pathlib", "io", "sqlite3"}


def _modules() -> list[tuple[str, ast.Module]]:
    files = [file for top in OURS for file in (ROOT / top).rglob("*.py")] + [ROOT / "wsgi.py"]
    return [
        (".".join(file.relative_to(ROOT).with_suffix("").parts), ast.parse(file.read_text()))
        for file in files
        if "migrations" not in file.parts
    ]


def _imports(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _within(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize(
    ("module", "tree"), _modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_module_imports_only_what_its_layer_may(module: str, tree: ast.Module) -> None:
    layer = next((name for name in MAY_IMPORT if _within(module, {name})), None)
    if layer is None:
        assert module in {"service", "service.__init__"}, f"{module} stands in no layer"
        return
    ours = {name for name in _imports(tree) if _within(name, {*OURS, "wsgi", "scripts", "tests"})}
    strangers = {name for name in ours if not _within(name, MAY_IMPORT[layer])}
    assert not strangers, f"{module} may not import {strangers}"


@pytest.mark.parametrize(
    ("module", "tree"),
    [pair for pair in _modules() if pair[0].startswith("service.domain")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_domain_is_pure(module: str, tree: ast.Module) -> None:
    names = {name.split(".")[0] for name in _imports(tree)} - {"service"}

    third_party = {name for name in names if name not in sys.stdlib_module_names}
    assert third_party <= PURE
    assert not names & IMPURE_STANDARD


def _tree(cls: type[Refusal]) -> set[type[Refusal]]:
    return {cls}.union(*(_tree(below) for below in cls.__subclasses__()))


def test_every_refusal_stands_in_the_one_tree_with_a_title_and_a_status() -> None:
    leaves = [cls for cls in _tree(Refusal) if not cls.__subclasses__()]
    for cls in leaves:
        place = cls.__module__.removeprefix("service.domain.")
        assert place == "errors" or place.endswith("_refusals"), f"{cls.__name__} stands elsewhere"
        assert "TITLE" in vars(cls), f"{cls.__name__} has no title of its own"
        assert cls.TITLE.zh and cls.TITLE.en
        assert 400 <= status_of(cls) <= 503
        assert inspect.getdoc(cls)
    assert len({type_of(cls) for cls in leaves}) == len(leaves)


def test_the_status_table_names_branches_only() -> None:
    assert all(cls.__bases__ == (Refusal,) for cls in STATUS)


def test_every_operation_has_a_row_of_roles() -> None:
    assert set(POWERS) == set(Operation)
    assert all(POWERS.values())


def _documented(app: Any) -> dict[tuple[str, str], dict[str, Any]]:
    spec = app.test_client().get("/openapi.json").json
    return {
        (path, verb): operation
        for path, item in spec["paths"].items()
        for verb, operation in item.items()
        if verb in {"get", "put", "post", "patch", "delete", "head", "options"}
    }


def test_the_openapi_file_is_valid(app: Any) -> None:
    spec = app.test_client().get("/openapi.json").json
    validate(spec)
    assert spec["openapi"] == "3.1.0"


def test_every_route_under_v1_is_documented_and_every_documented_route_exists(app: Any) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), verb.lower())
        for rule in app.url_map.iter_rules()
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }
    documented = {pair for pair in _documented(app) if pair[0].startswith("/v1/")}
    assert {pair for pair in documented if pair[1] not in {"head", "options"}} == routes


def test_every_operation_is_named_described_and_may_be_refused(app: Any) -> None:
    operations = _documented(app)
    names = [operation["operationId"] for operation in operations.values()]
    assert len(names) == len(set(names))
    for operation in operations.values():
        assert operation.get("summary") or operation.get("description")
        assert "default" in operation["responses"]
