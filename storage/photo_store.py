"""The photo store that a setting names: a folder's path, or an S3 bucket's address."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from storage.photo_folder import PhotoFolder
from storage.photo_s3 import PhotoS3

FORM = "s3://key:secret@host:port/bucket?secure=1&region=us-east-1"


def open_photo_store(where: str) -> PhotoFolder | PhotoS3:
    """The store at a folder's path, or at s3://key:secret@host:port/bucket?secure=0.

    Raises: ValueError with what the address should look like.
    """
    if not where.startswith("s3://"):
        return PhotoFolder(Path(where.removeprefix("file://")))
    address = urlsplit(where)
    bucket = address.path.strip("/")
    if not (address.username and address.password and address.hostname and bucket):
        raise ValueError(f"an S3 photo store is named like {FORM}")
    said = {key: values[-1] for key, values in parse_qs(address.query).items()}
    return PhotoS3(
        address.netloc.rpartition("@")[2],
        access_key=unquote(address.username),
        secret_key=unquote(address.password),
        bucket=bucket,
        region=said.get("region", "us-east-1"),
        secure=said.get("secure", "1") != "0",
    )
