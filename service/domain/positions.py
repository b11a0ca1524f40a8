"""Positions of a GeoJSON geometry read number by number, so that a fault can name its place."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from service.domain.coordinates import Coordinates
from service.domain.errors import Fault, GeometryInvalid
from service.domain.words import Words

VERTEX_LIMIT = 10_000
_HUGE = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One row of positions (a ring, a line, points) and where each stood in what was sent."""

    pointer: str
    xy: Coordinates
    places: tuple[int | str, ...]

    @classmethod
    def of(cls, position: tuple[float, float], pointer: str) -> "Strand":
        """The one position that stands at `pointer`."""
        row, _, place = pointer.rpartition("/")
        return cls(pointer=row, xy=np.array([position]), places=(place,))

    def pointer_to(self, index: int) -> str:
        """The JSON pointer of a position, as sent."""
        return f"{self.pointer}/{self.places[index]}"


@dataclass(slots=True)
class Tally:
    """What is counted while one geometry is read: its positions, and those with an altitude."""

    positions: int = 0
    altitudes: int = 0


def wrong(pointer: str, problem: Words, remedy: Words) -> GeometryInvalid:
    """One fault of a geometry, ready to be raised."""
    return GeometryInvalid(Fault(pointer, problem, remedy))


def read_list(sent: object, pointer: str) -> Iterator[tuple[object, str]]:
    """The members of a list that must not be empty, each with its pointer."""
    if not isinstance(sent, list):
        raise wrong(
            pointer,
            Words("此处应为数组", "a list is expected here"),
            Words("请按 GeoJSON（RFC 7946）给出坐标数组", "send the lists of RFC 7946"),
        )
    if not sent:
        raise wrong(
            pointer,
            Words("图形为空", "it is empty"),
            Words("请画出图形，或不要提交此项", "draw it, or leave the member out"),
        )
    return ((member, f"{pointer}/{index}") for index, member in enumerate(sent))


def read_strand(sent: object, pointer: str, tally: Tally) -> Strand:
    """A row of positions.

    Raises: GeometryInvalid at the first number that is none, or at the 10,001st position.
    """
    rows = [read_position(member, here, tally) for member, here in read_list(sent, pointer)]
    return Strand(pointer=pointer, xy=np.array(rows), places=tuple(range(len(rows))))


def read_position(sent: object, pointer: str, tally: Tally) -> tuple[float, float]:
    """Longitude and latitude (or easting and northing); a third number is counted and dropped."""
    numbers = [_read_number(member, here) for member, here in read_list(sent, pointer)]
    if len(numbers) not in (2, 3):
        raise wrong(
            pointer,
            Words(
                f"一个坐标点应有 2 个数，收到 {len(numbers)} 个",
                f"a position has 2 numbers, {len(numbers)} were sent",
            ),
            Words("请给出 [经度, 纬度]", "send [longitude, latitude]"),
        )
    tally.positions += 1
    tally.altitudes += len(numbers) == 3
    if tally.positions > VERTEX_LIMIT:
        raise wrong(
            pointer,
            Words(f"坐标点超过 {VERTEX_LIMIT:,} 个", f"more than {VERTEX_LIMIT:,} positions"),
            Words("请简化图形后再提交", "simplify the geometry"),
        )
    return numbers[0], numbers[1]


def _read_number(sent: object, pointer: str) -> float:
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        kind = _kind_of(sent)
        raise wrong(
            pointer,
            Words(f"此处应为数字，收到{kind.zh}", f"a number is expected, not {kind.en}"),
            Words("请给出十进制数字，不加引号", "send a plain decimal number, without quotes"),
        )
    if isinstance(sent, float) and not math.isfinite(sent):
        raise wrong(
            pointer,
            Words("坐标不是有限数（NaN 或 Infinity）", "the number is NaN or infinite"),
            Words("请检查定位或绘图来源", "check where the coordinate came from"),
        )
    if abs(sent) > _HUGE:
        raise wrong(
            pointer,
            Words("坐标数值过大", "the number is too large for a coordinate"),
            Words("请检查坐标及其坐标系（crs）", "check the coordinate and its system (crs)"),
        )
    return float(sent)


def _kind_of(sent: object) -> Words:
    """What a JSON value is, in words."""
    return _KINDS.get(type(sent), Words("其他类型", "something else"))


_KINDS = {
    type(None): Words("空值 null", "null"),
    bool: Words("真假值", "true or false"),
    str: Words("文字", "a text"),
    list: Words("数组", "a list"),
    dict: Words("对象", "an object"),
}
