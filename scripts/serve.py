"""What scripts/run does once Python and its packages are there: prepare, start, wait, tell."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from scripts import sample, sample_fires
from service.operations.first_administrator import MINUTES, make_first_link
from service.settings import Settings
from storage.database import Database
from storage.migrate import migrate

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
READY_SECONDS = 60


class Stop(Exception):
    """One clear sentence for whoever started it."""


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/run", description="Start handback on this machine, reachable from it alone."
    )
    parser.add_argument(
        "--sample", action="store_true", help="a sample brigade, people and fires, in .sample"
    )
    parser.add_argument("--port", type=int, default=8000, help="8000 unless told otherwise")
    parser.add_argument("--data", type=Path, help="the folder of database and photos (.data)")
    parser.add_argument("--workers", type=int, default=2, help="gunicorn's processes (2)")
    return parser.parse_args()


def settings_for(options: argparse.Namespace) -> Settings:
    """The settings of the environment, with what the command line says.

    Raises: Stop when a variable cannot be read.
    """
    folder = ROOT / (".sample" if options.sample else ".data")
    if options.data:
        folder = Path(os.environ.get("INVOKED_FROM", ".")) / options.data
    os.environ.setdefault("HANDBACK_PUBLIC_URL", f"http://{HOST}:{options.port}")
    os.environ["HANDBACK_DATA_DIR"] = str(folder.absolute())
    os.environ["HANDBACK_SAMPLE"] = "1" if options.sample else "0"
    try:
        return Settings.from_env()
    except ValueError as fault:
        raise Stop(str(fault)) from fault


def must_be_writable(folder: Path) -> None:
    """Make the data folder and try it. Raises: Stop."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds personal data
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise Stop(
            f"cannot write to {folder} ({fault.strerror}); name another folder by --data"
        ) from fault


def must_be_free(port: int) -> None:
    """Try the port as gunicorn will take it. Raises: Stop."""
    try:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, port))
    except (OSError, OverflowError) as fault:
        raise Stop(
            f"port {port} on {HOST} cannot be taken ({getattr(fault, 'strerror', fault)}); "
            f"stop what uses it, or choose another: scripts/run --port 8001"
        ) from fault


def prepare(settings: Settings) -> str:
    """Migrate, and make the sample or the first link; what to tell about it. Raises: Stop."""
    try:
        migrate(settings.database)
    except Exception as fault:
        reason = str(fault).splitlines()[0]
        raise Stop(f"the database cannot be brought up to date: {reason}") from fault
    database = Database(settings.database)
    try:
        if settings.sample:
            return sample.fill(database, settings)
        code = database.write(lambda work: make_first_link(work=work))
    finally:
        database.engine.dispose()
    if code is None:
        return ""
    return (
        f"\nNobody is here yet. Become its first administrator within {MINUTES} minutes:\n"
        f"  {settings.public_url}/first-administrator/{code}\n"
    )


def start(port: int, workers: int, log: Path) -> subprocess.Popen[bytes]:
    """Start gunicorn; its output goes to the log."""
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{HOST}:{port}"]
    command += ["--workers", str(workers), "--worker-class", "gthread", "--threads", "8"]
    # a request line over this gets gunicorn's own HTML; the service refuses from 4,000 on, in words
    command += ["--limit-request-line", "8190"]
    command += ["--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"]
    with log.open("ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
        )


def wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask /readyz until it answers. Raises: Stop when it does not."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise Stop(f"the service ended at once; the reason is at the end of {log}")
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Stop(f"the service was not ready within {READY_SECONDS} s; see {log}")


def watch(server: subprocess.Popen[bytes], tell: Callable[[], None]) -> None:
    """Tell what there is, then wait for Ctrl-C or the server's own end. Raises: Stop."""
    tell()
    if server.wait() != 0:
        raise Stop("the service ended by itself")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Let it finish what it is doing; after a while, end it."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def run() -> None:
    """Prepare, start, wait, tell. Raises: Stop, KeyboardInterrupt."""
    options = arguments()
    if options.workers < 1:
        raise Stop(f"--workers {options.workers}: at least one process has to serve")
    settings = settings_for(options)
    log = settings.data_dir / "service.log"
    must_be_free(options.port)
    must_be_writable(settings.data_dir)
    told = prepare(settings)
    server = start(options.port, options.workers, log)
    try:
        wait_until_ready(server, options.port, log)
        if settings.sample:
            told += sample_fires.tell(f"http://{HOST}:{options.port}", settings.data_dir)
        watch(
            server,
            lambda: print(
                f"\n火场归还 handback is ready at {settings.public_url}/"
                f"   (its interface: {settings.public_url}/openapi.json)\n"
                f"Database and photos: {settings.data_dir}   log: {log}\n{told}\n"
                "Ctrl-C stops it; the data stay.",
                flush=True,
            ),
        )
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(server)


def main() -> int:
    """The exit status: 0 after Ctrl-C, 1 with one sentence otherwise."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        print("\nStopped.")
    except Stop as reason:
        print(f"scripts/run: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
