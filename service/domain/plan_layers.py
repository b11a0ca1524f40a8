"""Which layers of a drawing hold rooms, by their names or by what the sender says of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.plan_kinds import FeatureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerWords:
    """Words in layers' names, in lower case, and the kind of what is drawn there."""

    words: Mapping[str, FeatureKind]

    def kind_of(self, layer: str, told: Mapping[str, FeatureKind]) -> FeatureKind | None:
        """The kind told of this layer, or that of the longest word in its name; None for neither.

        Of words of one length, `unused` comes first: 房间标注 holds labels, not rooms.
        """
        name = layer.casefold()
        of_name = {key.casefold(): kind for key, kind in told.items()}
        if name in of_name:
            return of_name[name]
        found = [word for word in self.words if word in name]
        if not found:
            return None
        unused = FeatureKind.UNUSED
        longest = max(found, key=lambda word: (len(word), self.words[word] is unused, word))
        return self.words[longest]
