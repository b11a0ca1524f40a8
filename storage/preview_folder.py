"""Previews already made, kept in a folder by the digest of their original.

A lost or half-written preview costs time, never truth: files appear whole by a rename, and a
folder that cannot be written only means that previews are made again.
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from service.domain.preview import PreviewRecipe


class PreviewFolder:
    """The `Previews` port over a folder that may be emptied at any time."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, digest: str, recipe: PreviewRecipe) -> bytes | None:
        """The preview, if it was made; empty where it was refused."""
        with suppress(OSError):
            return self._path(digest, recipe).read_bytes()
        return None

    def put(self, digest: str, recipe: PreviewRecipe, preview: bytes) -> None:
        """Keep it, if there is room."""
        path = self._path(digest, recipe)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(preview)
            Path(file.name).replace(path)

    def _path(self, digest: str, recipe: PreviewRecipe) -> Path:
        return self._root / digest[:2] / f"{digest}-{recipe.name}.jpg"
