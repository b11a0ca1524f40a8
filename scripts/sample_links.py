"""The sample's links for owners and for the notice: made once, kept beside its data."""

import json
import os
from pathlib import Path
from typing import Any

from scripts.client import Client, RefusedByService

FILE = "sample-links.json"
"""The only place where codes are ever kept, and only a sample's: the service keeps their hashes."""


class SampleLinks:
    """Paths by what they are for; the file is its owner's alone."""

    def __init__(self, folder: Path, officer: Client) -> None:
        self._file = folder / FILE
        self._officer = officer
        self._kept: dict[str, str] = (
            json.loads(self._file.read_text()) if self._file.exists() else {}
        )

    def path(self, incident_id: str, party_id: str | None = None) -> str:
        """The path handed out before, while its code is good; else that of a new code."""
        name = f"{incident_id}/{party_id or 'notice'}"
        if name not in self._kept or not self._opens(self._kept[name]):
            self._kept[name] = self._made(incident_id, party_id)["path"]
            self._write()
        return self._kept[name]

    def _opens(self, path: str) -> bool:
        """Whether the code at the path's end still opens something."""
        code = path.rpartition("/")[2]
        try:
            self._officer.raw("GET", "/v1/status", None, {"Handback-Code": code})
        except RefusedByService:
            return False
        return True

    def _made(self, incident_id: str, party_id: str | None) -> dict[str, Any]:
        path = f"/v1/incidents/{incident_id}"
        if party_id is None:
            return dict(self._officer.post(f"{path}/notice-code", {}))
        return dict(self._officer.post(f"{path}/owner-codes", {"party_id": party_id}))

    def _write(self) -> None:
        """Whole or not at all."""
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(self._kept, file, indent=1)
        fresh.replace(self._file)
