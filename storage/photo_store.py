"""The photo store that a setting names: a folder's path, or an S3 bucket's address."""

from pathlib import Path

from storage.photo_folder import PhotoFolder
from storage.photo_quarantine import PhotoQuarantine
from storage.photo_s3 import PhotoS3
from storage.s3_address import S3Address


def open_photo_store(where: str) -> PhotoFolder | PhotoS3:
    """The store at a folder's path, or at s3://key:secret@host:port/bucket?secure=0.

    Raises: ValueError with what the address should look like.
    """
    if not where.startswith("s3://"):
        return PhotoFolder(Path(where.removeprefix("file://")))
    return PhotoS3(S3Address.read(where))


def open_quarantine(where: str) -> PhotoQuarantine | None:
    """Where phones send straight to that store; a folder takes nothing past the service.

    Raises: ValueError with what the address should look like.
    """
    if not where.startswith("s3://"):
        return None
    address = S3Address.read(where)
    return PhotoQuarantine(address, PhotoS3(address))
