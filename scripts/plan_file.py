"""A plan in a file, as a client sends it: GeoJSON, or an IMDF archive's files by name."""

import json
import zipfile
from pathlib import Path
from typing import Any


def as_sent(file: Path) -> dict[str, Any]:
    """`{"geojson": …}` or `{"imdf": {name: …}}`."""
    if not zipfile.is_zipfile(file):
        return {"geojson": json.loads(file.read_text())}
    with zipfile.ZipFile(file) as archive:
        members = [name for name in archive.namelist() if name.endswith(".geojson")]
        return {"imdf": {Path(n).name: json.loads(archive.read(n)) for n in members}}
