"""How much photos may take up: the last that fits, and the first that does not."""

import pytest

from service.domain.photo_limits import (
    Load,
    PhotoLimits,
    device_must_have_room,
    incident_must_have_room,
)
from service.domain.photo_refusals import DeviceTooBusy, IncidentBytesFull, IncidentPhotosFull

LIMITS = PhotoLimits(incident_photos=3, incident_bytes=1000, device_uploads=2, device_bytes=500)


def test_an_incident_takes_photos_up_to_its_limit() -> None:
    incident_must_have_room(Load(count=2, size_bytes=900), size_bytes=100, limits=LIMITS)
    with pytest.raises(IncidentPhotosFull) as full:
        incident_must_have_room(Load(count=3, size_bytes=0), size_bytes=1, limits=LIMITS)
    assert full.value.facts == {"limit": 3}


def test_an_incident_takes_bytes_up_to_its_limit() -> None:
    with pytest.raises(IncidentBytesFull) as full:
        incident_must_have_room(Load(count=2, size_bytes=900), size_bytes=101, limits=LIMITS)
    assert full.value.facts == {"limit": 1000}


@pytest.mark.parametrize("load", [Load(count=2, size_bytes=0), Load(count=1, size_bytes=401)])
def test_a_device_finishes_what_it_has_under_way_before_it_sends_more(load: Load) -> None:
    device_must_have_room(Load(count=1, size_bytes=400), size_bytes=100, limits=LIMITS)
    with pytest.raises(DeviceTooBusy) as busy:
        device_must_have_room(load, size_bytes=100, limits=LIMITS)
    assert busy.value.facts == {"retry_after": 60}
