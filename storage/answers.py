"""Stored answers to writes: what a repeated request is given again."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from service.operations.ports import Answer
from storage.documents import stale
from storage.prepared import Prepared
from storage.tables import answers

_GET = Prepared(
    select(answers).where(answers.c.actor == bindparam("a"), answers.c.key == bindparam("k"))
)
_PUT = Prepared(insert(answers))


class SqlAnswers:
    """The `Answers` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, actor: str, key: UUID) -> Answer | None:
        """The answer given to this actor under this key, if any."""
        row = _GET.first(self._connection, {"a": actor, "k": key})
        if row is None:
            return None
        return Answer(
            actor=row.actor,
            key=row.key,
            digest=row.digest,
            status=row.status,
            etag=row.etag,
            body=row.body,
            answered_at=row.answered_at,
        )

    def put(self, answer: Answer) -> None:
        """Keep the answer for ever (at least 90 days; nothing deletes earlier)."""
        row = {name: getattr(answer, name) for name in Answer.__slots__}
        try:
            _PUT.run(self._connection, row)
        except IntegrityError as clash:
            raise stale(0) from clash
