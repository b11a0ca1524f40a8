"""Findings on the wire: one shape a kind, shapes as GeoJSON in WGS 84 or a named system."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import (
    INCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from schemas.kinds import Flag, Measure, Moment, Text, Whole, many
from schemas.people import StrictSchema
from service.domain import findings as f
from service.domain.errors import GeometryInvalid
from service.domain.holds import HoldKind
from service.domain.intake import ANY_KIND, AREAS, LINES, take_geometry
from service.domain.words import Words

FARTHEST_M = 100.0
MOST = 2000


def ids(**options: Any) -> fields.List[Any]:
    """Plan feature ids."""
    return fields.List(Text(100, shortest=1), validate=validate.Length(0, MOST), **options)


class FindingOfKind(StrictSchema):
    """What every finding may say beside its own members."""

    FINDING: type[f.Finding]

    based_on = Whole(
        1,
        2**31 - 1,
        load_default=None,
        allow_none=True,
        metadata={
            "description": "所依据的现场版本；只解除的认定可用它代替 If-Match · the scene's "
            "version it was based on; a finding that only clears may say it instead of If-Match"
        },
    )
    observed_at = Moment(load_default=None, allow_none=True)
    device = Text(128, load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The finding's own values, apart from how it was made."""
        making = {name: data.pop(name) for name in ("based_on", "observed_at", "device")}
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.values(data).items()
        }
        return {"finding": self.FINDING, "values": values, **making}

    def values(self, data: dict[str, Any]) -> dict[str, Any]:
        """The members as the finding names them."""
        return data


class ShapedSchema(FindingOfKind):
    """A finding with a shape."""

    KINDS = ANY_KIND
    WITH_ACCURACY = False

    geometry = fields.Raw(required=True, metadata={"type": "object", "description": "GeoJSON"})
    crs = fields.String(load_default="WGS84")

    def values(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take the geometry in; its faults keep their JSON pointers."""
        sent, crs = data.pop("geometry", None), data.pop("crs")
        if sent is None:
            return {**data, "shape": None}
        accuracy_m = data.pop("accuracy_m", 0.0)
        try:
            taken = take_geometry(
                sent, pointer="/geometry", kinds=self.KINDS, crs=crs, accuracy_m=accuracy_m
            )
        except GeometryInvalid as refusal:
            raise ValidationError(list(refusal.faults)) from refusal
        shaped = {**data, "shape": taken.geometry}
        return shaped | {"accuracy_m": taken.accuracy_m} if self.WITH_ACCURACY else shaped


class PlacedSchema(ShapedSchema):
    """A shape that holds: its levels, its accuracy (0: drawn on the plan), its margin."""

    WITH_ACCURACY = True

    levels = ids(required=True)
    accuracy_m = Measure(0.0, FARTHEST_M, load_default=0.0)
    margin_m = Measure(0.0, FARTHEST_M, load_default=0.0)
    named_units = ids(load_default=[])
    not_units = ids(load_default=[])
    ground = Text(2000, shortest=1, required=True)
    label = Text(200, load_default="")


class HoldOpenedSchema(PlacedSchema):
    """A reason to keep a place shut."""

    FINDING = f.HoldOpened

    hold_kind = fields.Enum(HoldKind, by_value=True, required=True)
    replaces = fields.UUID(load_default=None, allow_none=True)

    def values(self, data: dict[str, Any]) -> dict[str, Any]:
        """`kind` names the finding on the wire, so the hold's kind has a name of its own."""
        return super().values({"kind": data.pop("hold_kind"), **data})


class OriginEstablishedSchema(PlacedSchema):
    """The area of origin."""

    FINDING = f.OriginEstablished


class QuestionAnsweredSchema(FindingOfKind):
    """Whether a hold reaches units it only just overlaps."""

    FINDING = f.QuestionAnswered

    hold_id = fields.UUID(required=True)
    reaches = ids(load_default=[])
    reaches_not = ids(load_default=[])


class RemedySchema(StrictSchema):
    """What is done for occupied units that a step shuts in."""

    text = Text(1000, shortest=1, required=True)
    unit_ids = ids(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> f.Remedy:
        """The remedy."""
        return f.Remedy(text=data["text"], unit_ids=tuple(data["unit_ids"]))


class SealSetSchema(FindingOfKind):
    """The range is set."""

    FINDING = f.SealSet

    ground = Text(2000, shortest=1, required=True)
    demands = Text(2000, load_default="")
    planned_release_at = Moment(load_default=None, allow_none=True)
    remedies = many(RemedySchema, 100, load_default=[])


class SealReviewedSchema(FindingOfKind):
    """The seal was looked at again and stays."""

    FINDING = f.SealReviewed

    ground = Text(2000, shortest=1, required=True)


class SurveyFinishedSchema(ShapedSchema):
    """Units, or a zone on its levels."""

    FINDING = f.SurveyFinished
    KINDS = AREAS

    geometry = fields.Raw(load_default=None, allow_none=True, metadata={"type": "object"})
    levels = ids(load_default=[])
    units = ids(load_default=[])
    stage = fields.Enum(f.Stage, by_value=True, required=True)
    outcome = fields.Enum(f.Outcome, by_value=True, required=True)
    ground = Text(2000, shortest=1, required=True)


class OfHoldSchema(FindingOfKind):
    """A finding about one hold, with its ground."""

    hold_id = fields.UUID(required=True)
    ground = Text(2000, shortest=1, required=True)


class CauseExcludedSchema(OfHoldSchema):
    """A cause is excluded."""

    FINDING = f.CauseExcluded


class HazardClearedSchema(OfHoldSchema):
    """A danger is over."""

    FINDING = f.HazardCleared


class DisputeDecidedSchema(OfHoldSchema):
    """A dispute is decided."""

    FINDING = f.DisputeDecided


class CustodySchema(StrictSchema):
    """One hand the evidence passed through."""

    holder = Text(100, shortest=1, required=True)
    at = Moment(required=True)
    place = Text(200, shortest=1, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> f.Custody:
        """The entry."""
        return f.Custody(**data)


class EvidenceTakenSchema(FindingOfKind):
    """Evidence taken by two officers before a witness."""

    FINDING = f.EvidenceTaken

    hold_id = fields.UUID(required=True)
    record_number = Text(100, shortest=1, required=True)
    photo_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(0, MOST))
    officer_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(0, 50))
    witness = Text(100, required=True)
    witness_signed = Flag(load_default=True)
    custody = many(CustodySchema, 100, required=True)


class ListedPartySchema(StrictSchema):
    """A party, with their units."""

    party_id = fields.UUID(required=True)
    name = Text(100, shortest=1, required=True)
    unit_ids = ids(load_default=[])

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> f.ListedParty:
        """The party."""
        return f.ListedParty(**{**data, "unit_ids": tuple(data["unit_ids"])})


class PartiesCertifiedSchema(FindingOfKind):
    """The certified list."""

    FINDING = f.PartiesCertified

    parties = many(ListedPartySchema, MOST, required=True)


class NoObjectionStatedSchema(FindingOfKind):
    """A party's signed statement on the incident says no objection."""

    FINDING = f.NoObjectionStated

    party_id = fields.UUID(required=True)
    statement_id = fields.UUID(required=True)


class PartyNotReachedSchema(FindingOfKind):
    """A party served in vain."""

    FINDING = f.PartyNotReached

    party_id = fields.UUID(required=True)
    served_at = fields.List(Moment(), required=True, validate=validate.Length(0, 50))
    ground = Text(2000, shortest=1, required=True)


class ObjectionRaisedSchema(FindingOfKind):
    """A party objects."""

    FINDING = f.ObjectionRaised

    party_id = fields.UUID(required=True)
    text = Text(5000, shortest=1, required=True)


class ObjectionDecidedSchema(ShapedSchema):
    """An area is kept for the objection, or none."""

    FINDING = f.ObjectionDecided

    geometry = fields.Raw(load_default=None, allow_none=True, metadata={"type": "object"})
    levels = ids(load_default=[])
    named_units = ids(load_default=[])
    objection_id = fields.UUID(required=True)
    keeps = Flag(required=True)
    ground = Text(2000, shortest=1, required=True)


class ObjectionWithdrawnSchema(FindingOfKind):
    """The objector takes it back."""

    FINDING = f.ObjectionWithdrawn

    objection_id = fields.UUID(required=True)
    ground = Text(2000, shortest=1, required=True)


class UnitDividedSchema(ShapedSchema):
    """A closed unit is divided along a line."""

    FINDING = f.UnitDivided
    KINDS = LINES

    unit_id = Text(100, shortest=1, required=True)
    ground = Text(2000, shortest=1, required=True)


class ConditionSchema(StrictSchema):
    """The state in which the place is handed over."""

    structure = Text(1000, shortest=1, required=True)
    environment = Text(1000, shortest=1, required=True)
    health_and_safety = Text(1000, shortest=1, required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> f.Condition:
        """The condition."""
        return f.Condition(**data)


class WholeReleasedSchema(FindingOfKind):
    """The whole place is handed back."""

    FINDING = f.WholeReleased

    answers = fields.Dict(keys=fields.UUID(), values=Text(2000), required=True)
    received_by = Text(100, shortest=1, required=True)
    condition = fields.Nested(ConditionSchema, required=True)


KINDS: Mapping[str, type[FindingOfKind]] = {
    schema.FINDING.NAME.replace("-", "_"): schema
    for schema in (
        HoldOpenedSchema,
        QuestionAnsweredSchema,
        SealSetSchema,
        SealReviewedSchema,
        SurveyFinishedSchema,
        CauseExcludedSchema,
        EvidenceTakenSchema,
        OriginEstablishedSchema,
        PartiesCertifiedSchema,
        NoObjectionStatedSchema,
        PartyNotReachedSchema,
        ObjectionRaisedSchema,
        ObjectionDecidedSchema,
        ObjectionWithdrawnSchema,
        DisputeDecidedSchema,
        HazardClearedSchema,
        UnitDividedSchema,
        WholeReleasedSchema,
    )
}


class FindingSchema(Schema):
    """One finding: `kind` says which, and which other members it takes (see the examples)."""

    class Meta:
        """The other members are judged by the kind's own shape."""

        unknown = INCLUDE

    kind = fields.String(required=True, validate=validate.OneOf(list(KINDS)))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Judge the rest by the kind's own shape."""
        made: dict[str, Any] = KINDS[data.pop("kind")]().load(data)
        return made


class PreviewedSchema(FindingSchema):
    """A finding with the id it will be recorded under."""

    id = fields.UUID(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The finding, with its id."""
        id: UUID = data.pop("id")
        made: dict[str, Any] = KINDS[data.pop("kind")]().load(data)
        return {**made, "id": id}


class PreviewSchema(StrictSchema):
    """Findings, in the order in which they would be recorded, and an extension then approved."""

    findings = fields.List(
        fields.Nested(PreviewedSchema), load_default=[], validate=validate.Length(0, 100)
    )
    extension_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def something(self, data: dict[str, Any], **_: Any) -> None:
        """Findings, or an extension, or both."""
        if not data.get("findings") and data.get("extension_id") is None:
            words = Words(
                "写明勘验结论，或拟批准的扩大封闭", "give findings, or the extension to approve"
            )
            raise ValidationError([words], "findings")
