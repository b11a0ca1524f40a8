"""A DXF file from bytes to its closed polylines and texts, by ezdxf; treated as hostile.

Runs in a process of its own (read_apart.py). Nothing outside the file is opened: external
references (XREF), images and fonts stay names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from math import dist
from typing import Any, NoReturn

from ezdxf import recover
from ezdxf.document import Drawing as Document
from ezdxf.entities.hatch import Hatch
from ezdxf.entities.insert import Insert
from ezdxf.entities.lwpolyline import LWPolyline
from ezdxf.entities.polyline import Polyline
from ezdxf.filemanagement import read
from ezdxf.lldxf.const import DXFStructureError
from ezdxf.lldxf.tagger import binary_tags_loader
from ezdxf.path import from_hatch_boundary_path, make_path
from ezdxf.tools.codepage import toencoding

from service.domain.errors import Fault, PlanInvalid
from service.domain.plan_drawing import (
    CLOSED_WITHIN_M,
    DOOR_M,
    DOORS_LIMIT,
    FLATTENED_WITHIN_M,
    UNIT_OF_CODE,
    UNITS_M,
    VERTEX_LIMIT,
    Drawing,
    DrawnLine,
    DrawnRing,
    DrawnText,
    LeftOut,
)
from service.domain.plan_refusals import DrawingUnitUnknown
from service.domain.words import Words

BINARY = b"AutoCAD Binary DXF\r\n\x1a\x00"
BLOCK_DEPTH = 8
ENTITY_LIMIT = 60_000
LINE_LIMIT = 6_000_000
TEXT_LIMIT = 200
_UTF8_SINCE = "AC1021"


def read_drawing(body: bytes, *, unit: str | None) -> Drawing:
    """The closed polylines and texts of a drawing's model space, in metres.

    `unit` (a word of UNITS_M) is believed before $INSUNITS.

    Raises: PlanInvalid, DrawingUnitUnknown; anything else means that the file is broken.
    """
    document, notes = _document(body)
    stated = UNIT_OF_CODE.get(document.header.get("$INSUNITS", 0))
    named = unit or stated
    if named is None:
        raise _unit_unknown(document.header.get("$INSUNITS", 0))
    if stated not in (None, named):
        notes.append(
            Words(
                f"图纸标注单位为 {stated}，按所填 {named} 处理",
                f"the drawing says {stated}; it was read in {named}, as was asked",
            )
        )
    found = _Found(metres=UNITS_M[named], shown=_shown(document))
    found.walk(document.modelspace())
    return Drawing(
        unit=named,
        rings=tuple(found.rings),
        texts=tuple(found.texts),
        lines=tuple(found.lines),
        left_out=tuple(
            LeftOut(layer=layer, what=what, count=count)
            for (layer, what), count in sorted(found.left_out.items())
        ),
        notes=tuple(notes),
    )


def _document(body: bytes) -> tuple[Document, list[Words]]:
    """The file as ezdxf loads it: text or binary, recovered where its structure is broken."""
    if body.startswith(b"AC10"):
        _refuse(Words("这是 DWG 文件", "this is a DWG file"))
    if body.startswith(BINARY):
        return Document.load(binary_tags_loader(body, errors="surrogateescape")), []
    if body.count(b"\n") > LINE_LIMIT:
        _refuse(Words(f"文件超过 {LINE_LIMIT:,} 行", f"it has more than {LINE_LIMIT:,} lines"))
    if b"SECTION" not in body[:10_000]:
        _refuse(Words("这不是 DXF 文件", "this is no DXF file"))
    text, notes = _decoded(body)
    try:
        return read(StringIO(text)), notes
    except DXFStructureError:
        document, _ = recover.read(BytesIO(text.encode("utf-8", "surrogateescape")))
        broken = Words("文件结构有误，已尽力读取", "the file's structure is broken; some was read")
        return document, [*notes, broken]


def _decoded(body: bytes) -> tuple[str, list[Words]]:
    """The text in the encoding it has: UTF-8, the one it names, or the Chinese one it should name.

    A drawing that names a western code page or none, and is no UTF-8, is likely GBK all the same.
    """
    plain = body.replace(b"\r\n", b"\n")
    try:
        return plain.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        named = _encoding_named(plain)
    for encoding in (named, "gb18030") if named != "cp1252" else ("gb18030",):
        try:
            text = plain.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        said = Words(f"文字按 {encoding} 编码读取", f"texts were read as {encoding}")
        return text, [] if encoding == named else [said]
    lost = Words("文字编码不明，部分文字可能有误", "the encoding is not known; texts may be wrong")
    return plain.decode("cp1252", "replace"), [lost]


def _encoding_named(plain: bytes) -> str:
    """What $DWGCODEPAGE names ("ANSI_936" is GBK); versions from 2007 on are UTF-8."""
    head = [line.strip() for line in plain[:20_000].split(b"\n")]
    after = dict(zip(head, head[2:], strict=False))
    if after.get(b"$ACADVER", b"").decode("ascii", "replace") >= _UTF8_SINCE:
        return "utf-8"
    return toencoding(after.get(b"$DWGCODEPAGE", b"").decode("ascii", "replace"))


def _shown(document: Document) -> Any:
    """Whether things on a layer can be seen: it is neither off nor frozen."""
    hidden = {
        layer.dxf.name.casefold()
        for layer in document.layers
        if layer.is_off() or layer.is_frozen()
    }
    return lambda name: name.casefold() not in hidden


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was found so far, and how much of the budget is used up."""

    metres: float
    shown: Any
    rings: list[DrawnRing] = field(default_factory=list)
    texts: list[DrawnText] = field(default_factory=list)
    lines: list[DrawnLine] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    walked: int = 0
    vertices: int = 0

    def walk(
        self, entities: Iterable[Any], *, within: str = "", layer: str = "", depth: int = 0
    ) -> None:
        """Take every entity; what a block holds on layer 0 lies on the layer of its insert."""
        if depth > BLOCK_DEPTH:
            _refuse(
                Words(
                    f"图块嵌套超过 {BLOCK_DEPTH} 层（或自我引用）",
                    f"blocks nest more than {BLOCK_DEPTH} deep, or hold themselves",
                )
            )
        for number, entity in enumerate(entities):
            self.walked += bool(depth)  # the file's size bounds what lies in no block
            if self.walked > ENTITY_LIMIT:
                _refuse(
                    Words(
                        f"图块展开后图元超过 {ENTITY_LIMIT:,} 个",
                        f"blocks hold more than {ENTITY_LIMIT:,} entities",
                    )
                )
            own = str(entity.dxf.get("layer", "0"))
            lies_on = layer if layer and own == "0" else own
            name = f"{within}.{number}" if within else str(entity.dxf.get("handle") or number)
            if not self.shown(lies_on):
                self.left_out[lies_on, "hidden"] += 1
            elif isinstance(entity, Insert):
                self._insert(entity, name, lies_on, depth)
            else:
                self._take(entity, name, lies_on)

    def _insert(self, insert: Insert, name: str, layer: str, depth: int) -> None:
        if insert.mcount > ENTITY_LIMIT:
            _refuse(Words("图块阵列过大", "an array of blocks is too large"))
        for attribute in insert.attribs:
            self._text(attribute.dxf.text, attribute.dxf.insert, layer)
        copies = insert.multi_insert() if insert.mcount > 1 else (insert,)
        for number, copy in enumerate(copies):
            here = f"{name}.{number}" if number else name
            self.walk(copy.virtual_entities(), within=here, layer=layer, depth=depth + 1)

    def _take(self, entity: Any, name: str, layer: str) -> None:
        kind = entity.dxftype()
        if kind == "TEXT":
            self._text(entity.plain_text(), entity.get_placement()[1], layer)
        elif kind == "MTEXT":
            self._text(entity.plain_text(), entity.dxf.insert, layer)
        elif isinstance(entity, LWPolyline) or (
            isinstance(entity, Polyline) and entity.is_2d_polyline
        ):
            self._ring(make_path(entity), name, layer)
        elif isinstance(entity, Hatch):
            self._hatch(entity, name, layer)
        elif kind != "LINE" or not self._line(entity, name, layer):
            self.left_out[layer, kind] += 1

    def _hatch(self, hatch: Hatch, name: str, layer: str) -> None:
        """The outer boundaries of what is filled; the holes in it are rooms of their own."""
        for number, boundary in enumerate(hatch.paths.external_paths()):
            path = from_hatch_boundary_path(boundary, hatch.ocs(), hatch.dxf.elevation.z)
            self._ring(path, f"{name}.{number}" if number else name, layer)

    def _line(self, line: Any, name: str, layer: str) -> bool:
        """Keep a line that can be a door, its layer will say; no leaf drawn in a block."""
        begins, ends = (
            (p.x * self.metres, p.y * self.metres) for p in (line.dxf.start, line.dxf.end)
        )
        fits = DOOR_M[0] <= dist(begins, ends) <= DOOR_M[1]
        kept = "." not in name and fits and len(self.lines) < DOORS_LIMIT
        if kept:
            self.lines.append(DrawnLine(handle=name, layer=layer, xy=(begins, ends)))
        return kept

    def _text(self, text: str, at: Any, layer: str) -> None:
        words = " ".join(text.split())[:TEXT_LIMIT].encode("utf-8", "replace").decode("utf-8")
        if words:
            x, y = at.x * self.metres, at.y * self.metres
            self.texts.append(DrawnText(text=words, layer=layer, x=x, y=y))

    def _ring(self, path: Any, name: str, layer: str) -> None:
        if len(path) == 0:
            self.left_out[layer, "open polyline"] += 1
            return
        corners = [
            (point.x * self.metres, point.y * self.metres)
            for point in self._counted(path.flattening(FLATTENED_WITHIN_M / self.metres))
        ]
        gap = dist(corners[0], corners[-1])
        if len(corners) < 4 or gap > CLOSED_WITHIN_M:
            self.left_out[layer, "open polyline"] += 1
            return
        xy = tuple(corners[:-1] if gap < 1e-6 else corners)
        self.rings.append(DrawnRing(handle=name, layer=layer, xy=xy, gap_m=round(gap, 4)))

    def _counted(self, points: Iterable[Any]) -> Iterator[Any]:
        for point in points:
            self.vertices += 1
            if self.vertices > VERTEX_LIMIT:
                _refuse(
                    Words(f"顶点超过 {VERTEX_LIMIT:,} 个", f"more than {VERTEX_LIMIT:,} vertices")
                )
            yield point


def _unit_unknown(code: object) -> DrawingUnitUnknown:
    units = ", ".join(UNITS_M)
    return DrawingUnitUnknown(
        Fault(
            "/unit",
            Words(
                f"图纸没有注明单位（$INSUNITS 为 {code}）",
                f"the drawing does not say its unit ($INSUNITS is {code})",
            ),
            Words(f"请填写 unit：{units} 之一", f"send unit: one of {units}"),
        ),
        units=list(UNITS_M),
    )


def _refuse(wrong: Words) -> NoReturn:
    remedy = Words(
        "请另存为 DXF（只留下房间的闭合多段线）",
        "save it as DXF with the closed polylines of rooms",
    )
    raise PlanInvalid(Fault("/file", wrong, remedy))
