"""Registrations, simplified procedures and investigations as they stand, on SQL."""

from uuid import UUID

from sqlalchemy import Connection

from service.domain import investigation, registration, simplified
from service.domain.investigation import Investigation
from service.domain.registration import Registration
from service.domain.route_deadlines import (
    first_due,
    investigation_dues,
    procedure_dues,
    registration_dues,
)
from service.domain.simplified import SimplifiedProcedure
from storage.documents import Documents
from storage.events import know_events
from storage.tables import investigations, registrations, simplified_procedures

know_events((*registration.EVENTS, *simplified.EVENTS, *investigation.EVENTS))


class SqlRegistrations:
    """The `Registrations` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._documents = Documents(connection, registrations, Registration)

    def get(self, id: UUID) -> Registration | None:
        """The registration of an incident."""
        return self._documents.get(id)

    def put(self, value: Registration, *, previous: int) -> None:
        """Write the state that follows version `previous`; a number stands once."""
        due_at = first_due(registration_dues(value))
        self._documents.put(value, previous=previous, number=value.record.number, due_at=due_at)


class SqlProcedures:
    """The `Procedures` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._documents = Documents(connection, simplified_procedures, SimplifiedProcedure)

    def get(self, id: UUID) -> SimplifiedProcedure | None:
        """The simplified procedure of an incident."""
        return self._documents.get(id)

    def put(self, value: SimplifiedProcedure, *, previous: int) -> None:
        """Write the state that follows version `previous`; a number stands once."""
        number = value.record.number if value.record else None
        due_at = first_due(procedure_dues(value))
        self._documents.put(value, previous=previous, number=number, due_at=due_at)


class SqlInvestigations:
    """The `Investigations` port over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._documents = Documents(connection, investigations, Investigation)

    def get(self, id: UUID) -> Investigation | None:
        """The investigation of an incident."""
        return self._documents.get(id)

    def put(self, value: Investigation, *, previous: int) -> None:
        """Write the state that follows version `previous`."""
        due_at = first_due(investigation_dues(value))
        self._documents.put(value, previous=previous, due_at=due_at)
