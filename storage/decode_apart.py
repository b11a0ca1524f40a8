"""The process apart in which pictures are decoded: `python -m storage.decode_apart`.

It loads the decoders once and then forks for each task, so that what one file breaks or eats is
gone with that child. A child may have so much memory and time and may write no file; it sees
the picture and the socket of its answer, and nothing else of the service.

Standard input is a socket. Each message on it brings two descriptors: the picture, and a socket
on which the task comes and the answer goes, and after it how the child ended. The process ends
when the service closes its socket, also by dying.
"""

import gc
import mmap
import os
import resource
import selectors
import signal
import socket
from typing import BinaryIO, cast

from service.domain.errors import Refusal
from service.domain.photo import type_by_content
from storage.picture_task import OUT_OF_MEMORY, Done, Limits, Task, answer_of, end_of, to_task
from storage.pictures import inspect, previews


def limit(to: Limits) -> None:
    """Give up memory, time and files beyond what a picture takes."""
    resource.setrlimit(resource.RLIMIT_AS, (to.memory_bytes, to.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (to.processor_seconds, to.processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, to.seconds)


def done(task: Task, picture: int) -> Done:
    """Do what is asked with the picture of that descriptor."""
    try:
        type_by_content(os.pread(picture, 64, 0))
        source = cast(BinaryIO, mmap.mmap(picture, 0, access=mmap.ACCESS_READ))
        if task.recipes:
            return Done(previews=tuple(previews(source, task.recipes, font=task.font)))
        return Done(picture=inspect(source))
    except Refusal as refusal:
        return Done(
            refused=type(refusal).__name__, faults=refusal.faults, facts=dict(refusal.facts)
        )


def be_child(answer: socket.socket, picture: int) -> None:
    """One task, within limits; this process ends with it."""
    try:
        gc.disable()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with answer.makefile("rb") as asked:
            task = to_task(asked.read())
        limit(task.limits)
        if task.in_no_hurry:
            os.nice(19)
        answer.sendall(answer_of(done(task, picture)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        os._exit(1)
    os._exit(0)


def serve(service: socket.socket) -> None:
    """Fork for each task, and say of each child how it ended, until the service closes."""
    woken, wake = socket.socketpair()
    for each in (woken, wake):
        each.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(service, selectors.EVENT_READ)
        ready.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fileobj is woken:
                    woken.recv(4096)
                    tell_ends(children)
                elif not begin(service, children):
                    return


def begin(service: socket.socket, children: dict[int, socket.socket]) -> bool:
    """Take one task and fork for it; False when the service has closed."""
    message, descriptors, _, _ = socket.recv_fds(service, 1, 2)
    if not message:
        return False
    picture, answer = descriptors[0], socket.socket(fileno=descriptors[1])
    child = os.fork()
    if child == 0:
        for other in (service, *children.values()):
            other.close()
        be_child(answer, picture)
    os.close(picture)
    children[child] = answer
    return True


def tell_ends(children: dict[int, socket.socket]) -> None:
    """Send the wait status of every child that has ended."""
    while children:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        with children.pop(child) as answer:
            try:
                answer.sendall(end_of(status))
            except OSError:
                continue  # nobody waits for it any more


def main() -> None:
    """Serve on standard input."""
    gc.freeze()  # so that no child's collector touches the pages that all share
    with socket.socket(fileno=os.dup(0)) as service:
        serve(service)


if __name__ == "__main__":
    main()
