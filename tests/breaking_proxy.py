"""A TCP proxy on the loopback that breaks connections at random bytes, the same for a seed."""

import random
import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Lock, Thread
from urllib.parse import urlsplit

PIECE_BYTES = 1 << 14


class BreakingProxy(ThreadingTCPServer):
    """Each connection gets a number of bytes that may pass to the server, then both ends break.

    One connection in five is deaf instead: everything arrives, and the first answer is lost.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, target: str, *, seed: int, most_bytes: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        address = urlsplit(target)
        self.target = (str(address.hostname), int(address.port or 80))
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.broken = 0
        self._chance = random.Random(seed)
        self._most_bytes = most_bytes
        self._lock = Lock()

    def fate(self) -> tuple[int, bool]:
        """How many bytes may pass, and whether the answer is lost."""
        with self._lock:
            return self._chance.randint(1, self._most_bytes), self._chance.random() < 0.2


class _Connection(BaseRequestHandler):
    server: BreakingProxy

    def handle(self) -> None:
        left, deaf = self.server.fate()
        with (
            socket.create_connection(self.server.target) as server,
            selectors.DefaultSelector() as ready,
            suppress(OSError),
        ):
            ready.register(self.request, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, self.request)
            while True:
                for key, _ in ready.select():
                    source: socket.socket = key.fileobj  # type: ignore[assignment]
                    piece = source.recv(PIECE_BYTES)
                    if not piece:
                        return
                    if source is server and deaf:
                        self.server.broken += 1
                        return
                    if source is not server and not deaf:
                        piece = piece[:left]
                        left -= len(piece)
                    key.data.sendall(piece)
                    if not left:
                        self.server.broken += 1
                        return


@contextmanager
def breaking(target: str, *, seed: int, most_bytes: int) -> Iterator[BreakingProxy]:
    """The proxy before the server at the address `target`."""
    with BreakingProxy(target, seed=seed, most_bytes=most_bytes) as proxy:
        thread = Thread(target=proxy.serve_forever)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
