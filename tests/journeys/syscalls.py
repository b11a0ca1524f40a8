"""What strace saw of a server, and whether it kept the promise of a photo's durability.

A kill leaves the page cache alive and proves nothing about a power cut: the order of the system
calls does. Before the answer to the last piece: the file is synced after its last byte, gets its
name under its digest, the folder with that name is synced, and the database's log is synced.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

STRACE = (
    "strace", "--follow-forks", "--seccomp-bpf", "--decode-fds=path", "--string-limit=48",
    "--trace=write,pwrite64,writev,fsync,fdatasync,link,linkat,rename,renameat2,sendto",
)  # fmt: skip
SYNCS, NAMINGS = {"fsync", "fdatasync"}, {"link", "linkat", "rename", "renameat2"}
WRITES = {"write", "pwrite64", "writev"}


@dataclass(frozen=True)
class Call:
    """One system call of one thread: when it returned well; for what was sent, when it began."""

    thread: int
    name: str
    text: str


def calls(trace: Path) -> list[Call]:
    """The calls in their order."""
    return list(_calls(trace.read_text(errors="replace").splitlines()))


def _calls(lines: list[str]) -> Iterator[Call]:
    begun: dict[int, str] = {}
    for line in lines:
        number, _, rest = line.partition(" ")
        thread, rest = int(number), rest.strip()
        if rest.startswith("sendto("):
            yield Call(thread, "sendto", rest.removeprefix("sendto("))
            continue
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>")
            continue
        if rest.startswith("<... "):
            rest = begun.pop(thread, "") + rest.partition("resumed>")[2]
        found = re.match(r"(\w+)\((.*)\)\s+= \d+", rest)
        if found:
            yield Call(thread, found[1], found[2])


def steps(seen: list[Call], *, photo: str, digest: str) -> dict[str, int]:
    """Where each step of accepting the photo stands in `seen`.

    Raises: AssertionError, naming the step that is not where it has to be.
    """
    named = _first(
        seen, "named under its digest", 0, lambda c: c.name in NAMINGS and digest in c.text
    )
    thread = seen[named].thread
    own = [call if call.thread == thread else replace(call, name="") for call in seen]
    staged = f"/staging/{photo}>"
    written = _last(seen, named, lambda c: c.name in WRITES and staged in c.text)
    synced = _first(
        seen[:named], "its file synced", written, lambda c: c.name in SYNCS and staged in c.text
    )
    folder = f"/originals/{digest[:2]}>"
    filed = _first(own, "its folder synced", named, lambda c: c.name in SYNCS and folder in c.text)
    committed = _first(
        own, "committed", filed, lambda c: c.name in SYNCS and c.text.endswith(".db-wal>")
    )
    answered = _first(own, "answered", named, _is_answer)
    assert answered > committed, "it was answered before it was durable"
    return {
        "its file synced": synced,
        "named under its digest": named,
        "its folder synced": filed,
        "committed": committed,
        "answered": answered,
    }


def _is_answer(call: Call) -> bool:
    return call.name == "sendto" and '"HTTP/1.1 ' in call.text


def _first(seen: list[Call], step: str, after: int, fits: Callable[[Call], bool]) -> int:
    found = next((at for at in range(after, len(seen)) if fits(seen[at])), None)
    assert found is not None, f"not seen: {step}"
    return found


def _last(seen: list[Call], before: int, fits: Callable[[Call], bool]) -> int:
    return next((at for at in reversed(range(before)) if fits(seen[at])), 0)
