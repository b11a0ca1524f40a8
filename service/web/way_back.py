"""Back to the page that was asked for before the sign-in: one of ours, or the first."""

import re

from flask import request, url_for

MOST = 2000
_LOCAL = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path of this site: one slash, then no backslash, space or control character.

Browsers read backslashes as slashes and leave out tabs and line ends, so that either could
make of a path another host.
"""


def asked_for() -> str | None:
    """The page of this request, to come back to; None for the first, or a form that was sent."""
    if request.method != "GET" or request.path == url_for("pages.fires"):
        return None
    return request.full_path.removesuffix("?")


def way_back() -> str | None:
    """Where the form, or the address, of the sign-in says to go on; None for anywhere else."""
    asked = request.values.get("next", "")
    return asked if len(asked) <= MOST and _LOCAL.fullmatch(asked) else None
