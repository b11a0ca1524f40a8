"""What an owner's code shows, when there is nothing to show."""

from typing import Any
from uuid import uuid4

import pytest

from service.domain.codes import Code, CodeKind
from service.domain.errors import CodeUnknown
from service.operations.read_status import read_status
from service.operations.sign_in import hash_of


def test_a_code_of_a_fire_that_is_not_on_record_opens_nothing(database: Any) -> None:
    def act(work: Any) -> None:
        work.codes.put(
            Code(
                hash=hash_of("secret"),
                kind=CodeKind.NOTICE,
                incident_id=uuid4(),
                party_id=None,
                issued_at=work.now,
                expires_at=None,
            )
        )

    database.write(act)
    with pytest.raises(CodeUnknown):
        database.read(lambda work: read_status("secret", work=work))
