"""The sample's fires: one registered, one whose seal has begun to shrink, one just reported."""

import os
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from uuid import uuid4

from scripts.client import Client
from scripts.tour import MARKET, drawn_photos, read_plan, register_simply, tell_owner
from scripts.tour_investigation import Investigation
from scripts.tour_people import moment, person, report
from scripts.tour_shapes import choose


def tell(url: str) -> str:
    """Make the fires where there are none yet; links into them, for owners and for officers."""
    lead = person(url, "investigator")
    if not lead.get("/v1/scenes")["scenes"]:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            make(url)
    listed = lead.get("/v1/scenes")["scenes"]
    return "\nTo look at:\n" + "".join(_links(url, lead, scene) for scene in listed)


def make(url: str) -> None:
    """Over HTTP, like any client."""
    with tempfile.TemporaryDirectory() as folder:
        photos = drawn_photos(Path(folder))
        register_simply(url, photos)
        story = Investigation(url, read_plan(MARKET), photos, tell_owner)
        story.take_over()
        fire = choose(story.lead.get(f"/v1/scenes/{story.scene_id}/plan"))
        holds = story.set_seal(fire)
        story.certify(fire)
        story.survey(fire, holds)
    crew = person(url, "crew")
    crew.create(f"/v1/incidents/{uuid4()}", report(called_at=moment(12), response_ended_at=None))


def _links(url: str, lead: Client, scene: dict[str, Any]) -> str:
    path = f"/v1/incidents/{scene['incident_id']}"
    parties = lead.get(path)["parties"]
    notice = lead.post(f"{path}/notice-code", {})
    lines = [f"  an officer's look at the seal   {url}/scenes/{scene['id']}"]
    for party in parties:
        code = lead.post(f"{path}/owner-codes", {"party_id": party["id"]})
        lines.append(f"  {party['name']}'s own page   {url}{code['path']}")
    lines.append(f"  the posted notice's page   {url}{notice['path']}")
    return "\n".join(lines) + "\n"
