"""Drawings (DXF) made for tests, as bytes; millimetres unless said otherwise.

+-----+-----+
| 101 | 102 |   two rooms of 5 by 4 m over a corridor of 10 by 2 m, its lower left at (0, 0)
+-----+-----+
|  走廊     |
+-----------+
"""

from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

from ezdxf.document import Drawing
from ezdxf.filemanagement import new

ROOM, CORRIDOR = "房间", "A-CORRIDOR"
CORNERS = {
    "101": [(0, 2000), (5000, 2000), (5000, 6000), (0, 6000)],
    "102": [(5000, 2000), (10000, 2000), (10000, 6000), (5000, 6000)],
}


def a_drawing(
    add: Callable[[Drawing, Any], None] | None = None, *, units: int = 4, version: str = "R2010"
) -> Drawing:
    """Two rooms and a corridor; `add(document, modelspace)` draws more."""
    document = new(version, units=units)
    space = document.modelspace()
    old = version == "R12"
    polyline = space.add_polyline2d if old else space.add_lwpolyline
    for name, corners in CORNERS.items():
        polyline(corners, close=True, dxfattribs={"layer": ROOM})
        x, y = corners[0]
        space.add_text(name, dxfattribs={"layer": "文字"}).set_placement((x + 500, y + 500))
    hall = [(0, 0), (10000, 0), (10000, 2000), (0, 2000)]
    polyline(hall, close=True, dxfattribs={"layer": CORRIDOR})
    (space.add_text if old else space.add_mtext)("走廊", dxfattribs={"insert": (400, 400)})
    if add is not None:
        add(document, space)
    return document


def as_bytes(document: Drawing, encoding: str = "utf-8") -> bytes:
    """The file as text in an encoding."""
    text = StringIO()
    document.write(text)
    return text.getvalue().encode(encoding)


def as_binary(document: Drawing) -> bytes:
    """The file in DXF's binary form."""
    body = BytesIO()
    document.write(body, fmt="bin")
    return body.getvalue()
