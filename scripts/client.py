"""A small client of the service: tokens, keys and preconditions brought along, refusals raised."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import urllib3


class RefusedByService(Exception):
    """A 4xx or 5xx; `problem` is the RFC 9457 body."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        faults = "; ".join(
            f"{fault['pointer']}: {fault['detail_en']}" for fault in problem.get("errors", [])
        )
        super().__init__(f"{status} {problem.get('title_en')} {faults}")
        self.status = status
        self.problem = problem


class Client:
    """One person's connection."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(60))

    def sign_in(self, username: str, password: str) -> dict[str, Any]:
        """Get a token and keep it; the answer says who is signed in."""
        answer = self.send("POST", "/v1/sessions", {"username": username, "password": password})
        self.token = answer["token"]
        return dict(answer["user"])

    def get(self, path: str) -> Any:
        """Read."""
        return self.send("GET", path)

    def create(self, path: str, body: dict[str, Any]) -> Any:
        """PUT what is not there yet."""
        return self.send("PUT", path, body, {"If-None-Match": "*"})

    def correct(self, path: str, body: dict[str, Any], version: int) -> Any:
        """PUT over the version that was read."""
        return self.send("PUT", path, body, {"If-Match": f'"{version}"'})

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Ask for something to be made or worked out."""
        return self.send("POST", path, body)

    def send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """One request with a fresh key; the parsed answer. Raises: RefusedByService."""
        response = self.raw(
            method,
            path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"} | (headers or {}),
        )
        return json.loads(response.data) if response.data else None

    def raw(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> urllib3.BaseHTTPResponse:
        """One request as it is. Raises: RefusedByService."""
        usual = {"Idempotency-Key": str(uuid4())}
        if self.token:
            usual["Authorization"] = f"Bearer {self.token}"
        response = self.pool.request(
            method, self.url + path, body=body, headers=usual | headers, redirect=False
        )
        if response.status >= 400:
            try:
                problem = json.loads(response.data)
            except ValueError:
                problem = {}
            raise RefusedByService(response.status, problem)
        return response

    def send_photo(self, incident_id: UUID, file: Path, view: str) -> UUID:
        """Upload one file by tus, in two pieces, and return the photo's id."""
        photo_id, data = uuid4(), file.read_bytes()
        metadata = {
            "incident": str(incident_id),
            "photo": str(photo_id),
            "view": view,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        encoded = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items()
        )
        tus = {"Tus-Resumable": "1.0.0"}
        made = self.raw(
            "POST",
            "/v1/uploads",
            b"",
            tus | {"Upload-Length": str(len(data)), "Upload-Metadata": encoded},
        )
        place = made.headers["Location"].removeprefix(self.url)
        half = len(data) // 2
        for offset, piece in ((0, data[:half]), (half, data[half:])):
            self.raw(
                "PATCH",
                place,
                piece,
                tus
                | {
                    "Upload-Offset": str(offset),
                    "Content-Type": "application/offset+octet-stream",
                    "Upload-Checksum": "sha256 "
                    + base64.b64encode(hashlib.sha256(piece).digest()).decode(),
                },
            )
        return photo_id
