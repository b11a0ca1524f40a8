"""The laws of sealing at the level of cells, on random scenes."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import shapely
from hypothesis import given
from shapely import STRtree, box

from service.domain.cells import Cell, cut, extend, split, split_by_zone
from service.domain.claims import Claim, claim
from service.domain.plan import UnitKind
from service.domain.seal import Seal
from tests.scenes import (
    SEEDS,
    Motion,
    Scene,
    a_hold,
    a_scene,
    a_shape,
    claims_of,
    scene_of,
    scenes,
    seeds,
)
from tests.slow_seal import slow_seal

EXACT_M2 = 1e-6
NANO_M = 1e-9
"""Of edges a rounding apart GEOS now and then takes the wrong side; asked at this, it does not."""
APART_M = 0.002 + 0.0014
"""Two millimetres, and what putting both scenes on the grid moves."""
STILL = 0.96


def sealed_map(cells: tuple[Cell, ...]) -> dict[tuple[str, frozenset], float]:
    """Unit and set of holds → area: cells of equal sets merged."""
    areas: dict[tuple[str, frozenset], float] = {}
    for cell in cells:
        areas[cell.unit, cell.holds] = areas.get((cell.unit, cell.holds), 0.0) + cell.area_m2
    return areas


def union(cells: tuple[Cell, ...]) -> shapely.Geometry:
    return shapely.union_all([cell.shape for cell in cells], grid_size=NANO_M)


@given(scenes)
def test_the_cells_agree_with_the_slow_computation(scene: Scene) -> None:
    cells = cut(scene.plan, claims_of(scene))
    slow = slow_seal(scene.plan, scene.holds, scene.axes)
    assert {cell.unit for cell in cells} == slow.keys()
    for unit_id, held in slow.items():
        mine = [cell for cell in cells if cell.unit == unit_id]
        for hold_id, shape in held.items():
            shapes = [cell.shape for cell in mine if hold_id in cell.holds]
            assert shapely.symmetric_difference(shapely.union_all(shapes), shape).area < EXACT_M2
        assert {x for cell in mine for x in cell.holds} == held.keys()


@given(scenes, seeds)
def test_order_does_not_matter(scene: Scene, seed: int) -> None:
    claims = claims_of(scene)
    shuffled = list(claims)
    Random(seed).shuffle(shuffled)
    assert cut(scene.plan, claims) == cut(scene.plan, shuffled)
    one, two = Seal.of(cut(scene.plan, claims)), Seal.of(cut(scene.plan, claims))
    for one_claim, other in zip(claims, shuffled, strict=True):
        one, _ = one.clear([one_claim.hold_id])
        two, _ = two.clear([other.hold_id])
    assert one.cells == two.cells == ()


@given(scenes, seeds)
def test_closed_units_are_whole_and_no_cell_is_an_orphan(scene: Scene, seed: int) -> None:
    seal = Seal.of(cut(scene.plan, claims_of(scene)))
    hold = Random(seed).choice(scene.holds)
    after, clearing = seal.clear([hold.id])
    for cell in after.cells:
        assert cell.holds and hold.id not in cell.holds
        if cell.kind is UnitKind.CLOSED:
            assert cell.shape.equals(scene.plan.unit(cell.unit).shape)
    assert {cell.id for cell in seal.cells} - {cell.id for cell in after.cells} == set(
        clearing.released
    )


@given(scenes, seeds)
def test_clearing_more_or_surveying_more_never_leaves_more_sealed(scene: Scene, seed: int) -> None:
    random = Random(seed)
    seal = Seal.of(cut(scene.plan, claims_of(scene)))
    some = random.sample(scene.holds, random.randint(0, len(scene.holds)))
    fewer, _ = seal.clear([hold.id for hold in some[1:]])
    more, _ = seal.clear([hold.id for hold in some])
    assert {cell.id for cell in more.cells} <= {cell.id for cell in fewer.cells}
    shape = a_shape(random, scale=1.0, near=[box(0, 0, 3, 3)]).buffer(1)
    left = []
    for zone in (shape, shape.buffer(2)):
        zoned = split_by_zone(
            seal.cells, scene.plan, zone={scene.plan.ground_level: zone}, next_id=10_000
        )
        after, _ = seal.joined(zoned.split).clear([x.id for x in scene.holds], zoned.inside)
        left.append(after)
    assert shapely.difference(union(left[1].cells), union(left[0].cells)).area < EXACT_M2


@given(scenes, seeds)
def test_what_if_is_what_clearing_frees(scene: Scene, seed: int) -> None:
    seal = Seal.of(cut(scene.plan, claims_of(scene)))
    for hold_id, freed in seal.what_if().items():
        after, _ = seal.clear([hold_id])
        assert abs(seal.area_m2() - after.area_m2() - freed.area_m2) < 1e-6 * seal.area_m2()
        gone = {cell.unit for cell in seal.cells} - {cell.unit for cell in after.cells}
        assert gone == set(freed.units)


@given(scenes, seeds)
def test_a_new_hold_inside_seals_nothing_and_releases_nothing(scene: Scene, seed: int) -> None:
    seal = Seal.of(cut(scene.plan, claims_of(scene)))
    shape = a_shape(Random(seed), scale=1.0, near=[box(0, 0, 3, 3)])
    hold = a_hold(99, shape, margin_m=0.5, levels=(scene.plan.ground_level,))
    new = claim(scene.plan, hold, axes=scene.axes)
    laid = split(seal.cells, scene.plan, new, next_id=10_000)
    after = seal.joined(laid, new.hold_id)
    apart = shapely.symmetric_difference(union(after.cells), union(seal.cells), grid_size=NANO_M)
    assert apart.area < EXACT_M2
    wider = seal.joined(
        extend(seal.cells, scene.plan, new, others=claims_of(scene), next_id=10_000), new.hold_id
    )
    claimed = [*(scene.plan.unit(x).shape for x in new.whole), *new.taped.values()]
    expected = shapely.union_all([union(seal.cells), *claimed])
    assert shapely.difference(expected, union(wider.cells)).area < EXACT_M2
    held = [wider.cell(x).shape for x in wider.cells_of(new.hold_id)]
    missing = shapely.difference(shapely.union_all(claimed), shapely.union_all(held))
    assert missing.area < EXACT_M2


@given(scenes)
def test_no_two_cells_of_a_level_overlap(scene: Scene) -> None:
    cells = cut(scene.plan, claims_of(scene))
    for level in {cell.level for cell in cells}:
        shapes = np.array([cell.shape for cell in cells if cell.level == level])
        one, other = STRtree(shapes).query(shapes, predicate="intersects")
        one, other = shapes[one[one < other]], shapes[other[one < other]]
        shared = shapely.area(shapely.intersection(one, other)) > EXACT_M2
        left = shapely.intersection(one[shared], other[shared], grid_size=NANO_M)
        assert shapely.area(left).sum() < EXACT_M2


def test_moving_the_scene_moves_closed_units_claims_and_nearly_every_tape() -> None:
    """Law 7; some tape, and a point 0.1 m off a unit, turn on a threshold a millimetre crosses."""
    still, reached_otherwise = 0, 0
    for seed in SEEDS:
        random = Random(seed)
        motion = Motion(random.uniform(0, 360), random.uniform(-99, 99), random.uniform(-99, 99))
        moved = a_scene(seed, motion=motion)
        here = claims_of(scene_of(seed))
        there = [claim(moved.plan, hold, axes=moved.axes) for hold in moved.holds]
        reached_otherwise += [x.whole for x in here] != [x.whole for x in there]
        pairs = zip(here, there, strict=True)
        still += all(stands for pair in pairs for stands in stood(*pair, motion, seed))
    print(f"{still} of {len(SEEDS)} motions move every tape with its scene")
    assert still >= STILL * len(SEEDS)
    assert reached_otherwise <= len(SEEDS) // 1000


def stood(one: Claim, other: Claim, motion: Motion, seed: int) -> Iterator[bool]:
    """Say of each tape whether it moved with its scene; claims always do."""
    for unit_id in one.bare.keys() & other.bare.keys():
        apart = shapely.symmetric_difference(
            [motion.moved(each[unit_id]) for each in (one.bare, one.taped)],
            [other.bare[unit_id], other.taped[unit_id]],
        )
        bare, taped = shapely.buffer(apart, -APART_M / 2, join_style="mitre")
        # A piece of 0.01 m² counts or not by a millimetre.
        assert bare.area < 0.0105, seed
        yield bool(taped.is_empty)


@given(scenes, seeds)
def test_a_level_is_untouched_by_what_happens_on_another(scene: Scene, seed: int) -> None:
    claims = claims_of(scene)
    level = scene.plan.ground_level
    only = [replace(hold, levels=(level,)) for hold in scene.holds if level in hold.levels]
    alone = cut(scene.plan, [claim(scene.plan, hold, axes=scene.axes) for hold in only])
    ground = [cell for cell in cut(scene.plan, claims) if cell.level == level]
    assert [(c.unit, c.holds, c.wkb) for c in alone] == [(c.unit, c.holds, c.wkb) for c in ground]
