"""Hash every stored photo anew and hold it to the record.

scripts/verify [--data FOLDER] [--json]: 0 when all are whole, 1 when any is lost, changed,
unreadable or unknown, 2 when database or store are away. Nothing is changed.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TextIO

from service.domain.errors import Unavailable
from service.domain.photo_verifying import WRONG_WORDS, Checked
from service.operations.verify_photos import verify_photos
from service.settings import Settings
from storage.database import Database
from storage.photo_store import open_photo_store

ROOT = Path(__file__).resolve().parent.parent


def arguments(argv: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="scripts/verify", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="the folder of database and photos (.data)")
    parser.add_argument("--json", action="store_true", help="an object a fault, and one at the end")
    return parser.parse_args(argv)


def verify(
    settings: Settings, *, as_json: bool, out: TextIO, progress: TextIO, every_seconds: float = 1.0
) -> int:
    """Tell every fault as it is found, and the sum at the end; the exit status."""
    database = Database(settings.database)
    seen, size_bytes, told_at = Counter[str](), 0, time.monotonic()
    try:
        expected = database.read(lambda work: work.photos.count_originals())
        for checked in verify_photos(records=database, store=open_photo_store(settings.photos)):
            seen[checked.wrong or "whole"] += 1
            size_bytes += checked.size_bytes
            if checked.wrong is not None:
                print(_line(checked, as_json=as_json), file=out, flush=True)
            if time.monotonic() - told_at > every_seconds:
                told_at = time.monotonic()
                progress.write(f"{seen.total():,} / {expected:,}, {size_bytes / 1e9:.1f} GB\n")
    except Unavailable as refusal:
        print(f"{refusal.TITLE.zh} {refusal.TITLE.en}: {refusal}", file=progress)
        return 2
    finally:
        database.engine.dispose()
    whole = seen.pop("whole", 0)
    if as_json:
        print(json.dumps({"whole": whole, "bytes": size_bytes, "wrong": seen}), file=out)
    else:
        faults = ", ".join(f"{count} {kind}" for kind, count in seen.items()) or "无异常 no fault"
        print(f"{whole} 件完好 whole, {size_bytes / 1e6:.1f} MB; {faults}", file=out)
    return int(bool(seen))


def _line(checked: Checked, *, as_json: bool) -> str:
    assert checked.wrong is not None  # noqa: S101 - only what is wrong is told
    photos = [{"incident": str(one), "photo": str(other)} for one, other in checked.photos]
    if as_json:
        return json.dumps({"wrong": checked.wrong, "sha256": checked.digest, "photos": photos})
    words = WRONG_WORDS[checked.wrong]
    whose = "".join(f"\n    /v1/incidents/{x['incident']}/photos/{x['photo']}" for x in photos)
    return f"{checked.wrong:10} {checked.digest}  {words.zh} {words.en}{whose}"


def _away(reason: str) -> int:
    print(f"scripts/verify: {reason}", file=sys.stderr)
    return 2


def main() -> int:
    """0 where every original is whole; nothing is made where there is no database."""
    asked = arguments(sys.argv[1:])
    folder = ROOT / ".data"
    if asked.data:
        folder = Path(os.environ.get("INVOKED_FROM", ".")) / asked.data
    os.environ.setdefault("HANDBACK_DATA_DIR", str(folder.absolute()))
    try:
        settings = Settings.from_env()
    except ValueError as fault:
        return _away(str(fault))
    if not settings.database_url and not (settings.data_dir / "handback.db").is_file():
        return _away(f"there is no database in {settings.data_dir}; name its folder by --data")
    return verify(settings, as_json=asked.json, out=sys.stdout, progress=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
