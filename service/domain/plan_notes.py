"""What an import says of a plan: one sentence for all features it is true of."""

from dataclasses import dataclass, field

from service.domain.words import Words

_LISTED = 8


@dataclass(slots=True)
class Notes:
    """Sentences gathered while a plan is read, each with the features it is about."""

    _about: dict[Words, list[str]] = field(default_factory=dict)

    def add(self, zh: str, en: str, *about: str) -> None:
        """Say this of a feature; the same sentence is said once for all."""
        self._about.setdefault(Words(zh, en), []).extend(about)

    def told(self) -> tuple[Words, ...]:
        """Every sentence with the first features it is about, and how many more there are."""
        return tuple(_listed(words, about) for words, about in self._about.items())


def _listed(words: Words, about: list[str]) -> Words:
    if not about:
        return words
    names = ", ".join(about[:_LISTED])
    zh, en = (
        (f" 等 {len(about)} 个", f" … {len(about)} in all") if len(about) > _LISTED else ("", "")
    )
    return Words(f"{words.zh}：{names}{zh}", f"{words.en}: {names}{en}")
