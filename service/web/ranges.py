"""Answers made of stored bytes: ETags that never change, and one range (RFC 9110, 14)."""

from collections.abc import Callable

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from service.operations.photo_ports import OpenPhoto

FOR_EVER = "private, max-age=31536000, immutable"


def answer_bytes(
    open_bytes: Callable[[int, int], OpenPhoto], *, size_bytes: int, etag: str, mimetype: str
) -> Response:
    """The bytes asked for: all, one range (206), or none where they are known (304).

    Several ranges at once are answered with the whole, as RFC 9110 allows.
    Raises: RequestedRangeNotSatisfiable (416).
    """
    if request.if_none_match.contains_weak(etag):
        return _sealed(Response(status=304), etag)
    start, stop = _asked(size_bytes, etag)
    partial = (start, stop) != (0, size_bytes)
    body = b"" if request.method == "HEAD" else open_bytes(start, stop)
    response = Response(body, 206 if partial else 200, mimetype=mimetype)
    response.headers["Accept-Ranges"] = "bytes"
    response.content_length = stop - start
    if partial:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size_bytes}"
    return _sealed(response, etag)


def _asked(size_bytes: int, etag: str) -> tuple[int, int]:
    """Start and stop of the range that was asked for, else of the whole."""
    asked = request.range
    meant = request.if_range.etag if request.headers.get("If-Range") else etag
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or meant != etag:
        return 0, size_bytes
    found = asked.range_for_length(size_bytes)
    if found is None:
        raise RequestedRangeNotSatisfiable(length=size_bytes)
    return found


def _sealed(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = FOR_EVER
    return response
