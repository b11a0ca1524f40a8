"""The second story: a plan, holds, a seal, and the findings that make it shrink to nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from scripts.client import Client, RefusedByService
from scripts.sample import sample_id
from scripts.tour_people import (
    moment,
    person,
    put_party,
    put_statement,
    report,
    second_investigator,
    send_photos,
)
from scripts.tour_shapes import Chosen, choose

TellOwner = Callable[[str, Client, UUID, UUID], None]


class Investigation:
    """One scene from the take-over to the release; prints what each finding changed."""

    def __init__(
        self, url: str, plan: dict[str, Any], photos: list[Path], tell_owner: TellOwner
    ) -> None:
        self.url = url
        self.plan = plan
        self.photos = photos
        self.tell_owner = tell_owner
        self.crew = person(url, "crew")
        self.lead = person(url, "investigator")
        self.incident_id, self.scene_id = uuid4(), uuid4()
        self.version = 0
        self.steps = 0

    def run(self) -> None:
        """The whole story."""
        self.take_over()
        fire = choose(self.lead.get(f"/v1/scenes/{self.scene_id}/plan"))
        print(f"  起火单元 the unit that burned: {fire.names[fire.fire_unit]}")
        holds = self.set_seal(fire)
        parties = self.certify(fire)
        self.tell_owner(self.url, self.lead, self.incident_id, parties[0])
        self.survey(fire, holds)
        self.hear(fire, parties)
        self.release(holds)
        self.tell_owner(self.url, self.lead, self.incident_id, parties[0])

    def take_over(self) -> None:
        """The same incident, with nothing entered again; then the plan."""
        loss = {"whole_fen": 8_600_000}
        self.crew.create(
            f"/v1/incidents/{self.incident_id}", report(loss=loss, called_at=moment(240))
        )
        self.photo_ids = send_photos(self.crew, self.incident_id, self.photos)
        self.officers = [str(sample_id("investigator")), str(second_investigator(self.url))]
        self.lead.create(
            f"/v1/incidents/{self.incident_id}/investigation",
            {"lead_officer_id": self.officers[0], "investigator_ids": self.officers},
        )
        scene = self.lead.create(
            f"/v1/scenes/{self.scene_id}", {"incident_id": str(self.incident_id)}
        )
        taken = self.lead.correct(f"/v1/scenes/{self.scene_id}/plan", self.plan, scene["version"])
        units = [f for f in taken["features"] if f["properties"]["kind"] in ("closed", "open")]
        print(f"  平面图 plan: {len(units)} 个单元 units, {len(taken['mends'])} 处修补 mends")
        self.version = self.lead.get(f"/v1/scenes/{self.scene_id}")["version"]

    def find(self, kind: str, *, by: Client | None = None, **members: Any) -> UUID:
        """Record one finding and print what it changed."""
        id = uuid4()
        done = (by or self.lead).correct(
            f"/v1/scenes/{self.scene_id}/findings/{id}",
            {"kind": kind, "observed_at": moment(), **members},
            self.version,
        )
        self.version = done["version"]
        self.steps += 1
        sealed = sum(done["sealed_m2"].values())
        closed = [each for each in done["still_sealed"] if each["kind"] == "closed"]
        print(
            f"  {self.steps:2}. {kind:20} 封闭 sealed {sealed:8.2f} m², "
            f"{len(closed):2} 个封闭单元 closed units"
        )
        for piece in done["released"][:4]:
            print(f"        放开 opens: {piece['name']} {piece['area_m2']:.2f} m²")
        for each in done["still_sealed"][:3]:
            why = each["reasons"][0]["why"]
            print(f"        仍封 still: {each['name']}：{why['zh']} {why['en']}")
        for question in done["questions"]:
            print(f"        问 asked: {question['words']['zh']} {question['words']['en']}")
        for beyond in done["needs_extension"]:
            more = f"{beyond['unit']} {beyond['area_m2']:.2f} m²"
            print(f"        须扩大封闭 needs an extension: {more}")
        for each in done["way_out"]["shut_in"][:3]:
            print(f"        无法出入 no way in: {each['name']}：{each['words']['en']}")
        for warning in done["warnings"]:
            print(f"        注意 note: {warning['zh']} {warning['en']}")
        return id

    def set_seal(self, fire: Chosen) -> dict[str, UUID]:
        """The officer answers, the service proposes, the officer decides; then the seal."""
        holds = {name: uuid4() for name in ("burned", "cause", "evidence", "hazard")}
        path, answers = f"/v1/scenes/{self.scene_id}/assessment", _answers(fire, holds)
        made = self.lead.create(path, {"answers": answers})
        outcome = [_word(each, fire) for each in (*made["proposals"], *made["divisions"])]
        body = {"answers": answers, "outcome": outcome}
        decided = self.lead.correct(path, body, made["version"])
        self.version = decided["version"]
        for each in made["proposals"]:
            print(f"  建议 proposed: {each['name']['zh']} {each['name']['en']}："
                  f"{each['ground']['zh']}，{each['area_m2']:.2f} m²")  # fmt: skip
        for each in made["divisions"]:
            print(f"  建议划分 division proposed: {each['name']}，{each['freed_m2']:.2f} m² 可放开")
        foreseen = decided["foreseen"]
        print(
            f"  预计封闭 would seal {sum(foreseen['sealed_m2'].values()):.2f} m²；"
            f"整层封闭 a blanket {sum(foreseen['blanket_m2'].values()):.2f} m²"
        )
        self.seal(ground="查明起火原因", demands="未经许可不得进入或移动物品")
        return holds

    def seal(self, **members: Any) -> None:
        """Set the seal; where it would shut somebody in, say what is done for them."""
        try:
            self.find("seal_set", **members)
        except RefusedByService as refused:
            if refused.problem.get("type") != "/problems/shuts-in":
                raise
            shut_in = refused.problem["units"]
            print(f"        须有措施 needs a remedy, no way out: {', '.join(shut_in[:6])}")
            remedy = {"text": "由值守人员带领出入 led in and out by the guard", "unit_ids": shut_in}
            self.find("seal_set", **members, remedies=[remedy])

    def certify(self, fire: Chosen) -> list[UUID]:
        """Who is concerned, certified by the lead officer."""
        units = [fire.fire_unit, *fire.neighbours[:2]]
        people = [("钱先生", "operator"), ("孙女士", "tenant"), ("李房东", "landlord")]
        ids = [
            put_party(self.lead, self.incident_id, name, capacity, [units[n % len(units)]])
            for n, (name, capacity) in enumerate(people)
        ]
        listed = [
            {"party_id": str(id), "name": name, "unit_ids": [units[n % len(units)]]}
            for n, (id, (name, _)) in enumerate(zip(ids, people, strict=True))
        ]
        self.find("parties_certified", parties=listed)
        return ids

    def survey(self, fire: Chosen, holds: dict[str, UUID]) -> None:
        """Survey outwards in, take the evidence, exclude a cause, establish the origin."""
        excluded = {"outcome": "excluded", "ground": "无燃烧痕迹，仅烟熏"}
        if fire.neighbours:
            units = list(fire.neighbours[:1])
            self.find("survey_finished", stage="preliminary", units=units, **excluded)
        self.find(
            "survey_finished",
            stage="detailed",
            geometry=fire.zone,
            levels=[fire.level],
            **excluded,
        )
        self.find("cause_excluded", hold_id=str(holds["cause"]), ground="断路器未动作，导线无熔痕")
        self.find(
            "evidence_taken",
            hold_id=str(holds["evidence"]),
            record_number="呼新火勘提〔2026〕第0001号",
            photo_ids=[str(id) for id in self.photo_ids[:1]],
            officer_ids=self.officers,
            witness="钱先生",
            custody=[{"holder": "李火调", "at": moment(), "place": "大队物证室"}],
        )
        self.find(
            "origin_established",
            geometry=fire.origin,
            levels=[fire.level],
            named_units=[fire.fire_unit],
            ground="蔓延痕迹均指向此处",
        )

    def hear(self, fire: Chosen, parties: list[UUID]) -> None:
        """No objection, an objection, its decision and withdrawal; then the origin only."""
        for party in (parties[0], parties[2]):
            self.no_objection(party)
        objection = self.find("objection_raised", party_id=str(parties[1]), text="对起火原因有异议")
        self.find(
            "objection_decided",
            objection_id=str(objection),
            keeps=True,
            named_units=[fire.fire_unit],
            levels=[fire.level],
            ground="复验前保留",
        )
        self.find("objection_withdrawn", objection_id=str(objection), ground="复验后当事人撤回")
        self.no_objection(parties[1])

    def no_objection(self, party: UUID) -> None:
        """A signed statement on the incident, and the finding that rests on it."""
        statement = put_statement(
            self.lead, self.incident_id, party, "对起火原因及责任没有异议。", "no_objection"
        )
        self.find("no_objection_stated", party_id=str(party), statement_id=str(statement))

    def release(self, holds: dict[str, UUID]) -> None:
        """The danger is over; what is left is answered for, and the place is handed back."""
        self.find("hazard_cleared", hold_id=str(holds["hazard"]), ground="吊顶已拆除")
        scene = self.lead.get(f"/v1/scenes/{self.scene_id}")
        live = [hold["id"] for hold in scene["holds"] if not hold["cleared_at"]]
        self.find(
            "whole_released",
            answers=dict.fromkeys(live, "勘验完毕，无须保留"),
            received_by="李房东",
            condition={
                "structure": "完好",
                "environment": "已通风",
                "health_and_safety": "电源已由供电单位恢复",
            },
        )


def _answers(fire: Chosen, holds: dict[str, UUID]) -> dict[str, Any]:
    """What the officer answers: what burned, an electrical cause, evidence, a ceiling loose."""

    def where(shape: dict[str, Any]) -> dict[str, Any]:
        return {"geometry": shape, "levels": [fire.level]}

    def spot(name: str, label: str, shape: dict[str, Any]) -> dict[str, Any]:
        return {"id": str(holds[name]), "label": label, "where": where(shape)}

    wiring = {
        "id": str(holds["cause"]),
        "kind": "electrical",
        "label": "照明回路",
        "places": [{"part": "cable_run", "where": where(fire.cable)}],
    }
    return {
        "burned": [spot("burned", "", fire.burned)],
        "causes": [wiring],
        "evidence": [spot("evidence", "熔珠", fire.evidence)],
        "structure": [spot("hazard", "吊顶松脱", fire.hazard)],
        "gas": {"state": "shut"},
        "dispute_likely": True,
    }


def _word(proposed: dict[str, Any], fire: Chosen) -> dict[str, Any]:
    """Accept, save for what burned, which reaches a metre farther, and for divisions."""
    word = {"proposal_id": proposed["id"]}
    if "line" in proposed:
        return word | {"decision": "dropped", "reason": "店铺只有一个门，隔开无法使用"}
    if proposed["rule"] != "burned_area":
        return word | {"decision": "accepted"}
    drawn = {"geometry": fire.burned, "levels": [fire.level], "margin_m": 1.0}
    return word | {"decision": "changed", "reason": "过道内烟熏向外约一米", "hold": drawn}
