"""What a plan's file or its control points are refused for: leaves of the one tree (errors.py)."""

from service.domain.errors import Invalid, Unknown
from service.domain.words import Words


class PlanUnreadable(Invalid):
    """The reader of an archive or a drawing failed on it, or ran out of time or memory."""

    TITLE = Words("无法读取该平面图文件", "The plan's file cannot be read")


class DrawingUnitUnknown(Invalid):
    """A drawing does not say in which unit it is drawn, and nobody else has."""

    TITLE = Words("图纸单位不明", "The drawing's unit is not known")


class DrawingUnitWrong(Invalid):
    """By its control points a drawing is far larger or smaller than its unit says."""

    TITLE = Words("图纸单位与控制点不符", "The drawing's unit contradicts its control points")


class PointsTooFew(Invalid):
    """Fewer control points than the transform needs."""

    TITLE = Words("控制点不足", "Too few control points")


class PointsCoincide(Invalid):
    """Two control points are at the same place."""

    TITLE = Words("控制点重合", "Two control points coincide")


class PointsCollinear(Invalid):
    """The control points of an affine transform lie on one line."""

    TITLE = Words("控制点共线", "The control points lie on one line")


class PointsMirrored(Invalid):
    """The control points would turn the picture over: two are swapped, or it is mirrored."""

    TITLE = Words("控制点呈镜像", "The control points mirror the picture")


class UnderlayUnknown(Unknown):
    """The scene has no underlay of that id."""

    TITLE = Words("该现场没有此底图", "The scene has no such underlay")
