"""The words of an incident as people read them, in both languages (domain.md's terms)."""

from service.domain.incident import CauseKind, PlaceKind, State
from service.domain.party import Capacity
from service.domain.statement import Objection
from service.domain.words import Words

CAPACITIES: dict[Capacity, Words] = {
    Capacity.LANDLORD: Words("出租人", "landlord"),
    Capacity.TENANT: Words("承租人", "tenant"),
    Capacity.OPERATOR: Words("经营者", "operator"),
    Capacity.RESIDENT: Words("住户", "resident"),
    Capacity.OWNER: Words("所有权人", "owner"),
    Capacity.MANAGER: Words("管理人", "manager"),
    Capacity.REPRESENTATIVE: Words("代理人", "representative"),
    Capacity.WITNESS: Words("证人", "witness"),
    Capacity.OTHER: Words("其他", "other"),
}

CAUSES: dict[CauseKind, Words] = {
    CauseKind.ELECTRICAL: Words("电气", "electrical"),
    CauseKind.CARELESS_USE_OF_FIRE: Words("用火不慎", "careless use of fire"),
    CauseKind.SMOKING: Words("吸烟", "smoking"),
    CauseKind.EMBERS: Words("遗留火种", "left-over embers"),
    CauseKind.PLAYING_WITH_FIRE: Words("玩火", "playing with fire"),
    CauseKind.SPONTANEOUS: Words("自燃", "spontaneous"),
    CauseKind.PRODUCTION_WORK: Words("生产作业", "production work"),
    CauseKind.LIGHTNING: Words("雷击", "lightning"),
    CauseKind.STATIC: Words("静电", "static electricity"),
    CauseKind.ARSON: Words("放火", "arson"),
    CauseKind.UNKNOWN: Words("不明", "unknown"),
    CauseKind.OTHER: Words("其他", "other"),
}

PLACES: dict[PlaceKind, Words] = {
    PlaceKind.DWELLING: Words("居住场所", "dwelling"),
    PlaceKind.ASSEMBLY: Words("人员密集场所", "place of assembly"),
    PlaceKind.FACTORY_OR_STORE: Words("厂库房", "factory or store"),
    PlaceKind.VEHICLE: Words("交通工具", "vehicle"),
    PlaceKind.OUTDOORS: Words("户外", "outdoors"),
    PlaceKind.OTHER: Words("其他", "other"),
}

OBJECTIONS: dict[Objection, Words] = {
    Objection.NONE: Words("未表示意见", "no view stated"),
    Objection.NO_OBJECTION: Words("无异议", "no objection"),
    Objection.OBJECTION: Words("有异议", "objects"),
}

STATES: dict[State, Words] = {
    State.OPEN: Words("待判定", "not decided yet"),
    State.REGISTERED: Words("已简易登记", "registered"),
    State.SIMPLIFIED: Words("简易程序已认定", "determined by the simplified procedure"),
    State.INVESTIGATING: Words("一般程序调查中", "under investigation"),
    State.STRUCK_OFF: Words("已核销", "struck off"),
    State.JOINED: Words("已并入另一记录", "joined to another record"),
    State.HANDED_OVER: Words("已移交政府调查", "handed over to a government investigation"),
}
