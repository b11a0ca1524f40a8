"""Where photos lie in a folder, nothing goes past the service."""

from typing import Any
from uuid import UUID, uuid4


def test_a_folder_takes_nothing_past_the_service(crew: Any, incident: UUID) -> None:
    place = f"/v1/direct-uploads/{uuid4()}"
    said = {"incident_id": str(incident), "view": "detail", "sha256": "ab" * 32, "size_bytes": 9}
    for answer in (crew.put(place, said), crew.post(f"{place}/completion")):
        assert (answer.status_code, answer.json["type"]) == (409, "/problems/direct-upload-absent")
