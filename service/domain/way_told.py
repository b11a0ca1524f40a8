"""The way out of a scene as told: who is shut in, by which seal, what is done for them."""

from dataclasses import dataclass

from service.domain.scene import Scene
from service.domain.way_kept import way_out_now
from service.domain.way_out import ShutIn, Way
from service.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutInTold:
    """A unit without its way out; `blocked_by` are the sealed units, `remedies` what is done."""

    unit: str
    name: str
    way: Way
    blocked_by: tuple[str, ...]
    words: Words
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOutTold:
    """Whom the seal shuts in. `known` is False where the plan shows no doors.

    `undrawn` are closed units for which the plan draws no way out even without a seal.
    """

    known: bool = False
    shut_in: tuple[ShutInTold, ...] = ()
    undrawn: tuple[str, ...] = ()


NOTHING_TOLD = WayOutTold()


def way_out_told(scene: Scene) -> WayOutTold:
    """Tell the way out as it is now."""
    found = way_out_now(scene)
    shut_in = tuple(
        ShutInTold(
            unit=each.unit_id,
            name=scene.plan.unit(each.unit_id).name,
            way=each.way,
            blocked_by=each.blocked_by,
            words=no_way_in(scene, each),
            remedies=remedies_for(scene, each.unit_id),
        )
        for each in found.shut_in
    )
    return WayOutTold(known=found.known, shut_in=shut_in, undrawn=found.undrawn)


def remedies_for(scene: Scene, unit_id: str) -> tuple[str, ...]:
    """What was named to be done for a unit, by the seal and by the extensions in force."""
    taken = [*scene.record.remedies]
    for each in scene.record.extensions.values():
        taken += each.remedies if each.approved_by is not None or each.provisional else ()
    return tuple(each.text for each in taken if unit_id in scene.parts(each.unit_ids))


def no_way_in(scene: Scene, shut_in: ShutIn) -> Words:
    """Say what is left of a unit's way out, and which seal is in its way."""
    names = ", ".join(scene.plan.unit(id).name or id for id in shut_in.blocked_by)
    if shut_in.way is Way.NONE:
        return Words(
            f"出入通道被封闭阻断：{names or '封闭范围'}",
            f"no way in or out: the seal of {names or 'the scene'} is in the way",
        )
    return Words(
        f"出入通道不足1.2米：{names or '封闭范围'}已封闭",
        f"the way past the seal of {names or 'the scene'} is under 1.2 m wide",
    )
