"""After the survey of a simulated fire: the origin, what the parties say, what is decided of it."""

from datetime import datetime, timedelta
from random import Random

import shapely

from scripts.outcome_fires import KEPT, NOT_REACHED, OBJECTIONS, Fire
from scripts.outcome_people import id_of
from service.domain import findings as f
from service.domain.findings import Finding
from service.domain.plan import UnitKind
from service.domain.scene import Scene


def afterwards(scene: Scene, fire: Fire, surveyed: datetime) -> list[tuple[datetime, Finding]]:
    """The origin, what the parties say, and what is decided of it."""
    chance = Random(fire.luck + 1)  # noqa: S311
    shut = sorted(
        u for u in scene.seal.sealed_units() if scene.plan.unit(u).kind is UnitKind.CLOSED
    )
    parties = tuple(
        f.ListedParty(party_id=id_of(f"owner {u}"), name=u, unit_ids=(u,)) for u in shut
    )
    plans: list[tuple[datetime, Finding]] = [
        (fire.sealed_at, f.PartiesCertified(id=id_of("list"), parties=parties))
    ]
    if fire.origin_found:
        shape = shapely.box(*fire.seat.buffer(0.75).bounds) & fire.burned
        established = f.OriginEstablished(
            id=id_of("origin"), shape=shape, levels=(fire.level,), ground="pattern"
        )
        plans.append((surveyed, established))
    objector = chance.choice(parties) if chance.random() < OBJECTIONS else None
    missing = chance.choice(parties) if chance.random() < NOT_REACHED else None
    for party in parties:
        at = surveyed + timedelta(days=chance.uniform(0.2, 5))
        if party is objector:
            plans += _objection(party, surveyed + timedelta(days=chance.uniform(0.2, 3)), chance)
        elif party is missing:
            plans.append((surveyed + timedelta(days=8), _not_reached(party, surveyed)))
        else:
            plans.append((at, _agrees(party)))
    return plans


def _agrees(party: f.ListedParty, when: str = "") -> f.NoObjectionStated:
    id = id_of(f"{party.name} agrees {when}")
    return f.NoObjectionStated(id=id, party_id=party.party_id, statement_id=id)


def _not_reached(party: f.ListedParty, since: datetime) -> f.PartyNotReached:
    served = (since + timedelta(days=1), since + timedelta(days=5))
    return f.PartyNotReached(
        id=id_of("not reached"), party_id=party.party_id, served_at=served, ground="away"
    )


def _objection(
    party: f.ListedParty, at: datetime, chance: Random
) -> list[tuple[datetime, Finding]]:
    raised = f.ObjectionRaised(id=id_of("objection"), party_id=party.party_id, text="not here")
    decided_at = at + timedelta(hours=chance.uniform(4, 24))
    keeps = chance.random() < KEPT
    decided = f.ObjectionDecided(
        id=id_of("dispute"), objection_id=raised.id, keeps=keeps, ground="heard"
    )
    plans: list[tuple[datetime, Finding]] = [(at, raised), (decided_at, decided)]
    over = decided_at
    if keeps:
        over = decided_at + timedelta(days=chance.uniform(3, 15))
        settled = f.DisputeDecided(id=id_of("settled"), hold_id=decided.id, ground="shown")
        plans.append((over, settled))
    if chance.random() < 0.8:
        agreed = over + timedelta(days=chance.uniform(1, 5))
        plans.append((agreed, _agrees(party, "at last")))
    return plans
