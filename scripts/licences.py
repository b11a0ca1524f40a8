# ruff: noqa: E501
"""Print docs/licences.md: every pinned package with the licence its own metadata names.

scripts/licences.py > docs/licences.md
"""

import re
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
HEAD = """# Licences of what this runs on

Written by `scripts/licences.py` from the packages' own metadata; a test holds it to the pins.
handback itself is under Apache-2.0. pip fetches the packages; none is copied into this repository.
"""
BUNDLED = """
## Libraries inside the wheels

| wheel | library | licence | what it means here |
|---|---|---|---|
| pi-heif | libheif, libde265 | LGPL-3.0 | loaded as shared libraries and may be replaced; they only \
read HEIC |
| pillow-heif | libheif, libde265, x265 | LGPL-3.0, GPL-2.0-or-later | writes HEIC for the tests only; \
nothing of it is served or passed on |
| resvg-py | resvg and the Rust crates it is built of | Apache-2.0 or MIT, BSD-3-Clause, Zlib | compiled in; \
may be passed on with their notices |
| shapely | GEOS | LGPL-2.1 | loaded as a shared library and may be replaced |
| numpy, scipy | libgfortran, libquadmath | GPL-3.0 with the GCC runtime exception, LGPL-2.1 | \
free to use from any program |
| axe-playwright-python | axe-core | MPL-2.0 | checks pages in the tests only; nothing of it is served |
"""
NAMELESS = {"axe-playwright-python": "MIT", "resvg-py": "MIT"}
"""Licences that stand in a package's LICENSE file, where its metadata names none."""


def licence(package: str) -> str:
    """The SPDX expression of an installed package, or the nearest its metadata has."""
    if package in NAMELESS:
        return NAMELESS[package]
    about = metadata(package)
    if expression := about.get("License-Expression"):
        return str(expression)
    for classifier in about.get_all("Classifier") or []:
        name = classifier.rsplit(" :: ", 1)[-1]
        if classifier.startswith("License ::") and name in CLASSIFIERS:
            return CLASSIFIERS[name]
    return str(about.get("License") or "").splitlines()[0]


def pinned(path: Path) -> list[tuple[str, str]]:
    """Name and version of every package a requirements file pins."""
    return re.findall(r"^([a-z0-9.-]+)==(\S+)$", path.read_text(), re.MULTILINE)


def table(title: str, path: Path) -> str:
    """One Markdown table of a requirements file."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in pinned(path)]
    head = f"\n## {title} (`{path.name}`)\n\n| package | version | licence |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def page() -> str:
    """The whole of docs/licences.md."""
    return (
        HEAD
        + table("Runs with it", ROOT / "requirements.txt")
        + BUNDLED
        + table("Tests and checks", ROOT / "requirements-dev.txt")
    )


if __name__ == "__main__":
    print(page(), end="")
