"""Two fires, from the call to the reopening of every unit, over HTTP like any client."""

import argparse
import json
import os
import sys
import tempfile
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import urllib3
from PIL import Image, ImageDraw

from scripts.client import Client, RefusedByService
from scripts.own_service import ROOT, own_service
from scripts.plan_file import as_sent
from scripts.tour_investigation import Investigation
from scripts.tour_people import PLACE, moment, person, put_party, put_statement, report, send_photos

MARKET = ROOT / "docs" / "samples" / "market.geojson"
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif"}


class Stop(Exception):
    """One clear sentence for whoever asked."""


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="scripts/tour", description=__doc__)
    parser.add_argument("--plan", type=Path, default=MARKET, help="a GeoJSON plan or IMDF archive")
    parser.add_argument("--photos", type=Path, help="a folder of photos (three are drawn if not)")
    parser.add_argument(
        "--url", help="a service started by scripts/run --sample, not one of its own"
    )
    options = parser.parse_args()
    came_from = Path(os.environ.get("INVOKED_FROM", "."))
    options.plan = came_from / options.plan
    options.photos = came_from / options.photos if options.photos else None
    return options


def read_plan(file: Path) -> dict[str, Any]:
    """The body for PUT /plan; a plan drawn elsewhere is moved here, in its own metres.

    Raises: Stop.
    """
    try:
        body = as_sent(file)
    except OSError as fault:
        raise Stop(f"cannot read {file} ({fault.strerror})") from fault
    except (ValueError, zipfile.BadZipFile) as fault:
        raise Stop(f"{file} is neither GeoJSON nor an IMDF archive") from fault
    return body if file.samefile(MARKET) else body | {"placement": {"anchor": PLACE}}


def photos_in(folder: Path) -> list[Path]:
    """The pictures of a folder by name. Raises: Stop."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES)
    except OSError as fault:
        raise Stop(f"cannot read the folder {folder} ({fault.strerror})") from fault


def must_have_the_sample(url: str) -> None:
    """Sign in as one of the sample brigade. Raises: Stop."""
    try:
        person(url, "crew")
    except urllib3.exceptions.HTTPError as fault:
        raise Stop(f"no service answers at {url}; start one by scripts/run --sample") from fault
    except (RefusedByService, ValueError, TypeError, KeyError) as fault:
        raise Stop(
            f"the sample's crew cannot sign in at {url}; start it by scripts/run --sample"
        ) from fault


def drawn_photos(folder: Path) -> list[Path]:
    """Four pictures where no folder of photos was named."""
    files = []
    for number, colour in enumerate(("#844", "#484", "#448", "#884")):
        picture = Image.new("RGB", (640, 480), colour)
        ImageDraw.Draw(picture).text((20, 20), f"sample {number + 1}", fill="white")
        files.append(folder / f"sample-{number + 1}.jpg")
        picture.save(files[-1])
    return files


def register_simply(url: str, photos: list[Path]) -> None:
    """一、简易登记: slight loss, no dispute, clear facts; registered by the station at once."""
    print("\n一、简易登记 simplified registration")
    crew, incident_id = person(url, "crew"), uuid4()
    point = {"type": "Point", "coordinates": PLACE}
    located = {"geometry": point, "accuracy_m": 1.5, "fixed_by": "gps"}
    crew.create(
        f"/v1/incidents/{incident_id}",
        report(
            burned_area=located,
            cause={"kind": "electrical", "text": "插座接触不良"},
            origin={"text": "柜台下方插座", "location": located},
            account="到场时明火已灭，烧毁插座及柜台一角，未蔓延。",
            loss={"items": [{"what": "柜台", "amount_fen": 42000}]},
            units=[{"id": "105", "name": "105 铺"}],
        ),
    )
    kept = send_photos(crew, incident_id, photos)
    if len(kept) < 4:  # a folder of few good photos: the rest is drawn
        with tempfile.TemporaryDirectory() as folder:
            views = drawn_photos(Path(folder))
            kept += [
                crew.send_photo(incident_id, views[n], view)
                for n, view in enumerate(("setting", "overview", "key_part", "detail"))
            ]
    owner = put_party(crew, incident_id, "赵掌柜", "operator", ["105"])
    put_statement(crew, incident_id, owner, "插座打火，我用灭火器扑灭。", "no_objection")
    judged = crew.get(f"/v1/incidents/{incident_id}/triage")
    for route in judged["routes"]:
        print(f"  判定 triage {route['route']}: {route['status']}")
    done = crew.create(f"/v1/incidents/{incident_id}/registration", {})
    print(f"  登记 registered: {done['certificate']['number']}")
    tell_owner(url, crew, incident_id, owner)


def tell_owner(url: str, officer: Client, incident_id: UUID, party_id: UUID) -> None:
    """Hand over a code, and look through it as its owner does."""
    made = officer.post(f"/v1/incidents/{incident_id}/owner-codes", {"party_id": str(party_id)})
    seen = json.loads(
        Client(url).raw("GET", "/v1/status", None, {"Handback-Code": made["code"]}).data
    )
    for unit in seen["units"]:
        why = "；".join(reason["zh"] for reason in unit["reasons"][:2])
        state = f"{unit['words']['zh']} {unit['words']['en']}"
        print(f"  当事人看到 the owner reads: {unit['name']}: {state} {why}")


def run() -> None:
    """Both stories, on a service of the tour's own unless one is named.

    Raises: Stop, RefusedByService.
    """
    options = arguments()
    plan = read_plan(options.plan)
    given = photos_in(options.photos) if options.photos else None
    service = nullcontext(options.url) if options.url else own_service()
    with tempfile.TemporaryDirectory() as folder, service as url:
        must_have_the_sample(url)
        photos = drawn_photos(Path(folder)) if given is None else given
        register_simply(url, photos)
        print(f"\n二、一般程序与现场封闭 investigation and seal: {options.plan.name}")
        Investigation(url, plan, photos, tell_owner).run()
        print(f"\n全部恢复使用 everything is open again ({moment()})")


def main() -> None:
    """What cannot be toured is told in a sentence."""
    try:
        run()
    except Stop as reason:
        sys.exit(f"scripts/tour: {reason}")
    except RefusedByService as refusal:
        sys.exit(f"scripts/tour: the service refused: {refusal}")


if __name__ == "__main__":
    main()
