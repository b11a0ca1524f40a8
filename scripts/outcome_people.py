"""Who decides in a simulated fire, and ids that are the same in every run."""

from uuid import UUID, uuid5

from service.domain.powers import Officer, Role

NAMES = UUID(int=2026)


def officer(name: str, role: Role = Role.INVESTIGATOR) -> Officer:
    """Somebody who decides."""
    return Officer(id=id_of(name), name=name, role=role, post_id=NAMES, post_path="/")


def id_of(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMES, name)


LEAD, REVIEWER = officer("lead"), officer("reviewer", Role.REVIEWER)
