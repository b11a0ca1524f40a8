"""What photos look like, on SQL, and beside it in one array that a process keeps and extends.

The array is a cache of the table: a new process reads it anew, and a search first reads what was
added since. Numbers are given out in order, yet a transaction may commit after one that has a
higher number: so the last `AGAIN` numbers are read again each time.
"""

import threading
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, bindparam, insert, select

from service.domain.photo import Photo
from service.domain.photo_fingerprint import Alike, Fingerprints, distances
from storage.prepared import Prepared
from storage.serialise import from_text
from storage.tables import incidents, photo_fingerprints, photos

AGAIN = 1000
_CHUNK = 500
_SINCE = Prepared(
    select(photo_fingerprints.c.seq, photo_fingerprints.c.fingerprint)
    .where(photo_fingerprints.c.seq > bindparam("after"))
    .order_by(photo_fingerprints.c.seq)
    .limit(bindparam("at_most", type_=Integer))
)
_TWO_TO_64, _HIGHEST = 2**64, 2**63


class FingerprintArray:
    """Every fingerprint on record, contiguous, with its number in the table; one a process.

    Rows are read `at_once`, so that a first reading of a million takes little memory.
    """

    def __init__(self, *, at_once: int = 50_000) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._numbers: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._prints: Fingerprints = np.empty(0, dtype=np.uint64)
        self._count = 0
        self._last = 0

    def up_to_date(self, connection: Connection) -> tuple[NDArray[np.int64], Fingerprints]:
        """Numbers and fingerprints, those added since included: two arrays of one length."""
        with self._lock:
            after = max(self._last - AGAIN, 0)
            while rows := _SINCE.bare(connection, {"after": after, "at_most": self._at_once}):
                found = np.array(rows, dtype=np.int64)
                known = self._numbers[: self._count]
                self._add(found[~np.isin(found[:, 0], known[known > after])])
                after = int(found[-1, 0])
            self._last = max(self._last, after)
            return self._numbers[: self._count], self._prints[: self._count]

    def _add(self, rows: NDArray[np.int64]) -> None:
        """Write rows (n, 2) behind the others: what was handed out is never written into."""
        end = self._count + len(rows)
        if end > len(self._numbers):
            room = max(end, 2 * self._count)
            numbers, prints = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.uint64)
            numbers[: self._count] = self._numbers[: self._count]
            prints[: self._count] = self._prints[: self._count]
            self._numbers, self._prints = numbers, prints
        self._numbers[self._count : end] = rows[:, 0]
        self._prints[self._count : end] = rows[:, 1].view(np.uint64)
        self._count = end


class SqlLikenesses:
    """The `Likenesses` port over one transaction, and the array of this process."""

    def __init__(self, connection: Connection, array: FingerprintArray) -> None:
        self._connection = connection
        self._array = array

    def put(self, photo_id: UUID, fingerprint: int) -> None:
        """Put it on record; the database's whole numbers have a sign."""
        signed = fingerprint - _TWO_TO_64 if fingerprint >= _HIGHEST else fingerprint
        self._connection.execute(
            insert(photo_fingerprints).values(photo_id=photo_id, fingerprint=signed)
        )

    def of(self, photo_id: UUID) -> int | None:
        """That of one photo."""
        column = photo_fingerprints.c.fingerprint
        signed = self._connection.execute(
            select(column).where(photo_fingerprints.c.photo_id == photo_id)
        ).scalar_one_or_none()
        return None if signed is None else signed % _TWO_TO_64

    def near(self, photo_id: UUID, *, within: int, under: str, at_most: int) -> list[Alike]:
        """See the port. Whose photos they are is asked of the database, never of the array."""
        wanted = self.of(photo_id)
        if wanted is None:
            return self._same(photo_id, under, at_most)
        numbers, prints = self._array.up_to_date(self._connection)
        apart = distances(prints, wanted)
        places = np.flatnonzero(apart <= within)
        places = places[np.lexsort((numbers[places], apart[places]))]
        found: list[Alike] = []
        for begin in range(0, len(places), _CHUNK):
            chunk = places[begin : begin + _CHUNK]
            seen = self._seen(numbers[chunk].tolist(), photo_id, under)
            found += [
                Alike(photo=seen[number], distance=int(bits))
                for number, bits in zip(numbers[chunk].tolist(), apart[chunk], strict=True)
                if number in seen
            ]
            if len(found) >= at_most:
                break
        return found[:at_most]

    def _same(self, photo_id: UUID, under: str, at_most: int) -> list[Alike]:
        """Photos of the same original: all that is alike where nothing is to be seen."""
        own = select(photos.c.digest).where(photos.c.id == photo_id).scalar_subquery()
        rows = self._connection.execute(
            select(photos.c.document)
            .join(incidents, incidents.c.id == photos.c.incident_id)
            .where(
                photos.c.digest == own,
                photos.c.id != photo_id,
                incidents.c.station_path.startswith(under, autoescape=True),
            )
            .order_by(photos.c.received_at, photos.c.id)
            .limit(at_most)
        )
        return [Alike(photo=from_text(text, Photo), distance=0) for text in rows.scalars()]

    def _seen(self, numbers: list[int], photo_id: UUID, under: str) -> dict[int, Photo]:
        """Those photos that lie within the jurisdiction, by their numbers."""
        rows = self._connection.execute(
            select(photo_fingerprints.c.seq, photos.c.document)
            .join(photos, photos.c.id == photo_fingerprints.c.photo_id)
            .join(incidents, incidents.c.id == photos.c.incident_id)
            .where(
                photo_fingerprints.c.seq.in_(numbers),
                photos.c.id != photo_id,
                incidents.c.station_path.startswith(under, autoescape=True),
            )
        )
        return {row.seq: from_text(row.document, Photo) for row in rows}
