"""Sentences for people, in Chinese and English together."""

from dataclasses import dataclass


def quoted(text: str) -> str:
    """What somebody typed, marked as a quotation: it is in one language, the sentence in two."""
    return f"“{text}”"


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages; neither may be missing."""

    zh: str
    en: str

    def format(self, **values: object) -> "Words":
        """Fill the placeholders of both sentences with the same values."""
        return Words(self.zh.format(**values), self.en.format(**values))
