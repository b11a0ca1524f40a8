"""/v1/supervision: what seals cost in a month, what is late, what was refused."""

from typing import Any

from flask import Response

from schemas.powers import RefusalsPageSchema, RefusalsQuery, refusals_view
from schemas.supervision import (
    MonthFiguresSchema,
    MonthQuery,
    WarningsPageSchema,
    WarningsQuery,
    month_figures_view,
    warnings_view,
)
from service.operations.read_month_figures import read_month_figures
from service.operations.read_refusals import ReadRefusals, read_refusals
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


@supervision.route("/refusals", methods=["GET"])
@supervision.arguments(RefusalsQuery, location="query")
@supervision.response(200, RefusalsPageSchema)
def get_refusals(query: dict[str, Any]) -> Response:
    """What people of a post and below tried without the power to 越权, the latest first."""
    return look(
        lambda officer, work: read_refusals(ReadRefusals(**query), officer=officer, work=work),
        view=refusals_view,
    )
