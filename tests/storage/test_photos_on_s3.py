"""The whole way of a photo with the bytes on a real S3 server, on both databases."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from service.app import create_app
from service.domain.powers import Role
from service.settings import Settings
from tests.photo_builders import a_large_picture, an_incident, announcement
from tests.s3_server import S3Server
from tests.web.test_uploads import PIECE

CONTENT = a_large_picture()


@pytest.fixture
def app(database_url: str, tmp_path: Path, s3_server: S3Server) -> Any:
    """The service with its photos in a bucket."""
    where = s3_server.photos_url(f"b{uuid4().hex}")
    made: Flask = create_app(
        Settings(data_dir=tmp_path, database_url=database_url, photos_url=where)
    )
    yield made
    made.extensions["handback-database"].engine.dispose()


def test_a_photo_comes_in_and_goes_out(sign_in: Any, database: Any, brigade: Any, app: Any) -> None:
    crew, fire, photo = sign_in(Role.CREW), an_incident(brigade.station), uuid4()
    database.write(lambda work: work.incidents.put(fire, previous=0))
    assert app.test_client().get("/readyz").status_code == 200
    upload = f"/v1/uploads/{photo}"
    crew.post("/v1/uploads", headers=announcement(fire.id, photo, CONTENT))
    for start, stop in ((0, 100), (100, len(CONTENT))):
        headers = PIECE | {"Upload-Offset": str(start)}
        answer = crew.open("PATCH", upload, data=CONTENT[start:stop], headers=headers)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(stop))
    shown = crew.get(f"/v1/incidents/{fire.id}/photos/{photo}").json
    assert crew.get(shown["original"]).data == CONTENT
    part = crew.get(shown["original"], headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.data) == (206, CONTENT[5:10])
    assert crew.get(shown["previews"]["phone"]).mimetype == "image/jpeg"
