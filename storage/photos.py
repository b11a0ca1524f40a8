"""Photos on record and uploads under way, on SQL; the bytes lie in a photo store."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Connection,
    Select,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
    update,
)

from service.domain.photo import EVENTS, Photo, View
from service.domain.photo_limits import Load
from service.domain.upload import Upload, UploadPart
from storage.events import know_events
from storage.prepared import Prepared
from storage.serialise import from_text, to_text
from storage.tables import photo_removals, photos, uploads
from storage.types import UtcDateTime

know_events(EVENTS)

_IN_THE_FILE = ~select(photo_removals.c.id).where(photo_removals.c.id == photos.c.id).exists()
_DIGESTS = Prepared(
    select(photos.c.id, photos.c.view, photos.c.digest)
    .where(photos.c.incident_id == bindparam("incident"), _IN_THE_FILE)
    .order_by(photos.c.received_at, photos.c.id)
)


class SqlPhotos:
    """The `Photos` port over one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def upload(self, id: UUID) -> Upload | UploadPart | None:
        """The unfinished upload of that id."""
        row = self._connection.execute(
            select(uploads.c.document, uploads.c.begun_at, uploads.c.incident_id).where(
                uploads.c.id == id
            )
        ).one_or_none()
        if row is None:
            return None
        kind = UploadPart if row.incident_id is None else Upload
        found: Upload | UploadPart = replace(from_text(row.document, kind), begun_at=row.begun_at)
        return found

    def begin(self, upload: Upload | UploadPart) -> None:
        """Put a new upload on record."""
        whole = upload if isinstance(upload, Upload) else None
        self._connection.execute(
            insert(uploads).values(
                id=upload.id,
                begun_at=self._now,
                incident_id=whole.incident_id if whole else None,
                size_bytes=upload.size_bytes,
                officer_id=upload.officer_id,
                device=whole.device if whole else None,
                document=_text(upload),
            )
        )

    def put_upload(self, upload: Upload | UploadPart) -> None:
        """Write what has become known of an upload that is on record."""
        self._connection.execute(
            update(uploads)
            .where(uploads.c.id == upload.id)
            .values(document=_text(upload), size_bytes=upload.size_bytes)
        )

    def uploads_begun(self, *, until: datetime, at_most: int) -> list[UUID]:
        """Unfinished uploads begun by then, the oldest first."""
        found = self._connection.execute(
            select(uploads.c.id)
            .where(uploads.c.begun_at <= until)
            .order_by(uploads.c.begun_at, uploads.c.id)
            .limit(at_most)
        )
        return list(found.scalars())

    def end(self, photo_id: UUID) -> None:
        """The upload is over."""
        self._connection.execute(delete(uploads).where(uploads.c.id == photo_id))

    def get(self, photo_id: UUID) -> Photo | None:
        """The photo of that id."""
        text = self._connection.execute(
            select(photos.c.document).where(photos.c.id == photo_id)
        ).scalar_one_or_none()
        return None if text is None else from_text(text, Photo)

    def add(self, photo: Photo) -> bool:
        """Put a photo on record, unless one has its id."""
        if self.get(photo.id) is not None:
            return False
        self._connection.execute(
            insert(photos).values(
                id=photo.id,
                incident_id=photo.incident_id,
                view=photo.view.value,
                digest=photo.digest,
                received_at=photo.received_at,
                document=to_text(photo),
                size_bytes=photo.size_bytes,
            )
        )
        return True

    def of_incident(
        self, incident_id: UUID, *, after: UUID | None = None, limit: int | None = None
    ) -> list[Photo]:
        """The photos of an incident as they were received: all, or some after that id."""
        order = (photos.c.received_at, photos.c.id)
        query = select(photos.c.document).where(photos.c.incident_id == incident_id)
        if after is not None:
            last = select(*order).where(photos.c.id == after).subquery()
            begin = select(last.c.received_at, last.c.id).scalar_subquery()
            query = query.where(tuple_(*order) > begin)
        texts = self._connection.execute(query.order_by(*order).limit(limit)).scalars()
        return [from_text(text, Photo) for text in texts]

    def number(self, photo: Photo) -> int:
        """See the port."""
        order = tuple_(photos.c.received_at, photos.c.id)
        own = tuple_(literal(photo.received_at, UtcDateTime), literal(photo.id, Uuid))
        query = select(func.count()).where(photos.c.incident_id == photo.incident_id, order <= own)
        return self._connection.execute(query).scalar_one()

    def originals(self, *, after: str, at_most: int) -> list[tuple[str, int]]:
        """See the port."""
        rows = self._connection.execute(
            select(photos.c.digest, func.max(photos.c.size_bytes))
            .where(photos.c.digest > after)
            .group_by(photos.c.digest)
            .order_by(photos.c.digest)
            .limit(at_most)
        )
        return [(digest, size) for digest, size in rows]

    def count_originals(self) -> int:
        """How many originals are on record."""
        query = select(func.count(photos.c.digest.distinct()))
        return self._connection.execute(query).scalar_one()

    def of_digest(self, digest: str) -> list[Photo]:
        """See the port."""
        query = select(photos.c.document).where(photos.c.digest == digest).order_by(photos.c.id)
        return [from_text(text, Photo) for text in self._connection.execute(query).scalars()]

    def is_under_way(self, digest: str) -> bool:
        """See the port; no index, for it is asked of what nobody has on record."""
        said = uploads.c.document.contains(f'"digest":"{digest}"', autoescape=True)
        query = select(uploads.c.id).where(said).limit(1)
        return self._connection.execute(query).first() is not None

    def digests(self, incident_id: UUID) -> list[tuple[UUID, View, str]]:
        """Id, view and SHA-256 of every photo of an incident."""
        rows = _DIGESTS.all(self._connection, {"incident": incident_id})
        return [(id, View(view), digest) for id, view, digest in rows]

    def count_by_view(self, incident_id: UUID) -> dict[View, int]:
        """How many photos of each kind of view; every view is named."""
        rows = self._connection.execute(
            select(photos.c.view, func.count())
            .where(photos.c.incident_id == incident_id, _IN_THE_FILE)
            .group_by(photos.c.view)
        )
        return dict.fromkeys(View, 0) | {View(view): number for view, number in rows}

    def load_of_incident(self, incident_id: UUID, *, most_bytes: int) -> Load:
        """See the port."""
        sizes = union_all(
            select(photos.c.size_bytes.label("size")).where(photos.c.incident_id == incident_id),
            select(uploads.c.size_bytes).where(uploads.c.incident_id == incident_id),
        )
        return self._load(select(sizes.subquery().c.size), most_bytes)

    def load_of_device(self, officer_id: UUID, device: str | None, *, most_bytes: int) -> Load:
        """See the port."""
        sizes = select(uploads.c.size_bytes.label("size")).where(
            uploads.c.officer_id == officer_id, uploads.c.device.is_not_distinct_from(device)
        )
        return self._load(sizes, most_bytes)

    def _load(self, sizes: Select[tuple[int | None]], most_bytes: int) -> Load:
        size = func.coalesce(sizes.subquery().c.size, most_bytes)
        count, total = self._connection.execute(select(func.count(), func.sum(size))).one()
        return Load(count=count, size_bytes=int(total or 0))


def _text(upload: Upload | UploadPart) -> str:
    """Without when it was begun, which its row says."""
    return to_text(replace(upload, begun_at=None))
