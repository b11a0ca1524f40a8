"""Hash every stored original anew and hold it to the record: what is lost, changed, unknown."""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256

from service.domain.errors import Unavailable
from service.domain.photo_verifying import Checked, Compared, Wrong, side_by_side
from service.operations.photo_ports import PhotoStore
from service.operations.ports import Transactions, Work

PAGE = 500
_DIGEST = re.compile("[0-9a-f]{64}")


def verify_photos(*, records: Transactions, store: PhotoStore) -> Iterator[Checked]:
    """Every original on record or in the store, by digest, each as it was found.

    What comes in meanwhile is no fault: whatever looks lost or unknown is asked for once more.
    Raises: Unavailable when database or store are away.
    """
    strange: list[str] = []
    for compared in side_by_side(_recorded(records), _digests(store.originals(), strange)):
        yield _checked(compared, records=records, store=store)
    for name in strange:
        yield Checked(digest=name, size_bytes=0, wrong=Wrong.UNKNOWN)


def _digests(names: Iterable[str], strange: list[str]) -> Iterator[str]:
    """Names that are digests; the others are put aside, for they stand in no order."""
    for name in names:
        if _DIGEST.fullmatch(name):
            yield name
        else:
            strange.append(name)


def _recorded(records: Transactions) -> Iterator[tuple[str, int]]:
    after = ""
    while page := records.read(partial(_page, after)):
        yield from page
        after = page[-1][0]


def _page(after: str, work: Work) -> list[tuple[str, int]]:
    return work.photos.originals(after=after, at_most=PAGE)


def _checked(compared: Compared, *, records: Transactions, store: PhotoStore) -> Checked:
    digest, size_bytes = compared.digest, compared.size_bytes or 0
    photos = records.read(lambda work: work.photos.of_digest(digest))
    found = store.size(digest)
    wrong: Wrong | None = None
    if not photos and not records.read(lambda work: work.photos.is_under_way(digest)):
        wrong = Wrong.UNKNOWN
    elif found is None:
        wrong = Wrong.MISSING
    elif photos and found != photos[0].size_bytes:
        wrong = Wrong.CHANGED
    else:
        wrong = _read(digest, found, store)
    return Checked(
        digest=digest,
        size_bytes=size_bytes if found is None else found,
        wrong=wrong,
        photos=tuple((photo.incident_id, photo.id) for photo in photos),
    )


def _read(digest: str, size_bytes: int, store: PhotoStore) -> Wrong | None:
    """What reading it to its end shows."""
    running = sha256()
    try:
        with closing(store.open(digest, start=0, stop=size_bytes)) as pieces:
            for piece in pieces:
                running.update(piece)
    except (Unavailable, OSError):
        return Wrong.UNREADABLE
    return None if running.hexdigest() == digest else Wrong.CHANGED
