"""The pages' sentences in the reader's language: Chinese unless English was asked for."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, request

from service.domain.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "words"
LANGUAGES = ("zh", "en")
COOKIE = "handback-language"
LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every sentence of one language."""
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text())
    return found


def language() -> str:
    """What the reader asked for: in the address, or once before."""
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return str(asked)
    return LANGUAGES[0]


def in_other_language() -> str:
    """The address of this page in the other language; the rest of its query stays."""
    other = next(each for each in LANGUAGES if each != language())
    return "?" + urlencode({**request.args, "lang": other})


def keep_language(response: Response) -> Response:
    """Remember the language that a page was asked for in."""
    if response.mimetype == "text/html" and request.args.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language(), samesite="Lax", httponly=True)
    return response


def phrase(key: str, **values: object) -> str:
    """A sentence of the catalogue."""
    return catalogue(language())[key].format(**values)


def say(words: Words) -> str:
    """Words in the reader's language."""
    return words.en if language() == "en" else words.zh


def when(moment: datetime) -> str:
    """A time as people write it, in legal time."""
    local = moment.astimezone(LEGAL_TIME)
    if language() == "en":
        return f"{local:%-d %B %Y, %H:%M} (Beijing time)"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
