"""A join on the wire."""

from marshmallow import fields

from schemas.people import StrictSchema


class JoinSchema(StrictSchema):
    """The double report that gives way to the incident of the address."""

    joined_id = fields.UUID(required=True)
