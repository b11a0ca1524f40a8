"""What previews, and what is shown of photos, refuse: leaves of the one tree (errors.py)."""

from service.domain.errors import Invalid, Unknown
from service.domain.words import Words


class PreviewRefused(Unknown):
    """The photo is on record, and no preview of it can be made within the limits."""

    TITLE = Words("这张照片没有预览", "This photo has no preview")


class ShowingUnknown(Unknown):
    """Nobody has decided yet what the public sees of the photo."""

    TITLE = Words("尚未决定是否公开这张照片", "Nothing has been decided on showing this photo")


class CoversInvalid(Invalid):
    """A rectangle lies outside the picture, or there are too many."""

    TITLE = Words("遮挡区域有误", "The covers are wrong")
