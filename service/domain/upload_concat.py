"""Upload-Concat of tus: one photo sent as several uploads that are put together at the end.

https://tus.io/protocols/resumable-upload, "Concatenation".
"""

from urllib.parse import urlsplit
from uuid import UUID

from service.domain.errors import Fault
from service.domain.photo_refusals import UploadHeaderInvalid, UploadPartUnfinished
from service.domain.upload_headers import header_fault
from service.domain.words import Words

PARTIAL = "partial"
PLACE = "/v1/uploads/"


def read_parts(header: str) -> tuple[UUID, ...]:
    """The uploads that "final;<address> <address>" names, in their order; none for "partial".

    Raises: UploadHeaderInvalid.
    """
    if header == PARTIAL:
        return ()
    kind, _, addresses = header.partition(";")
    try:
        parts = tuple(_id(address) for address in addresses.split())
    except ValueError:
        parts = ()
    if kind != "final" or not parts:
        wrong = Words(
            f"应为 partial 或“final;{PLACE}… {PLACE}…”",
            f"it should be partial, or final;{PLACE}… {PLACE}…",
        )
        raise UploadHeaderInvalid(header_fault("Upload-Concat", wrong))
    return parts


def _id(address: str) -> UUID:
    path = urlsplit(address).path
    if not path.startswith(PLACE):
        raise ValueError
    return UUID(path.removeprefix(PLACE))


def unfinished(part_id: UUID) -> UploadPartUnfinished:
    """The refusal to put together what is not there as a whole."""
    return UploadPartUnfinished(
        Fault(
            "/headers/Upload-Concat",
            Words(f"分段{part_id}不存在或未传完", f"{part_id} is not there, or not whole"),
            Words("请先传完各分段", "finish every part first"),
        ),
        part=str(part_id),
    )
