"""Two drawings as one: before and after."""

import re

_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)" width="100%"')
GAP = 40


def pair(before: str, after: str, *, stacked: bool) -> str:
    """Two drawings of one width side by side, or one above the other, as one SVG document."""
    sizes = [[int(side) for side in _SIZE.findall(each)[0]] for each in (before, after)]
    (width, high), (other, low) = sizes
    if stacked:
        at, wide, tall = (0, high + GAP), max(width, other), high + GAP + low
    else:
        at, wide, tall = (width + GAP, 0), width + GAP + other, max(high, low)
    placed = _placed(before, (0, 0), sizes[0]) + _placed(after, at, sizes[1])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="100%" '
        f'role="group">{placed}</svg>'
    )


def _placed(svg: str, at: tuple[int, int], size: list[int]) -> str:
    width, height = size
    where = f'viewBox="0 0 {width} {height}" x="{at[0]}" y="{at[1]}" width="{width}"'
    return _SIZE.sub(f'{where} height="{height}"', svg, count=1)
