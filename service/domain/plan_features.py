"""One feature of a plan as it was sent: its words cleaned, its shape read, nothing decided yet."""

from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from service.domain.errors import Fault, PlanInvalid
from service.domain.plan_kinds import Meant, meant_by
from service.domain.positions import Tally
from service.domain.rough_shapes import rough_shape
from service.domain.words import Words

ID_LIMIT = 100
NAME_LIMIT = 200
_NOTHING = frozenset({"", "null", "none", "undefined", "nan"})
_CHINESE_FIRST = ("zh", "zh-CN", "zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFeature:
    """A feature whose shape is in WGS 84 (or None) and may cross itself; texts are cleaned."""

    pointer: str
    id: str | None
    level: str | None
    name: str | None
    meant: Meant
    shape: BaseGeometry | None
    sent: dict[str, Any] = field(repr=False)
    altitudes: int = 0

    @property
    def label(self) -> str:
        """How a note calls it: by its id, or by its place in the file."""
        return self.id or self.pointer


def read_feature(sent: object, pointer: str, *, crs: str) -> PlanFeature:
    """Read one GeoJSON feature. Raises: PlanInvalid, GeometryInvalid."""
    if not isinstance(sent, dict):
        raise refused(pointer, Words("此处应为 GeoJSON 要素", "a GeoJSON feature is expected here"))
    given = sent.get("properties")
    properties: dict[str, Any] = given if isinstance(given, dict) else {}
    texts = {name: text for name in properties if (text := text_of(properties[name]))}
    meant = meant_by({**_type_of(sent), **texts})
    if meant is None:
        raise refused(
            f"{pointer}/properties/kind",
            Words(
                "kind 应为 closed、open、door、stair、lift、exit 或 level",
                "kind must be closed, open, door, stair, lift, exit or level",
            ),
        )
    tally = Tally()
    shape = rough_shape(sent.get("geometry"), f"{pointer}/geometry", tally=tally, crs=crs)
    return PlanFeature(
        pointer=pointer,
        id=_id_of(sent, texts, pointer),
        level=texts.get("level") or texts.get("level_id"),
        name=(texts.get("name") or "")[:NAME_LIMIT] or None,
        meant=meant,
        shape=shape,
        sent=properties,
        altitudes=tally.altitudes,
    )


def text_of(value: object) -> str | None:
    """A text without blanks around it, control characters or half characters; None for nothing.

    A label in several languages (IMDF) gives its Chinese, or else its first; the words "null" and
    the like are nothing.
    """
    if isinstance(value, dict):
        chosen = [value[language] for language in _CHINESE_FIRST if value.get(language)]
        value = next((text for text in [*chosen, *value.values()] if isinstance(text, str)), None)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and abs(value) > 10**18:
        return None
    printable = "".join(letter if letter.isprintable() else " " for letter in str(value))
    text = " ".join(printable.split())
    return None if text.lower() in _NOTHING else text


def refused(pointer: str, wrong: Words) -> PlanInvalid:
    """One fault of a plan, ready to be raised."""
    return PlanInvalid(
        Fault(
            pointer, wrong, Words("请修改该要素后再提交", "correct this feature and send it again")
        )
    )


def _type_of(sent: dict[str, Any]) -> dict[str, str]:
    text = text_of(sent.get("feature_type"))
    return {"feature_type": text} if text else {}


def _id_of(sent: dict[str, Any], texts: dict[str, str], pointer: str) -> str | None:
    found = text_of(sent.get("id")) or texts.get("id")
    if found is not None and len(found) > ID_LIMIT:
        raise refused(
            f"{pointer}/id",
            Words(f"编号超过 {ID_LIMIT} 个字符", f"the id has more than {ID_LIMIT} characters"),
        )
    return found
