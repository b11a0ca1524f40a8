"""Cells: the smallest pieces that are sealed or open as one. The door to their functions."""

from service.domain.cell import Cell, Division, Split, ZoneCut
from service.domain.cutting import cut
from service.domain.splitting import divide, extend, split, split_by_zone

__all__ = [
    "Cell",
    "Division",
    "Split",
    "ZoneCut",
    "cut",
    "divide",
    "extend",
    "split",
    "split_by_zone",
]
