"""Drawings and archives read in a process apart: what is found, what is refused, what dies alone.

The hostile ones: bombs, nests, loops, lies, links, foreign encodings, cut files.
"""

import os
import zipfile
from io import BytesIO
from typing import Any

import pytest
from ezdxf.lldxf.const import BOUNDARY_PATH_EXTERNAL
from pytest import approx

from service.domain.errors import PlanInvalid, Refusal, Unavailable
from service.domain.plan_drawing import VERTEX_LIMIT, Drawing
from service.domain.plan_refusals import DrawingUnitUnknown, PlanUnreadable
from storage import drawing_file, read_apart
from storage.drawing_file import read_drawing
from storage.drawing_reader import ApartDrawings
from tests.drawings import CORRIDOR, ROOM, a_drawing, as_binary, as_bytes

APART = ApartDrawings()


def drawing(body: bytes, unit: str | None = None) -> Drawing:
    return APART.drawing(body, unit=unit, pointer="/dxf/0")


def refused(body: bytes, unit: str | None = None) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        drawing(body, unit)
    return refusal.value


def said(refusal: Refusal) -> str:
    return f"{refusal.faults[0].pointer} {refusal.faults[0].wrong.en}"


def corners(*pairs: tuple[float, float]) -> Any:
    return tuple(approx(pair) for pair in pairs)


def zipped(files: dict[str, bytes]) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def shown(found: Drawing) -> tuple[Any, ...]:
    return [(ring.layer, len(ring.xy)) for ring in found.rings], [x.text for x in found.texts]


EXPECTED = [(ROOM, 4), (ROOM, 4), (CORRIDOR, 4)], ["101", "102", "走廊"]


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        (as_bytes(a_drawing()), 0),
        (as_binary(a_drawing()), 0),
        (as_bytes(a_drawing()).replace(b"\n", b"\r\n"), 0),
        (zipped({"folder/plan.DXF": as_bytes(a_drawing()), "readme.txt": b"x"}), 0),
        # AutoCAD in China before 2007 writes GBK, and says so; others write it and say cp1252.
        (as_bytes(a_drawing(version="R2000"), "gbk").replace(b"ANSI_1252", b"ANSI_936"), 0),
        (as_bytes(a_drawing(version="R2000"), "gbk"), 1),
    ],
)
def test_a_drawing_is_read_in_its_form_and_encoding(body: bytes, notes: int) -> None:
    found = drawing(body)
    assert shown(found) == EXPECTED
    assert found.unit == "mm"
    assert found.rings[0].xy == corners((0, 2), (5, 2), (5, 6), (0, 6))
    assert (found.texts[0].x, found.texts[0].y) == approx((0.5, 2.5))
    assert len(found.notes) == notes


def test_an_old_drawing_has_other_polylines_and_no_unit() -> None:
    assert shown(read_drawing(as_bytes(a_drawing(version="R12")), unit="mm")) == EXPECTED


def test_texts_in_no_known_encoding_are_read_as_far_as_can_be_and_said() -> None:
    lost = as_bytes(a_drawing(version="R2000"), "gbk").replace("走廊".encode("gbk"), b"\xff\xff")
    assert "may be wrong" in read_drawing(lost, unit=None).notes[0].en
    lie = as_bytes(a_drawing(version="R2000"), "gbk").replace(b"ANSI_1252", b"ANSI_932 ")
    assert read_drawing(lie, unit=None).rings
    newer = as_bytes(a_drawing()).replace("走廊".encode(), "走廊".encode("gbk"))
    assert read_drawing(newer, unit=None).rings


def test_a_drawing_without_a_unit_asks_for_it() -> None:
    body = as_bytes(a_drawing(units=0))
    found = refused(body)
    assert isinstance(found, DrawingUnitUnknown)
    assert said(found) == "/dxf/0/unit the drawing does not say its unit ($INSUNITS is 0)"
    assert found.facts["units"] == ["mm", "cm", "dm", "m", "in", "ft"]
    assert drawing(body, "cm").rings[0].xy[1] == approx((50, 20))


def test_the_unit_asked_for_is_believed_before_the_one_stated() -> None:
    found = read_drawing(as_bytes(a_drawing(units=1)), unit="mm")
    assert found.rings[0].xy[1] == approx((5, 2))
    assert "the drawing says in; it was read in mm" in found.notes[0].en


def test_arcs_are_flattened_within_five_millimetres() -> None:
    """A half circle of 1 m on each short side: the area is 2 × 2 m and a circle of 1 m radius."""

    def add(_: Any, space: Any) -> None:
        ends = [(0, 0, 0), (2000, 0, 1), (2000, 2000, 0), (0, 2000, 1)]
        space.add_lwpolyline(ends, format="xyb", close=True, dxfattribs={"layer": "arc"})

    xy = next(
        r.xy for r in read_drawing(as_bytes(a_drawing(add)), unit=None).rings if r.layer == "arc"
    )
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(xy, xy[1:] + xy[:1], strict=True)) / 2
    assert area == approx(4 + 3.14159, abs=2 * 3.2 * 0.005)
    assert all(((x - 1) ** 2 + (y - 1) ** 2) ** 0.5 < 2.01 for x, y in xy)


def test_what_is_no_closed_polyline_is_counted() -> None:
    def add(document: Any, space: Any) -> None:
        on = {"layer": ROOM}
        space.add_line((0, 0), (1, 1), dxfattribs=on)
        space.add_circle((0, 0), 10, dxfattribs=on)
        space.add_polyline3d([(0, 0, 0), (1, 1, 1)], dxfattribs=on)
        space.add_lwpolyline([(0, 0), (9, 0), (9, 900)], dxfattribs=on)
        space.add_lwpolyline([], dxfattribs=on)
        space.add_lwpolyline([(0, 0), (9, 0)], close=True, dxfattribs=on)
        space.add_polyline2d([(0, 0), (3000, 0), (3000, 3000), (0, 30)], dxfattribs=on)
        document.layers.add("off").off()
        space.add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True, dxfattribs={"layer": "off"})
        space.add_text("  ", dxfattribs=on)

    found = read_drawing(as_bytes(a_drawing(add)), unit=None)
    assert {(x.layer, x.what): x.count for x in found.left_out} == {
        (ROOM, "LINE"): 1,
        (ROOM, "CIRCLE"): 1,
        (ROOM, "POLYLINE"): 1,
        (ROOM, "open polyline"): 2,
        ("off", "hidden"): 1,
    }
    assert [ring.gap_m for ring in found.rings] == approx([0, 0, 0, 0.03])


def test_rooms_and_labels_in_blocks_are_found_where_they_are_put() -> None:
    def add(document: Any, space: Any) -> None:
        block = document.blocks.new("ROOM-BLOCK")
        block.add_lwpolyline([(0, 0), (1000, 0), (1000, 1000), (0, 1000)], close=True)
        tag = space.add_blockref("ROOM-BLOCK", (20000, 0), dxfattribs={"layer": "SHOP"})
        tag.add_attrib("NAME", "茶庄", (20500, 500))
        rows = {"row_count": 2, "column_count": 3, "row_spacing": 2000, "column_spacing": 2000}
        space.add_blockref("ROOM-BLOCK", (30000, 0), dxfattribs={"layer": "SHOP", **rows})

    found = read_drawing(as_bytes(a_drawing(add)), unit=None)
    shops = [ring for ring in found.rings if ring.layer == "SHOP"]
    assert len(shops) == 7
    assert len({ring.handle for ring in found.rings}) == 10
    assert shops[0].xy == corners((20, 0), (21, 0), (21, 1), (20, 1))
    assert ("茶庄", 20.5, 0.5) in [(text.text, text.x, text.y) for text in found.texts]


# --- hostile drawings ---


def looping(document: Any, space: Any) -> None:
    document.blocks.new("A").add_blockref("B", (1, 0))
    document.blocks.new("B").add_blockref("A", (1, 0))
    space.add_blockref("A", (0, 0))


def doubling(document: Any, space: Any) -> None:
    """Each block holds the next one ten times: 10 million lines from seven blocks."""
    document.blocks.new("X0").add_line((0, 0), (9, 0))
    for depth in range(1, 8):
        block = document.blocks.new(f"X{depth}")
        for n in range(10):
            block.add_blockref(f"X{depth - 1}", (n, depth))
    space.add_blockref("X7", (0, 0))


def endless(_: Any, space: Any) -> None:
    rows = {"row_count": 30000, "column_count": 30000, "row_spacing": 1, "column_spacing": 1}
    space.add_blockref("NOWHERE", (0, 0), dxfattribs=rows)


def crowded(_: Any, space: Any) -> None:
    for row in range(VERTEX_LIMIT // 500):
        space.add_lwpolyline([(n, row) for n in range(501)], close=True)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (as_bytes(a_drawing(looping)), "/dxf/0/file blocks nest more than 8 deep"),
        (as_bytes(a_drawing(doubling)), "/dxf/0/file blocks hold more than 60,000 entities"),
        (as_bytes(a_drawing(endless)), "/dxf/0/file an array of blocks is too large"),
        (as_bytes(a_drawing(crowded)), "/dxf/0/file more than 200,000 vertices"),
        (b"AC1032 and so on", "/dxf/0/file this is a DWG file"),
        (b"\x89PNG", "/dxf/0/file this is no DXF file"),
        (b"\n" * 6_000_001, "/dxf/0/file it has more than 6,000,000 lines"),
        (as_binary(a_drawing())[:4000], "/dxf/0/file the file is broken"),
        (b"0\nSECTION\nwhatever\n", "/dxf/0/file the file is broken"),
        (zipped({"a.txt": b""}), "/dxf/0 the archive should hold one .dxf file, and holds 0"),
        (zipped({"a.dxf": b"", "b.dxf": b""}), "/dxf/0 the archive should hold one .dxf"),
        (zipped({"a.zip": zipped({"a.dxf": b""})}), "/dxf/0 the archive should hold one .dxf"),
        (zipped({"a.dxf": b"\n" * 10_000_000}), "/dxf/0/a.dxf it unpacks to far more"),
    ],
)  # fmt: skip
def test_a_hostile_drawing_is_refused_by_name(body: bytes, wrong: str) -> None:
    assert said(refused(body)).startswith(wrong)


def test_a_drawing_cut_off_gives_what_it_has_or_a_refusal() -> None:
    body = as_bytes(a_drawing())
    for share in (0.2, 0.5, 0.9, 0.99):
        try:
            found = drawing(body[: int(len(body) * share)], "mm")
        except (PlanInvalid, PlanUnreadable) as refusal:
            assert refusal.faults[0].pointer == "/dxf/0/file"
        else:
            assert found.notes


def test_an_external_reference_stays_a_name(tmp_path: Any) -> None:
    """Nothing beside the file is opened, whatever path it names."""
    other = tmp_path / "other.dxf"
    a_drawing().saveas(other)

    def add(document: Any, space: Any) -> None:
        document.add_xref_def(str(other), "OTHER")
        space.add_blockref("OTHER", (0, 0))
        document.add_image_def("/etc/passwd", (1, 1))

    assert shown(drawing(as_bytes(a_drawing(add)))) == EXPECTED


def test_what_takes_too_long_dies_alone() -> None:
    body = as_bytes(a_drawing())
    slow = ApartDrawings(seconds=0.05)
    with pytest.raises(PlanUnreadable, match="too long"):
        slow.drawing(body, unit=None, pointer="/dxf/0")
    assert shown(drawing(body)) == EXPECTED


def test_files_wait_for_their_turn_and_are_told_when_it_does_not_come() -> None:
    busy = ApartDrawings(seconds=0.01)
    taken = [busy._turns.acquire() for _ in range(2)]
    assert all(taken)
    with pytest.raises(Unavailable):
        busy.archive(b"PK", pointer="/archive")


def test_the_process_apart_sees_no_environment(monkeypatch: Any) -> None:
    monkeypatch.setenv("EZDXF_CONFIG_FILE", "/etc/passwd")
    os.environ["PYTHONSTARTUP"] = "/etc/passwd"
    assert shown(drawing(as_bytes(a_drawing()))) == EXPECTED


# --- archives ---


def test_an_archive_is_read_apart_and_refused_with_its_place() -> None:
    assert APART.archive(zipped({"unit.geojson": b"[1.5]"}), pointer="/archive") == {
        "unit.geojson": [1.5]
    }
    with pytest.raises(PlanInvalid) as refusal:
        APART.archive(zipped({"unit.geojson": b"{"}), pointer="/archive")
    assert said(refusal.value) == "/archive/unit.geojson not valid JSON in UTF-8"
    with pytest.raises(PlanInvalid, match="/archive: the archive is broken"):
        APART.archive(b"PK", pointer="/archive")


def test_the_process_apart_answers_by_itself(monkeypatch: Any, capfdbinary: Any) -> None:
    """Its main function, without the limits, which would stay."""
    limits: list[Any] = []
    monkeypatch.setattr(read_apart.resource, "setrlimit", lambda *pair: limits.append(pair))
    monkeypatch.setattr(read_apart.sys, "argv", ["read_apart", "drawing", "m"])
    monkeypatch.setattr(read_apart.sys, "stdin", type("In", (), {"buffer": BytesIO(b"AC10")}))
    read_apart.main()
    assert b"DWG" in capfdbinary.readouterr().out
    assert len(limits) == 4


def test_running_out_of_memory_has_an_exit_of_its_own(monkeypatch: Any) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(read_apart, "limit", lambda: None)
    monkeypatch.setattr(read_apart, "found_in", full)
    monkeypatch.setattr(read_apart.sys, "argv", ["read_apart", "archive"])
    monkeypatch.setattr(read_apart.sys, "stdin", type("In", (), {"buffer": BytesIO()}))
    with pytest.raises(SystemExit) as ended:
        read_apart.main()
    assert ended.value.code == 3
    assert drawing_file.BLOCK_DEPTH == 8


def test_what_is_filled_is_a_ring_and_a_line_as_long_as_a_door_is_kept() -> None:
    """A filled shop with a pillar left out of it; of four lines one can be a door."""

    def add(document: Any, space: Any) -> None:
        hatch = space.add_hatch(dxfattribs={"layer": ROOM})
        hatch.paths.add_polyline_path(
            [(0, 6000), (3000, 6000), (3000, 9000), (0, 9000)], flags=BOUNDARY_PATH_EXTERNAL
        )
        hatch.paths.add_polyline_path([(1000, 7000), (1200, 7000), (1200, 7200)], flags=0)
        on = {"layer": "A-DOOR"}
        space.add_line((1000, 2000), (1900, 2000), dxfattribs=on)
        space.add_line((0, 0), (100, 0), dxfattribs=on)
        space.add_line((0, 0), (9000, 0), dxfattribs=on)
        document.blocks.new("leaf").add_line((0, 0), (900, 0))
        space.add_blockref("leaf", (0, 0), dxfattribs=on)

    found = read_drawing(as_bytes(a_drawing(add)), unit=None)
    assert [ring.xy for ring in found.rings][3:] == [((0, 6), (3, 6), (3, 9), (0, 9))]
    (door,) = found.lines
    assert door.xy == (approx((1.0, 2.0)), approx((1.9, 2.0)))
    assert {(x.layer, x.what): x.count for x in found.left_out} == {("A-DOOR", "LINE"): 3}
