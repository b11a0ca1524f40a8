"""The laws of sealing at the level of cells, on random scenes."""

from dataclasses import replace
from random import Random

import shapely
from hypothesis import given
from shapely import box

from service.domain.cells import Cell, cut, extend, split, split_by_zone
from service.domain.claims import Claim, claim
from service.domain.plan import UnitKind
from service.domain.seal import Seal
from tests.scenes import Motion, Scene, a_hold, a_scene, a_shape, scenes, seeds
from tests.slow_seal import slow_seal

EXACT_M2 = 1e-6


made: dict[int, tuple[Scene, list[Claim]]] = {}


def claims_of(scene: Scene) -> list[Claim]:
    """The claims of a scene's holds, made once a scene."""
    if id(scene) not in made:
        found = [claim(scene.plan, hold, axes=scene.axes) for hold in scene.holds]
        made[id(scene)] = (scene, found)
    return made[id(scene)][1]


def sealed_map(cells: tuple[Cell, ...]) -> dict[tuple[str, frozenset], float]:
    """Unit and set of holds → area: cells of equal sets merged."""
    areas: dict[tuple[str, frozenset], float] = {}
    for cell in cells:
        areas[cell.unit, cell.holds] = areas.get((cell.unit, cell.holds), 0.0) + cell.area_m2
    return areas


def union(cells: tuple[Cell, ...]) -> shapely.Geometry:
    return shapely.union_all([cell.shape for cell in cells])


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
        zoned = split_by_zone(seal.cells, scene.plan, zone={"0": zone}, next_id=10_000)
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
    new = claim(scene.plan, a_hold(99, shape, margin_m=0.5), axes=scene.axes)
    laid = split(seal.cells, scene.plan, new, next_id=10_000)
    after = seal.joined(laid, new.hold_id)
    assert shapely.symmetric_difference(union(after.cells), union(seal.cells)).area < EXACT_M2
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
def test_a_tape_contains_its_claim_and_keeps_its_limits(scene: Scene) -> None:
    for found in claims_of(scene):
        assert found.bare.keys() == found.taped.keys()
        if not found.bare:
            continue
        bare = shapely.union_all(list(found.bare.values()))
        assert shapely.difference(bare, shapely.union_all(list(found.taped.values()))).area < 1e-6
        reach = bare.buffer(0.5, quad_segs=64)
        for taped in found.taped.values():
            assert shapely.difference(taped, reach).area < 0.1


@given(seeds)
def test_moving_the_scene_moves_the_closed_units_and_the_claims(seed: int) -> None:
    random = Random(seed)
    motion = Motion(random.uniform(0, 360), random.uniform(-99, 99), random.uniform(-99, 99))
    here, there = a_scene(seed, most_holds=2), a_scene(seed, motion=motion, most_holds=2)
    for one, other in zip(claims_of(here), claims_of(there), strict=True):
        assert one.whole == other.whole
        for unit_id in one.bare.keys() & other.bare.keys():
            back = motion.moved(one.bare[unit_id])
            apart = shapely.symmetric_difference(back, other.bare[unit_id])
            # A piece of 0.01 m² counts or not by a millimetre.
            assert apart.buffer(-0.0025).area < 0.0105


@given(scenes, seeds)
def test_a_level_is_untouched_by_what_happens_on_another(scene: Scene, seed: int) -> None:
    claims = claims_of(scene)
    only = [replace(hold, levels=("0",)) for hold in scene.holds if "0" in hold.levels]
    alone = cut(scene.plan, [claim(scene.plan, hold, axes=scene.axes) for hold in only])
    ground = [cell for cell in cut(scene.plan, claims) if cell.level == "0"]
    assert [(c.unit, c.holds, c.wkb) for c in alone] == [(c.unit, c.holds, c.wkb) for c in ground]
