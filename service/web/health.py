"""/healthz and /readyz: alive; stores reachable."""

from flask import Response

from service.web.blueprint import Blueprint
from service.web.current import photo_room, transactions
from service.web.wire import to_json

health = Blueprint("health", __name__, description="运行状态 · health")


@health.route("/healthz", methods=["GET"])
@health.response(200)
def get_healthz() -> Response:
    """The process answers."""
    return Response(to_json({"status": "alive"}), mimetype="application/json")


@health.route("/readyz", methods=["GET"])
@health.response(200)
def get_readyz() -> Response:
    """The database and the photo store answer; otherwise 503."""
    transactions().read(lambda work: work.people.count_users())
    photo_room().store.ready()
    return Response(to_json({"status": "ready"}), mimetype="application/json")
