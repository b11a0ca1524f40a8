"""The process apart in which archives and drawings are read: `python -m storage.read_apart`.

The file comes in on standard input, what was found goes out as JSON. Memory, processor time and
the size of what is written are limited before the first byte is looked at; a refusal is an
answer like any other, and whatever else goes wrong ends this process alone.
"""

import resource
import sys

from service.domain.errors import Refusal
from storage.drawing_file import read_drawing
from storage.drawing_reader import OUT_OF_MEMORY, Found
from storage.plan_archive import is_archive, read_archive, read_member
from storage.serialise import to_text

MEMORY_BYTES = 1_500 * 1024 * 1024
PROCESSOR_SECONDS = 20
WRITTEN_BYTES = 96 * 1024 * 1024


def found_in(body: bytes, kind: str, unit: str | None) -> Found:
    """Read an "archive" (IMDF) or a "drawing" (DXF, or a zip that holds one)."""
    try:
        if kind == "archive":
            return Found(files=read_archive(body))
        inner = read_member(body, ".dxf") if is_archive(body) else body
        return Found(drawing=read_drawing(inner, unit=unit))
    except Refusal as refusal:
        return Found(
            refused=type(refusal).__name__, faults=refusal.faults, facts=dict(refusal.facts)
        )


def limit() -> None:
    """Give up memory, time and files beyond what reading a plan takes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read what comes in and write what was found."""
    limit()
    try:
        kind, unit = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
        text = to_text(found_in(sys.stdin.buffer.read(), kind, unit))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main()
