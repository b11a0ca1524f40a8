"""Where an S3 store is, whose keys open it, and how its originals are locked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import urllib3
from minio import Minio

from storage.s3_signature import Signer

FORM = "s3://key:secret@host:port/bucket?secure=1&region=us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Address:
    """One bucket for originals, and one for what is not an original yet (it may be the same).

    `public` is the base (scheme, host, port) under which phones reach the store; `lock_days` is how
    long the bucket's Object Lock retains every original, 0 where it has none.
    """

    endpoint: str
    secure: bool
    region: str
    access_key: str
    secret_key: str
    bucket: str
    staging: str
    public: str
    lock_days: int

    @classmethod
    def read(cls, where: str) -> "S3Address":
        """What s3://key:secret@host:port/bucket?… says.

        Raises: ValueError with what the address should look like.
        """
        address = urlsplit(where)
        bucket = address.path.strip("/")
        if not (address.username and address.password and address.hostname and bucket):
            raise ValueError(f"an S3 photo store is named like {FORM}")
        said = {key: values[-1] for key, values in parse_qs(address.query).items()}
        staging, days = said.get("staging", bucket), said.get("lock_days", "0")
        if not days.isdecimal() or (days != "0" and staging == bucket):
            raise ValueError(
                f"lock_days={days!r}: whole days, with staging= another bucket without Object Lock"
            )
        return cls._of(address, said, bucket=bucket, staging=staging, lock_days=int(days))

    @classmethod
    def _of(
        cls, address: SplitResult, said: dict[str, str], *, bucket: str, staging: str,
        lock_days: int,
    ) -> "S3Address":  # fmt: skip
        endpoint, secure = address.netloc.rpartition("@")[2], said.get("secure", "1") != "0"
        return cls(
            endpoint=endpoint,
            secure=secure,
            region=said.get("region", "us-east-1"),
            access_key=unquote(address.username or ""),
            secret_key=unquote(address.password or ""),
            bucket=bucket,
            staging=staging,
            public=said.get("public", f"{'https' if secure else 'http'}://{endpoint}").rstrip("/"),
            lock_days=lock_days,
        )

    def client(self, http: urllib3.PoolManager) -> Minio:
        """The client that makes requests by `http`."""
        return Minio(
            self.endpoint,
            access_key=self.access_key,
            secret_key=self.secret_key,
            secure=self.secure,
            region=self.region,
            http_client=http,
        )

    def signer(self, *, public: bool = False) -> Signer:
        """Signs for the service itself, or for phones."""
        ours = f"{'https' if self.secure else 'http'}://{self.endpoint}"
        return Signer(
            base=self.public if public else ours,
            region=self.region,
            access_key=self.access_key,
            secret_key=self.secret_key,
        )

    def lock(self, now: datetime) -> dict[str, str]:
        """The headers that put an object under retention from now on; none without a lock."""
        if not self.lock_days:
            return {}
        until = now + timedelta(days=self.lock_days)
        return {
            "x-amz-object-lock-mode": "COMPLIANCE",
            "x-amz-object-lock-retain-until-date": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


def patient_http() -> urllib3.PoolManager:
    """Every request ends in 3 s without a connection, in 30 s without a byte; none is repeated."""
    return urllib3.PoolManager(
        maxsize=16, retries=False, timeout=urllib3.Timeout(connect=3, read=30)
    )
