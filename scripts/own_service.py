"""A service of a script's own: gunicorn on a free port, a fresh folder, the sample brigade."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3

from scripts import bench_baseline
from scripts.sample import put_brigade
from storage.database import Database
from storage.migrate import migrate

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_service(
    *,
    workers: int = 1,
    threads: int = 4,
    folder: Path | None = None,
    people: bool = True,
    photos_url: str = "",
) -> Iterator[str]:
    """Start it, wait until it is ready, give its address, stop it; without `people`, empty."""
    with tempfile.TemporaryDirectory(prefix="handback-") as made:
        data = folder or Path(made)
        url = f"sqlite:///{data / 'handback.db'}"
        migrate(url)
        database = Database(url)
        if people:
            database.write(put_brigade)
        database.engine.dispose()
        settings = {"HANDBACK_DATA_DIR": str(data), "HANDBACK_DATABASE_URL": url}
        settings |= {"HANDBACK_PHOTOS_URL": photos_url} if photos_url else {}
        with _gunicorn("wsgi:app", settings, data / "service.log", workers, threads) as address:
            yield address


@contextmanager
def bare_service(database: Path, *, workers: int) -> Iterator[str]:
    """The baseline of scripts/bench, served in the same way."""
    bench_baseline.prepare(str(database))
    settings = {"BASELINE_DB": str(database)}
    log = database.with_suffix(".log")
    with _gunicorn("scripts.bench_baseline:app", settings, log, workers) as address:
        yield address


@contextmanager
def _gunicorn(
    app: str, settings: dict[str, str], log: Path, workers: int, threads: int = 4
) -> Iterator[str]:
    port = free_port()
    with log.open("ab") as output:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", app, "--no-control-socket"),
                *("--bind", f"127.0.0.1:{port}", "--workers", str(workers)),
                *("--worker-class", "gthread", "--threads", str(threads)),
                *("--log-level", "warning"),
            ],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=output,
            stderr=output,
        )
    try:
        _wait(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(2))
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            if pool.request("GET", f"http://127.0.0.1:{port}/readyz").status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"the service did not start: {log.read_text()[-2000:]}")
