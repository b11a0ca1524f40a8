"""Structured logs: one JSON line a request, with its id, never with a path or a name in it."""

import re
import secrets
import sys
import time

import msgspec
import structlog
from flask import Flask, Response, request
from flask.globals import app_ctx, request_ctx

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def configure_logs() -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_serialise),
        ],
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _serialise(event: dict[str, object], default: object = None) -> bytes:
    return msgspec.json.encode(event, enc_hook=str)


def register(app: Flask) -> None:
    """Give every request an id and write its line when it has been answered.

    The line names the route's pattern, not the path: codes and names stay out of logs.
    """
    log = structlog.get_logger("access")

    @app.before_request
    def begin() -> None:
        kept, given = app_ctx.g, request.headers.get("X-Request-Id", "")
        kept.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        kept.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        asked, kept = request_ctx.request, app_ctx.g
        response.headers["X-Request-Id"] = kept.request_id
        log.info(
            "request",
            request_id=kept.request_id,
            verb=asked.method,
            route=asked.url_rule.rule if asked.url_rule else None,
            status=response.status_code,
            ms=round((time.perf_counter() - kept.began) * 1000, 2),
            officer_id=kept.get("officer_id"),
        )
        return response
