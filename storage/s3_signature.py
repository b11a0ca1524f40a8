"""Presigned addresses of S3 whose headers are signed too: a length, a lock, a condition.

AWS Signature Version 4, "Authenticating Requests: Using Query Parameters"
(https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html); `minio` signs the
host alone.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Whose requests they are, and where they go: `base` is scheme, host and port."""

    base: str
    region: str
    access_key: str
    secret_key: str

    def presign(
        self,
        method: str,
        path: str,
        *,
        now: datetime,
        good_for: timedelta,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        """The address by which anybody may make this request, with exactly these headers."""
        day, moment = now.astimezone(UTC).strftime("%Y%m%d %Y%m%dT%H%M%SZ").split()
        scope = f"{day}/{self.region}/s3/aws4_request"
        signed = {"host": self.base.partition("://")[2]}
        signed |= {name.lower(): value for name, value in (headers or {}).items()}
        names = ";".join(sorted(signed))
        asked = {
            **(query or {}),
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{self.access_key}/{scope}",
            "X-Amz-Date": moment,
            "X-Amz-Expires": str(int(good_for.total_seconds())),
            "X-Amz-SignedHeaders": names,
        }
        said = "&".join(f"{_quoted(name)}={_quoted(asked[name])}" for name in sorted(asked))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        place = quote(path, safe="/~")
        request = f"{method}\n{place}\n{said}\n{lines}\n{names}\nUNSIGNED-PAYLOAD"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{sha256(request.encode()).hexdigest()}"
        key = f"AWS4{self.secret_key}".encode()
        for part in (*scope.split("/"), text):
            key = hmac.digest(key, part.encode(), "sha256")
        return f"{self.base}{place}?{said}&X-Amz-Signature={key.hex()}"


def _quoted(text: str) -> str:
    return quote(text, safe="~")
