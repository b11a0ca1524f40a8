"""Real photos of many cameras: right sides, digest and preview, or a refusal by name."""

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
REFUSALS = {"/problems/photo-type-refused", "/problems/photo-broken"}


def test_every_real_photo_arrives_upright_or_is_refused_by_name(
    sign_in: Any, database: Any, brigade: Any, shared_cases: Path
) -> None:
    crew, fire = sign_in(Role.CREW), an_incident(brigade.station)
    database.write(lambda work: work.incidents.put(fire, previous=0))
    seen = set()
    for file in sorted((shared_cases / "photos").iterdir()):
        content = file.read_bytes()
        upload = begin(crew, fire.id, content)
        answer = send(crew, upload, content)
        if answer.status_code != 204:
            assert answer.json["type"] in REFUSALS, file.name
            continue
        seen.add(file.name)
        path = f"/v1/incidents/{fire.id}/photos/{upload.rpartition('/')[2]}"
        photo = crew.get(path).json
        assert photo["sha256"] == hashlib.sha256(content).hexdigest()
        preview = Image.open(io.BytesIO(crew.get(photo["previews"]["phone"]).data))
        wide = (photo["width_px"] > photo["height_px"], preview.width > preview.height)
        assert wide[0] == wide[1], file.name
        if file.name in UPRIGHT:
            assert (photo["width_px"], photo["height_px"]) == UPRIGHT[file.name], file.name
    assert {"landscape_6.jpg", "portrait_8.jpg", "IMG_5195.HEIC"} <= seen
