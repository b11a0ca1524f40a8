"""The rules that are data are checked when they are read."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas.rules import RULES, read_numbering, read_terms, read_triage, rulebook


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """The rules with one row of one file changed."""

    def alter(file: str, rows: str, **changes: Any) -> Path:
        shutil.copytree(RULES, tmp_path, dirs_exist_ok=True)
        content = json.loads((tmp_path / file).read_text(encoding="utf-8"))
        content[rows][2] |= changes
        (tmp_path / file).write_text(json.dumps(content), encoding="utf-8")
        return tmp_path

    return alter


def test_every_rule_has_an_article_a_source_and_both_languages() -> None:
    for rule in rulebook().triage.rules:
        assert rule.article
        assert rule.source
        assert all(words.zh and words.en for words in rule.sentences.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"fact": "weather"},
        {"comparison": "about"},
        {"bound": 1.5},
        {"bound": "100000"},
        {"province": "15"},
        {"sentences": {"pass": {"zh": "是", "en": "yes"}}},
        {"weight": "heavy"},
        {"unheard": 1},
        {"article": ""},
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(
    altered: Callable[..., Path], wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        read_triage(altered("triage.json", "rules", **wrong))


def test_a_rule_in_force_twice_at_a_time_is_refused(altered: Callable[..., Path]) -> None:
    folder = altered("triage.json", "rules", id="registration.in_force", valid_from="2025-04-30")
    with pytest.raises(ValidationError, match="twice"):
        read_triage(folder)


@pytest.mark.parametrize("wrong", [{"length": 0}, {"unit": "weeks"}, {"id": "registration_report"}])
def test_a_term_that_cannot_be_meant_is_refused(
    altered: Callable[..., Path], wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        read_terms(altered("terms.json", "terms", **wrong, valid_from=None))


def test_a_number_must_name_office_year_and_sequence(altered: Callable[..., Path]) -> None:
    with pytest.raises(ValidationError):
        read_numbering(altered("numbering.json", "patterns", pattern="{office}〔{year}〕"))
