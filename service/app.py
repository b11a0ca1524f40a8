"""The one place where settings, stores and web meet."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask, Response
from flask.globals import request_ctx
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from schemas.rules import rulebook
from service.domain.photo_limits import PhotoLimits
from service.domain.photo_refusals import StoreUnavailable
from service.operations.ports import PhotoRoom
from service.settings import Settings
from service.web import logs, openapi, problems
from service.web.body import check_address, limit_size
from service.web.fonts import chinese_font
from service.web.method_override import hear_override
from service.web.routes import BLUEPRINTS, PAGES
from storage.apart_pictures import ApartPictures
from storage.database import Database
from storage.drawing_reader import ApartDrawings
from storage.later import LaterThread
from storage.photo_store import open_photo_store, open_quarantine
from storage.preview_folder import PreviewFolder

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}


class App(Flask):
    """Flask, without asking of each hook and view at each request whether it is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: none of ours is one."""
        return func


def create_app(settings: Settings, *, database: Database | None = None) -> Flask:
    """A Flask app over the stores that the settings name."""
    logs.configure_logs()
    app = App("service", root_path=str(openapi.ROOT))
    app.config.update(openapi.CONFIG)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["handback-settings"] = settings
    app.extensions["handback-database"] = database or Database(settings.database, rules=rulebook())
    app.extensions["handback-photos"] = _photo_room(settings, app.extensions["handback-database"])
    app.extensions["handback-drawings"] = ApartDrawings()
    logs.register(app)

    @app.before_request
    def bound() -> None:
        asked = request_ctx.request
        check_address(asked)
        if asked.path.startswith("/v1/scenes/") and asked.path.endswith("/plan"):
            limit_size(asked, settings.max_plan_bytes)
        elif not asked.path.startswith("/v1/uploads"):
            limit_size(asked, settings.max_body_bytes)

    @app.after_request
    def harden(response: Response) -> Response:
        if response.status_code == 304:  # what is kept has its headers: RFC 9110, 15.4.5
            response.headers.setdefault("Cache-Control", HEADERS["Cache-Control"])
            return response
        given = {name for name, _ in response.headers}
        response.headers.extend([pair for pair in HEADERS.items() if pair[0] not in given])
        return response

    api = Api(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    for page in PAGES:
        app.register_blueprint(page)
    problems.register(app)  # after Api, which brings handlers of its own
    openapi.finish(app, api)
    app.wsgi_app = hear_override(app.wsgi_app)  # type: ignore[assignment]
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )
    return app


def _photo_room(settings: Settings, database: Database) -> PhotoRoom:
    """Where photos go; a store that is away now is asked again by each request (and /readyz)."""
    store = open_photo_store(settings.photos)
    quarantine = open_quarantine(settings.photos)
    kept_for = timedelta(hours=settings.upload_hours)
    with suppress(StoreUnavailable):
        store.prepare()
        if quarantine is not None:
            quarantine.prepare(kept_for=kept_for)
    font = chinese_font(settings.font)
    return PhotoRoom(
        records=database,
        store=store,
        pictures=ApartPictures(font=font.file if font else None),
        previews=PreviewFolder(settings.data_dir / "derived"),
        later=LaterThread(),
        at_most_bytes=settings.max_photo_bytes,
        kept_for=kept_for,
        limits=PhotoLimits(
            incident_photos=settings.max_incident_photos,
            incident_bytes=settings.max_incident_bytes,
            device_uploads=settings.max_device_uploads,
            device_bytes=settings.max_device_bytes,
        ),
        quarantine=quarantine,
    )
