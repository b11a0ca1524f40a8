"""What is said of photos over HTTP: flags, standpoints, removals, what looks alike."""

import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from shapely import Point

from service.domain.photo import View
from service.domain.powers import Role
from tests.fires import a_photo
from tests.photo_builders import a_picture, a_view, an_incident
from tests.web.conftest import Told
from tests.web.scene_site import Site, geojson
from tests.web.test_uploads import begin, send

CONTENT = a_view(1)
HERE = {"geometry": {"type": "Point", "coordinates": [111.66, 40.82]}, "accuracy_m": 2,
        "fixed_by": "plan"}  # fmt: skip
STANDPOINT = {"level": "1", "location": HERE, "looking_deg": 135.0}
REMOVAL = {"ground": "another_fire", "reason": "隔壁楼的照片"}


@pytest.fixture
def photo(crew: Any, incident: UUID) -> str:
    """The address of one photo on record, taken an hour before the call by the phone's word."""
    return sent(crew, incident, taken_at="2026-11-24T10:00:00+08:00", position="111.70,40.82,8")


@pytest.fixture
def lead(sign_in: Any) -> Any:
    """An investigator of the brigade."""
    return sign_in(Role.INVESTIGATOR)


def sent(crew: Any, incident: UUID, content: bytes = CONTENT, **more: object) -> str:
    upload = begin(crew, incident, content, **more)
    assert send(crew, upload, content).status_code == 204
    return f"/v1/incidents/{incident}/photos/{upload.rpartition('/')[2]}"


def test_contradictions_are_told_and_refuse_nothing(crew: Any, photo: str, told: Told) -> None:
    shown = told("get_photo", crew.get(photo))
    assert [flag["kind"] for flag in shown["flags"]] == [
        "taken_before_call", "far_from_fire", "no_exif",
    ]  # fmt: skip
    assert shown["flags"][0] == {
        "kind": "taken_before_call",
        "words": {
            "zh": "按手机的时间，拍摄于接警前60分钟",
            "en": "by the phone it was taken 60 minutes before the call",
        },
        "sources": ["phone"],
    }
    assert (shown["number"], shown["camera"], shown["removed"]) == (1, None, None)


def test_what_the_camera_wrote_is_kept_apart(crew: Any, incident: UUID) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "HUAWEI", "P60", "GIMP 3.0"
    shown = crew.get(sent(crew, incident, a_picture(exif=exif), device="phone 1")).json
    assert shown["device"] == "phone 1"
    assert (shown["camera"]["model"], shown["camera"]["software"]) == ("HUAWEI P60", "GIMP 3.0")
    assert [flag["kind"] for flag in shown["flags"]] == ["edited"]


def test_a_standpoint_stands_beside_what_phone_and_file_say(
    crew: Any, photo: str, told: Told
) -> None:
    assert crew.get(f"{photo}/standpoint").json["type"] == "/problems/standpoint-unknown"
    placed = crew.put(f"{photo}/standpoint", STANDPOINT)
    assert placed.status_code == 201
    told("put_photo_standpoint", placed, STANDPOINT)
    again = crew.put(f"{photo}/standpoint", STANDPOINT)
    assert (again.status_code, again.json) == (200, placed.json)
    shown = crew.get(photo).json
    assert shown["standpoint"] == told("get_photo_standpoint", crew.get(f"{photo}/standpoint"))
    assert shown["position"]["typed"]["point"]["coordinates"] == [111.66, 40.82]
    assert shown["position"]["phone"]["point"]["coordinates"] == [111.7, 40.82]
    kinds = [(flag["kind"], flag["sources"]) for flag in shown["flags"]]
    assert ("places_disagree", ["phone", "typed"]) in kinds


def test_a_standpoint_is_put_right_by_its_version(crew: Any, photo: str) -> None:
    crew.put(f"{photo}/standpoint", STANDPOINT)
    turned = crew.put(f"{photo}/standpoint", STANDPOINT | {"looking_deg": 360}, version=1)
    assert (turned.status_code, turned.json["looking_deg"], turned.json["version"]) == (200, 0, 2)
    assert crew.put(f"{photo}/standpoint", STANDPOINT, version=1).status_code == 412
    unsaid = crew.put(f"{photo}/standpoint", {"location": HERE}, version=2)
    assert (unsaid.json["level"], unsaid.json["looking_deg"]) == (None, None)


def test_a_standpoint_names_a_level_of_the_plan(sign_in: Any, database: Any, brigade: Any) -> None:
    site = Site(sign_in(Role.INVESTIGATOR), sign_in(Role.REVIEWER), database, brigade)
    site.on_record().opened().planned()
    photo = a_photo(site.incident_id, View.DETAIL)
    database.write(lambda work: work.photos.add(photo))
    path = f"/v1/incidents/{site.incident_id}/photos/{photo.id}/standpoint"
    location = HERE | {"geometry": geojson(Point(5, 5))}
    refused = site.lead.put(path, {"level": "9", "location": location})
    assert refused.json["type"] == "/problems/level-unknown"
    assert refused.json["errors"][0]["pointer"] == "/level"
    assert site.lead.put(path, {"level": "1", "location": location}).status_code == 201


def test_a_removed_photo_is_marked_and_counts_no_more(
    crew: Any, lead: Any, incident: UUID, photo: str, told: Told
) -> None:
    kept = sent(crew, incident)
    removed = lead.put(f"{photo}/removal", REMOVAL)
    assert removed.status_code == 201
    shown = told("put_photo_removal", removed, REMOVAL)
    assert (shown["role"], shown["officer_id"]) == ("investigator", str(lead.officer.id))
    page = told("get_photos", crew.get(f"/v1/incidents/{incident}/photos"))
    assert page["by_view"]["overview"] == 1
    assert [each["removed"] for each in page["photos"]] == [shown, None]
    assert [each["number"] for each in page["photos"]] == [1, 2]
    assert crew.get(f"{photo}/original").data == CONTENT
    assert page["photos"][1]["id"] == kept.rpartition("/")[2]


def test_a_photo_is_removed_once_and_the_first_reason_stands(lead: Any, photo: str) -> None:
    first = lead.put(f"{photo}/removal", REMOVAL)
    again = lead.put(f"{photo}/removal", REMOVAL)
    assert (again.status_code, again.json) == (200, first.json)
    other = lead.put(f"{photo}/removal", REMOVAL | {"ground": "private"})
    assert (other.status_code, other.json["type"]) == (409, "/problems/photo-removed-already")


def test_the_crew_that_took_a_photo_cannot_take_it_out(crew: Any, photo: str) -> None:
    assert crew.put(f"{photo}/removal", REMOVAL).status_code == 403
    assert crew.get(photo).json["removed"] is None


def test_marks_are_put_on_photos_of_the_incident_alone(
    lead: Any, photo: str, database: Any, brigade: Any
) -> None:
    other = an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(other, previous=0))
    for path in (
        f"/v1/incidents/{other.id}/photos/{photo.rpartition('/')[2]}",
        f"{photo.rpartition('/')[0]}/{uuid4()}",
    ):
        assert lead.put(f"{path}/removal", REMOVAL).status_code == 404
        assert lead.put(f"{path}/standpoint", STANDPOINT).status_code == 404
        assert lead.get(f"{path}/standpoint").status_code == 404
        assert lead.get(f"{path}/alike").status_code == 404


def smaller(content: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(content)).resize((160, 120)).save(out, "JPEG", quality=50)
    return out.getvalue()


def test_photos_that_look_alike_are_found_across_the_brigade_by_those_who_may(
    crew: Any, incident: UUID, photo: str, sign_in: Any, brigade: Any, database: Any, told: Told
) -> None:
    again, copy = sent(crew, incident), sent(crew, incident, smaller(CONTENT))
    other = an_incident(brigade.other_station)
    database.write(lambda work: work.incidents.put(other, previous=0))
    beside = sent(sign_in(Role.CREW, brigade.other_station), other.id)

    def alike(person: Any) -> dict[str, bool]:
        found = told("get_photos_alike", person.get(f"{photo}/alike"))["alike"]
        assert all(each["distance"] <= 8 for each in found)
        return {each["id"]: each["same_original"] for each in found}

    own = {again.rpartition("/")[2]: True, copy.rpartition("/")[2]: False}
    assert alike(crew) == own
    assert alike(sign_in(Role.REVIEWER)) == own | {beside.rpartition("/")[2]: True}


def test_a_picture_unlike_all_others_is_alone(crew: Any, incident: UUID, photo: str) -> None:
    alone = sent(crew, incident, a_view(2))
    assert crew.get(f"{alone}/alike").json["alike"] == []
    assert crew.get(f"{photo}/alike").json["alike"] == []
