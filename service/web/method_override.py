"""X-HTTP-Method-Override of tus: for networks that let only GET and POST through.

https://tus.io/protocols/resumable-upload, "X-HTTP-Method-Override". Heard below /v1/uploads
alone, and only on a POST, so that no other route changes its verb by a header.
"""

from collections.abc import Callable, Iterable
from typing import Any

PLACE = "/v1/uploads"
VERBS = frozenset({"OPTIONS", "HEAD", "PATCH", "DELETE", "POST"})

Start = Callable[..., Any]
WsgiApp = Callable[[dict[str, Any], Start], Iterable[bytes]]


def hear_override(app: WsgiApp) -> WsgiApp:
    """The app, with the verb that an upload's request names in place of POST."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        verb = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").upper()
        path = environ.get("PATH_INFO", "")
        below = path == PLACE or path.startswith(PLACE + "/")
        if not below or environ["REQUEST_METHOD"] != "POST" or verb not in VERBS:
            return app(environ, start)
        environ["REQUEST_METHOD"] = verb
        return app(environ, _without_length(start) if verb == "HEAD" else start)

    return answer


def _without_length(start: Start) -> Start:
    """Whoever sent POST waits for a body of the length that is told: a HEAD has none."""

    def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        told = [pair for pair in headers if pair[0].lower() != "content-length"]
        return start(status, [*told, ("Content-Length", "0")], *more)

    return begin
