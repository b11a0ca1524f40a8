"""The survey order as a scheduling problem: steps by index, sets of steps as bit masks.

One machine, precedence, weighted completion time (1|prec|Σ w·C): a unit is a job of no duration
that follows the steps it needs. Everything is in whole numbers, so that bounds are exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Durations in minutes; `before`: each step's predecessors; `needs`: each unit's steps.

    Both are closed: with a step come all that it must follow.
    """

    durations: tuple[int, ...]
    before: tuple[int, ...]
    needs: tuple[int, ...]
    weights: tuple[int, ...]

    @cached_property
    def minutes(self) -> int:
        """How long all steps take."""
        return sum(self.durations)

    @cached_property
    def weight(self) -> int:
        """The weight of all units."""
        return sum(self.weights)

    def part(self, mask: int, done: int) -> "Chain":
        """Return the steps of a mask as a problem of their own, others being done before.

        Its units are those that open during these steps; steps keep their order by index.
        """
        steps = tuple(bits(mask))
        place = {step: 1 << i for i, step in enumerate(steps)}

        def moved(of: int) -> int:
            return sum(place[step] for step in bits(of & mask))

        opening = [
            i for i, need in enumerate(self.needs) if need & ~done and not need & ~done & ~mask
        ]
        return Chain(
            durations=tuple(self.durations[step] for step in steps),
            before=tuple(moved(self.before[step]) for step in steps),
            needs=tuple(moved(self.needs[i]) for i in opening),
            weights=tuple(self.weights[i] for i in opening),
        )

    def cost(self, order: Sequence[int]) -> int:
        """Return Σ weight·minutes until each unit opens, the steps done in this order."""
        return sum(
            weight * opened
            for weight, opened in zip(self.weights, self.opened_at(order), strict=True)
        )

    def opened_at(self, order: Sequence[int]) -> tuple[int, ...]:
        """Return for each unit after how many minutes it opens."""
        finished, now = [0] * len(self.durations), 0
        for step in order:
            now += self.durations[step]
            finished[step] = now
        return tuple(max((finished[s] for s in bits(need)), default=0) for need in self.needs)

    def in_turn(self, mask: int, done: int = 0) -> list[int]:
        """Return the steps of a mask by index, each after those that it must follow."""
        order: list[int] = []
        while mask:
            step = next(s for s in bits(mask) if not self.before[s] & ~done)
            order.append(step)
            done |= 1 << step
            mask &= ~(1 << step)
        return order


def bits(mask: int) -> Iterator[int]:
    """Yield the steps of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(steps: Sequence[int]) -> int:
    """Return the mask of some steps."""
    return sum(1 << step for step in steps)
