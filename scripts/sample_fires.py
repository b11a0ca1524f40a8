"""The sample's fires: one registered, one whose seal has begun to shrink, one just reported."""

import os
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from uuid import uuid4

from scripts.client import Client
from scripts.sample_links import SampleLinks
from scripts.tour import MARKET, drawn_photos, read_plan, register_simply, tell_owner
from scripts.tour_investigation import Investigation
from scripts.tour_people import moment, person, report
from scripts.tour_shapes import choose


def tell(url: str, folder: Path) -> str:
    """Make the fires where there are none yet; links into them, for owners and for officers.

    The links are kept in `folder`, so that those handed out stay good at the next start.
    """
    lead = person(url, "investigator")
    if not lead.get("/v1/scenes")["scenes"]:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            make(url)
    listed = lead.get("/v1/scenes")["scenes"]
    kept = SampleLinks(folder, lead)
    return "\nTo look at:\n" + "".join(_links(url, lead, scene, kept) for scene in listed)


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


def _links(url: str, lead: Client, scene: dict[str, Any], kept: SampleLinks) -> str:
    incident_id = scene["incident_id"]
    parties = lead.get(f"/v1/incidents/{incident_id}")["parties"]
    lines = [f"  an officer's look at the seal   {url}/scenes/{scene['id']}"]
    for party in parties:
        path = kept.path(incident_id, party["id"])
        lines.append(f"  {party['name']}'s own page   {url}{path}")
    lines.append(f"  the posted notice's page   {url}{kept.path(incident_id)}")
    return "\n".join(lines) + "\n"
