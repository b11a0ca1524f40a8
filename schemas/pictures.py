"""Pictures of a scene's levels: when, how wide, of which level."""

from marshmallow import fields, validate

from schemas.kinds import Moment
from schemas.people import StrictSchema

NARROWEST, WIDEST = 240, 2480
"""A4 at 300 dots an inch is 2,480 wide."""
SCREEN = 1240


class LevelPictureQuery(StrictSchema):
    """As it stood when, and whether with the photos that were placed on it."""

    at = Moment(load_default=None)
    photos = fields.Boolean(load_default=True)


class LevelImageQuery(LevelPictureQuery):
    """As it stood when, and how many pixels wide: 360 for a phone, 2,480 for A4."""

    width = fields.Integer(load_default=SCREEN, validate=validate.Range(NARROWEST, WIDEST))


class ChangePictureQuery(StrictSchema):
    """Of which level; without one, of the level it changed most. `stacked`: one above the other."""

    level = fields.String(load_default=None)
    stacked = fields.Boolean(load_default=False)


class ChangeImageQuery(ChangePictureQuery):
    """The same, and how many pixels wide."""

    width = fields.Integer(load_default=SCREEN, validate=validate.Range(NARROWEST, WIDEST))
