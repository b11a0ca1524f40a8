"""What the headers of tus say: whole numbers and checksums.

https://tus.io/protocols/resumable-upload, "Headers", "Checksum".
"""

import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import new as new_hash

from service.domain.errors import ChecksumWrong, Fault
from service.domain.photo_refusals import UploadHeaderInvalid
from service.domain.words import Words

CHECKSUMS = ("sha1", "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """The checksum that came with one piece."""

    algorithm: str
    digest: bytes

    def must_match(self, parts: Iterable[bytes]) -> None:
        """Refuse a piece that changed on its way.

        Raises: ChecksumWrong.
        """
        running = new_hash(self.algorithm)
        for part in parts:
            running.update(part)
        if running.digest() != self.digest:
            raise ChecksumWrong(
                Fault(
                    "/headers/Upload-Checksum",
                    Words("收到的分片与校验和不符", "the piece received has another checksum"),
                    Words("请从同一位置重发这一分片", "send the piece again from the same offset"),
                )
            )


def read_checksum(header: str) -> Checksum:
    """Upload-Checksum: an algorithm and the Base64 of its digest.

    Raises: UploadHeaderInvalid.
    """
    algorithm, _, encoded = header.partition(" ")
    try:
        digest = b64decode(encoded, validate=True)
    except ValueError:
        digest = b""
    if algorithm not in CHECKSUMS or len(digest) != new_hash(algorithm).digest_size:
        wrong = Words(
            "应为 sha1 或 sha256 及其 Base64 摘要", "it should be sha1 or sha256 and Base64"
        )
        raise UploadHeaderInvalid(header_fault("Upload-Checksum", wrong))
    return Checksum(algorithm=algorithm, digest=digest)


def read_count(name: str, header: str | None) -> int:
    """The whole number in the header of that name.

    Raises: UploadHeaderInvalid.
    """
    if header is None or not re.fullmatch(r"[0-9]{1,15}", header):
        wrong = Words("应为一个非负整数", "it should be a whole number, not negative")
        raise UploadHeaderInvalid(header_fault(name, wrong))
    return int(header)


def read_length(length: str | None, defer: str | None) -> int | None:
    """The length that is announced; None where Upload-Defer-Length says that it comes later.

    Raises: UploadHeaderInvalid.
    """
    if defer is None:
        return read_count("Upload-Length", length)
    if defer != "1" or length is not None:
        wrong = Words(
            "应为 1，且不与 Upload-Length 同用", "it should be 1, and without Upload-Length"
        )
        raise UploadHeaderInvalid(header_fault("Upload-Defer-Length", wrong))
    return None


def header_fault(name: str, wrong: Words) -> Fault:
    """The fault of the header of that name."""
    return Fault(
        f"/headers/{name}", wrong, Words("请改正后重新发送", "correct it and send it again")
    )
