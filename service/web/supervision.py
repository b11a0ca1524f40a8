"""/v1/supervision: what seals have cost in a month, and what is late."""

from typing import Any

from flask import Response

from schemas.supervision import (
    MonthFiguresSchema,
    MonthQuery,
    WarningsPageSchema,
    WarningsQuery,
    month_figures_view,
    warnings_view,
)
from service.operations.read_month_figures import read_month_figures
from service.operations.read_warnings import read_warnings
from service.web.blueprint import Blueprint
from service.web.perform import look

supervision = Blueprint(
    "supervision", __name__, url_prefix="/v1/supervision", description="监督 · supervision"
)


@supervision.route("/figures", methods=["GET"])
@supervision.arguments(MonthQuery, location="query")
@supervision.response(200, MonthFiguresSchema)
def get_month_figures(query: dict[str, Any]) -> Response:
    """What the seals of a post and those below it have cost in a month; drills do not count."""
    return look(
        lambda officer, work: read_month_figures(
            query["month"], post_id=query["post_id"], officer=officer, work=work
        ),
        view=month_figures_view,
    )


@supervision.route("/warnings", methods=["GET"])
@supervision.arguments(WarningsQuery, location="query")
@supervision.response(200, WarningsPageSchema)
def get_warnings(query: dict[str, Any]) -> Response:
    """What is late at a post and below, or due within a day, the most urgent first."""
    return look(
        lambda officer, work: read_warnings(
            post_id=query["post_id"], after=query["after"], officer=officer, work=work
        ),
        view=warnings_view,
    )
