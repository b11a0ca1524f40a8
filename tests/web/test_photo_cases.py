"""Real photos of many cameras: right sides, digest, and previews that stand upright."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from service.domain.powers import Role
from tests.photo_builders import an_incident
from tests.web.test_uploads import begin, send

pytestmark = pytest.mark.shared_cases

UPRIGHT = {  # file → sides after orientation, as libjpeg and libheif show them
    "36-memory_error.jpg": (1600, 1200),
    "Canon_40D.jpg": (100, 68),
    "DSCN0010.jpg": (640, 480),
    "DSCN0042.jpg": (640, 480),
    "IMG_5195.HEIC": (2566, 3313),
    "corrupted.jpg": (3648, 2736),
    "image01088.jpg": (425, 120),
    "landscape_1.jpg": (600, 450),
    "landscape_3.jpg": (600, 450),
    "landscape_6.jpg": (600, 450),
    "no_exif.jpg": (322, 466),
    "portrait_5.jpg": (450, 600),
    "portrait_8.jpg": (450, 600),
}
LOOK_ALIKE = (
    ("landscape_1.jpg", "landscape_3.jpg", "landscape_6.jpg"),
    ("portrait_5.jpg", "portrait_8.jpg"),
)
"""The same view, held by the camera in different ways."""


def grey_of(jpeg: bytes) -> list[int]:
    with Image.open(io.BytesIO(jpeg)) as preview:
        return list(preview.convert("L").resize((8, 8), Image.Resampling.BOX).tobytes())


def test_every_real_photo_arrives_whole_and_is_shown_upright(
    sign_in: Any, database: Any, brigade: Any, shared_cases: Path
) -> None:
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    shown = {}
    for file in sorted((shared_cases / "photos").iterdir()):
        content = file.read_bytes()
        upload = begin(crew, fire.id, content)
        assert send(crew, upload, content).status_code == 204, file.name
        path = f"/v1/incidents/{fire.id}/photos/{upload.rpartition('/')[2]}"
        photo = crew.get(path).json
        assert photo["sha256"] == hashlib.sha256(content).hexdigest()
        assert (photo["width_px"], photo["height_px"]) == UPRIGHT[file.name], file.name
        shown[file.name] = crew.get(photo["previews"]["phone"]).data
        with Image.open(io.BytesIO(shown[file.name])) as preview:
            scale = max(preview.size) / max(UPRIGHT[file.name])
            assert preview.size == tuple(round(side * scale) for side in UPRIGHT[file.name])
    assert shown.keys() == UPRIGHT.keys()
    for first, *others in LOOK_ALIKE:
        for other in others:
            pairs = zip(grey_of(shown[first]), grey_of(shown[other]), strict=True)
            assert max(abs(one - two) for one, two in pairs) < 24, other
