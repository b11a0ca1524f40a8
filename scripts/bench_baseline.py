"""The least that could be measured against: bare Flask, one committed insert, one 304.

The database is given the same pragmas as the service's own; the insert is one row of the size of
a registration, in one BEGIN IMMEDIATE transaction, synced to disk before the answer.
"""

import os
import sqlite3
import threading
import uuid

from flask import Flask, Response, request

ETAG = '"a-stamp-as-long-as-the-real-one"'
BODY = "x" * 4000
app = Flask(__name__)
_local = threading.local()


def prepare(database: str) -> None:
    """Make the table, before anybody asks for it."""
    made = sqlite3.connect(database)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("CREATE TABLE one (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    made.close()


def connection() -> sqlite3.Connection:
    """One a thread, as the service's pool has."""
    if not hasattr(_local, "connection"):
        made = sqlite3.connect(os.environ["BASELINE_DB"], timeout=60, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            made.execute(f"PRAGMA {pragma}")
        _local.connection = made
    found: sqlite3.Connection = _local.connection
    return found


@app.put("/one/<uuid:id>")
def put(id: uuid.UUID) -> Response:
    """One committed insert."""
    database = connection()
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO one VALUES (?, ?)", (id.hex, BODY))
    database.execute("COMMIT")
    return Response(b"{}", 201, mimetype="application/json")


@app.get("/status")
def status() -> Response:
    """Nothing has changed."""
    response = Response(status=304 if request.headers.get("If-None-Match") == ETAG else 200)
    response.headers["ETag"] = ETAG
    return response


@app.get("/readyz")
def readyz() -> str:
    """The process answers."""
    return "ready"
