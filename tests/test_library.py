"""service.domain as a library: its example runs and prints what it says; its functions are told."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs" / "library.md").read_text("utf-8")
ALONE = """
import sys
heavy = {"flask", "sqlalchemy", "marshmallow", "gunicorn"} & set(sys.modules)
assert not heavy, heavy
assert not [name for name in sys.modules if name.startswith(("service.web", "storage"))]
"""
MODULES = sorted((ROOT / "service" / "domain").glob("*.py"))
SHAPES = re.compile(r"metre|WGS 84|plane", re.IGNORECASE)


def block(kind: str) -> str:
    """The first block of that kind on the page."""
    found = re.search(rf"```{kind}\n(.*?)```", DOC, re.DOTALL)
    assert found
    return found[1]


def test_the_example_runs_without_the_web_and_prints_what_the_page_says() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block("python") + ALONE],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == block("text")
    body = ast.parse(block("python")).body
    statements = [each for each in body if not isinstance(each, ast.Import | ast.ImportFrom)]
    assert len(statements) == 10


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.stem)
def test_every_public_function_says_what_it_does_and_what_it_refuses(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [name for name, node in _public(tree) if not ast.get_docstring(node)]
    assert not silent, "without a docstring"
    unsaid = {
        name: raised
        for name, node in _public(tree)
        if (raised := set(_raised(node)) - set(re.findall(r"\w+", _refusals(node))))
    }
    assert not unsaid, "raised, and not named after `Raises:`"


def test_the_package_says_in_which_plane_and_units_its_shapes_are() -> None:
    package = ast.get_docstring(ast.parse((ROOT / "service/domain/__init__.py").read_text()))
    assert SHAPES.search(package or "")
    across = [file for file in MODULES if re.search(r"\bto_(wgs84|plane)\(", file.read_text())]
    assert across
    for file in across:  # whoever goes from one plane to the other says so
        assert SHAPES.search("".join(_docstrings(file))), file.stem


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Public functions and classes, and the public methods of these; protocols say it once."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node.name, node
        protocol = isinstance(node, ast.ClassDef) and "Protocol" in map(ast.unparse, node.bases)
        for method in node.body if isinstance(node, ast.ClassDef) and not protocol else ():
            if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                yield f"{node.name}.{method.name}", method


def _raised(node: ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    """The exception classes that a function raises itself, by name."""
    for each in ast.walk(node) if isinstance(node, ast.FunctionDef) else ():
        if isinstance(each, ast.Raise) and isinstance(each.exc, ast.Call):
            name = ast.unparse(each.exc.func).removesuffix(".at")
            if name[0].isupper():
                yield name


def _refusals(node: ast.FunctionDef | ast.ClassDef) -> str:
    return (ast.get_docstring(node) or "").partition("Raises:")[2]


def _docstrings(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    yield ast.get_docstring(tree) or ""
    yield from (ast.get_docstring(node) or "" for _, node in _public(tree))
