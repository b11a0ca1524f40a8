"""How a level is drawn: the colour and the hatching of each reason, safe in black and white."""

from collections.abc import Iterable

from service.domain.holds import HoldKind

# The first of these kinds on a cell decides how it looks.
FIRST_SEEN = (
    HoldKind.HAZARD,
    HoldKind.AREA_OF_ORIGIN,
    HoldKind.EVIDENCE,
    HoldKind.DISPUTE,
    HoldKind.BURNED_AREA,
    HoldKind.CAUSE_AREA,
)
_SIZE = 14
_TINTS = {
    HoldKind.HAZARD: ("#ffe08a", "#3d3000"),
    HoldKind.AREA_OF_ORIGIN: ("#f4a3a3", "#8a0f0f"),
    HoldKind.EVIDENCE: ("#dcc6f2", "#5b2a91"),
    HoldKind.DISPUTE: ("#bfe6df", "#0d5f55"),
    HoldKind.BURNED_AREA: ("#ffd3b0", "#b4480a"),
    HoldKind.CAUSE_AREA: ("#c7dcf7", "#1d4f91"),
}
_LINES = {
    HoldKind.HAZARD: '<path d="M-4 18 18 -4M-4 4 4 -4M10 18 18 10" stroke-width="4.5"/>',
    HoldKind.AREA_OF_ORIGIN: '<path d="M0 0 14 14M0 14 14 0" stroke-width="1.6"/>',
    HoldKind.EVIDENCE: '<path d="M3.5 3.5h.01M10.5 10.5h.01" stroke-width="4"/>',
    HoldKind.DISPUTE: '<path d="M0 3.5H14M0 10.5H14" stroke-width="1.6"/>',
    HoldKind.BURNED_AREA: '<path d="M-4 18 18 -4M-4 4 4 -4M10 18 18 10" stroke-width="1.6"/>',
    HoldKind.CAUSE_AREA: '<path d="M3.5 0V14M10.5 0V14" stroke-width="1.6"/>',
}
STYLE = (
    "text{font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "'WenQuanYi Zen Hei',sans-serif;fill:#1c1c1c}"
    ".closed{fill:#fff}.open{fill:#f1efe8}.walls{fill:#3f4348}.void{fill:#d9dadb;fill-rule:evenodd}"
    ".unit,.sealed{fill-rule:evenodd;stroke:#3f4348;stroke-width:1.6}"
    ".sealed{stroke:#1c1c1c;stroke-width:3}.door,.leaf,.exit,.mine{fill:none}"
    ".door{stroke:#fff;stroke-width:6}.leaf{stroke:#8a5a1f;stroke-width:3}"
    ".exit{stroke:#0b7a3b;stroke-width:9}.mark{stroke:#fff;stroke-width:2}"
    ".aside,.under{fill:none;stroke:#1c1c1c;stroke-width:3}.under{stroke:#fff;stroke-width:8}"
    ".place{fill:#1c1c1c;stroke:#fff;stroke-width:2}.mine{stroke:#1560bd;stroke-width:11}.paper{fill:#fff}.faint{fill:#555}"
    ".label{text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:7;"
    "stroke-linejoin:round}"
)


def patterns(prefix: str, kinds: Iterable[HoldKind]) -> str:
    """The hatchings of these kinds, their ids begun by `prefix`."""
    return "".join(
        f'<pattern id="{prefix}{kind}" width="{_SIZE}" height="{_SIZE}" '
        f'patternUnits="userSpaceOnUse"><rect width="{_SIZE}" height="{_SIZE}" fill="{tint}"/>'
        f'<g fill="none" stroke="{ink}" stroke-linecap="round">{_LINES[kind]}</g></pattern>'
        for kind, (tint, ink) in ((kind, _TINTS[kind]) for kind in kinds)
    )
