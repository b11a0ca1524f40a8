"""Read a registration: its certificate, what is owed, what was corrected, where it stands."""

from uuid import UUID

from service.domain.powers import Officer, Operation
from service.domain.registration import Registration
from service.operations.kept_registration import registration_for
from service.operations.ports import Work


def read_registration(incident_id: UUID, *, officer: Officer, work: Work) -> Registration:
    """The registration of a fire.

    Raises: IncidentUnknown, RegistrationUnknown, Forbidden.
    """
    _, registration = registration_for(
        incident_id, Operation.READ_INCIDENTS, officer=officer, work=work
    )
    return registration
