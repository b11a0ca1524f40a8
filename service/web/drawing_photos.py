"""Photos on a drawing: a disc with kind of view and number, an arrow where the lens looked.

Black on white, so that a printer keeps it; a photo taken out of the file is struck through.
"""

from html import escape

from service.domain.photo import VIEW_NAMES
from service.domain.photo_pins import PhotoPin
from service.domain.words import Words

_DISC = '<circle r="22" fill="#fff" stroke="#1c1c1c" stroke-width="3"/>'
_ARROW = (
    '<path transform="rotate({turn:.0f})" d="M-13-22 0-46 13-22Z" fill="#1c1c1c" class="mark"/>'
)
_STRUCK = '<path d="M-24 24 24-24" stroke="#1c1c1c" stroke-width="5"/>'


def draw_pin(x: float, y: float, pin: PhotoPin, *, north_deg: float) -> str:
    """The sign of a photo at x, y; `north_deg` is how far north is turned clockwise."""
    arrow = "" if pin.looking_deg is None else _ARROW.format(turn=north_deg + pin.looking_deg)
    label = f"{VIEW_NAMES[pin.view].zh[0]}{pin.number}"
    title = _title(pin)
    return (
        f'<g transform="translate({x:.1f} {y:.1f})">{arrow}{_DISC}{_text(label)}'
        f"{_STRUCK if pin.removed else ''}<title>{escape(title)}</title></g>"
    )


def photo_sign(x: float, y: float, label: str) -> str:
    """The sign as the legend shows it: looking to the upper right."""
    arrow = _ARROW.format(turn=45)
    return (
        f'<g transform="translate({x - 4:.1f} {y + 6:.1f})">{arrow}{_DISC}{_text(label or "1")}'
        "<title>照片 photo</title></g>"
    )


def _text(label: str) -> str:
    size = 21 if len(label) < 3 else 16
    return f'<text y="{size * 0.36:.0f}" font-size="{size}" text-anchor="middle">{label}</text>'


def _title(pin: PhotoPin) -> str:
    """What the sign says to who cannot see it."""
    view, looking = VIEW_NAMES[pin.view], Words("", "")
    if pin.looking_deg is not None:
        north = Words("（磁北）", " from magnetic north") if pin.by_magnet else Words("", "")
        looking = Words(
            f"，朝向{pin.looking_deg:.0f}°{north.zh}", f", looking {pin.looking_deg:.0f}°{north.en}"
        )
    out = Words("（已移出）", " (taken out of the file)") if pin.removed else Words("", "")
    return (
        f"照片{pin.number} {view.zh}{looking.zh}{out.zh} "
        f"photo {pin.number}: {view.en}{looking.en}{out.en}"
    )
