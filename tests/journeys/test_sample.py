"""The sample at its second start: the same fires, the same links, every one still good."""

import re
from pathlib import Path

import requests

from scripts import sample_fires
from scripts.own_service import own_service
from scripts.sample_links import FILE
from scripts.tour_people import person


def test_a_second_start_hands_out_the_links_of_the_first(tmp_path: Path) -> None:
    with own_service(folder=tmp_path) as url:
        first = sample_fires.tell(url, tmp_path)
        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
        assert sample_fires.tell(url, tmp_path) == first
        links = re.findall(rf"{url}(/[on]/\S+)", first)
        assert len(links) == 4
        assert all(requests.get(url + link, timeout=9).status_code == 200 for link in links)
        _revoke_all(url)
        renewed = re.findall(rf"{url}(/[on]/\S+)", sample_fires.tell(url, tmp_path))
        assert not set(renewed) & set(links), "a revoked code is made anew"
        assert all(requests.get(url + link, timeout=9).status_code == 200 for link in renewed)


def _revoke_all(url: str) -> None:
    lead = person(url, "investigator")
    (scene,) = lead.get("/v1/scenes")["scenes"]
    path = f"/v1/incidents/{scene['incident_id']}/owner-codes"
    for code in lead.get(path):
        lead.send("DELETE", f"{path}/{code['id']}")
