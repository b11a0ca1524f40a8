"""What in a photo's own words contradicts itself or the fire: told to the reader, never refused.

A photo that owners took before the fire, or that crossed a messenger without its EXIF, may be good
evidence; whoever weighs it must know. EXIF times without an offset are read as legal time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from pyproj import Geod

from service.domain.calendar import LEGAL_TIME
from service.domain.incident import Incident
from service.domain.photo import MediaType, Photo, PhotoPosition
from service.domain.words import Words

_EARTH = Geod(ellps="WGS84")


class Source(StrEnum):
    """By whose word something is known of a photo."""

    PHONE = "phone"
    EXIF = "exif"
    TYPED = "typed"


class FlagKind(StrEnum):
    """What a reader is told."""

    BEFORE_CALL = "taken_before_call"
    CLOCK_WRONG = "clock_wrong"
    TIMES_DISAGREE = "times_disagree"
    FAR = "far_from_fire"
    PLACES_DISAGREE = "places_disagree"
    EDITED = "edited"
    NO_EXIF = "no_exif"
    SCREENSHOT = "screenshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """From where on a reader is told (service/rules/photos.json); words are casefolded.

    `screen_ratio` is the long side by the short one from which on a PNG or WebP without EXIF looks
    like a telephone's screen.
    """

    clock_off: timedelta
    far_m: float
    apart_m: float
    edited_after: timedelta
    screen_ratio: float
    editors: tuple[str, ...]
    screenshot_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One contradiction, and on whose word it rests."""

    kind: FlagKind
    words: Words
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A photo with all that is said of it: where, besides, an officer typed that it was taken."""

    photo: Photo
    typed: PhotoPosition | None = None

    def times(self) -> dict[Source, datetime]:
        """When it was taken, by each word that was given (UTC or with its offset)."""
        exif = _moment(self.photo.taken_by_exif)
        said = {Source.PHONE: self.photo.taken_by_phone, Source.EXIF: exif}
        return {source: at for source, at in said.items() if at is not None}

    def places(self) -> dict[Source, PhotoPosition]:
        """Where it was taken, by each word that was given."""
        said = {
            Source.PHONE: self.photo.position_by_phone,
            Source.EXIF: self.photo.position_by_exif,
            Source.TYPED: self.typed,
        }
        return {source: at for source, at in said.items() if at is not None}


def flags(claims: Claims, incident: Incident, *, rule: FlagRule) -> tuple[Flag, ...]:
    """Everything a reader should know before trusting the photo, in the order of FlagKind."""
    found = [
        *_times(claims, incident.called_at, rule),
        *_places(claims, incident, rule),
        *_file(claims.photo, rule),
    ]
    return tuple(sorted(found, key=lambda flag: list(FlagKind).index(flag.kind)))


def _times(claims: Claims, called_at: datetime, rule: FlagRule) -> Iterator[Flag]:
    photo, times = claims.photo, claims.times()
    for source, at in times.items():
        if at < called_at - rule.clock_off:
            yield _flag(FlagKind.BEFORE_CALL, (source,), _span(called_at - at))
        if at > photo.received_at + rule.clock_off:
            yield _flag(FlagKind.CLOCK_WRONG, (source,), _span(at - photo.received_at))
    satellites = _moment(photo.camera.satellites_at) if photo.camera else None
    if Source.EXIF in times and satellites is not None:
        off = abs(times[Source.EXIF] - satellites)
        if off > rule.clock_off:
            yield Flag(
                kind=FlagKind.CLOCK_WRONG, words=_OFF.format(**_span(off)), sources=(Source.EXIF,)
            )
    for one, other in combinations(times, 2):
        apart = abs(times[one] - times[other])
        if apart > rule.clock_off:
            yield _flag(FlagKind.TIMES_DISAGREE, (one, other), _span(apart))


def _places(claims: Claims, incident: Incident, rule: FlagRule) -> Iterator[Flag]:
    places, fire = claims.places(), incident.place.location
    middle = fire.geometry.centroid
    scene = PhotoPosition(lon_deg=middle.x, lat_deg=middle.y, accuracy_m=fire.accuracy_m)
    for source, at in places.items():
        metres = apart_m(at, scene)
        if metres > rule.far_m:
            yield _flag(FlagKind.FAR, (source,), {"m": f"{metres:.0f}"})
    for one, other in combinations(places, 2):
        metres = apart_m(places[one], places[other])
        if metres > rule.apart_m:
            yield _flag(FlagKind.PLACES_DISAGREE, (one, other), {"m": f"{metres:.0f}"})


def _file(photo: Photo, rule: FlagRule) -> Iterator[Flag]:
    camera = photo.camera
    bare = camera is None and photo.taken_by_exif is None and photo.position_by_exif is None
    if camera is not None:
        editor = _names(camera.software, rule.editors)
        changed, taken = _moment(camera.changed), _moment(photo.taken_by_exif)
        if editor is not None:
            yield _flag(FlagKind.EDITED, (Source.EXIF,), {"what": camera.software})
        elif changed and taken and changed - taken > rule.edited_after:
            yield Flag(
                kind=FlagKind.EDITED,
                words=_CHANGED.format(**_span(changed - taken)),
                sources=(Source.EXIF,),
            )
    if bare:
        yield _flag(FlagKind.NO_EXIF, (Source.EXIF,), {})
    words = (camera.software, camera.comment) if camera else ()
    named = any(_names(word, rule.screenshot_words) for word in words)
    if named or (bare and _like_a_screen(photo, rule.screen_ratio)):
        yield _flag(FlagKind.SCREENSHOT, (Source.EXIF,), {})


def apart_m(one: PhotoPosition, other: PhotoPosition) -> float:
    """Metres between two positions on WGS 84 by which they surely differ: less both accuracies."""
    metres = _EARTH.inv(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)[2]
    return max(0.0, float(metres) - (one.accuracy_m or 0.0) - (other.accuracy_m or 0.0))


def _like_a_screen(photo: Photo, ratio: float) -> bool:
    short, long = sorted((photo.width_px, photo.height_px))
    return photo.media_type in (MediaType.PNG, MediaType.WEBP) and long >= ratio * short


def _names(text: str | None, words: tuple[str, ...]) -> str | None:
    folded = (text or "").casefold()
    return next((word for word in words if word in folded), None)


def _moment(written: str | None) -> datetime | None:
    """A time as EXIF has it; without an offset it is legal time, with an impossible one none."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=LEGAL_TIME)


def _span(apart: timedelta) -> dict[str, str]:
    """How long, in the largest unit that says it well, in both languages."""
    minutes = round(apart.total_seconds() / 60)
    if minutes < 120:
        return {"zh": f"{minutes}分钟", "en": f"{minutes} minutes"}
    if minutes < 2880:
        return {"zh": f"{minutes // 60}小时", "en": f"{minutes // 60} hours"}
    return {"zh": f"{minutes // 1440}天", "en": f"{minutes // 1440} days"}


def _flag(kind: FlagKind, sources: tuple[Source, ...], said: Mapping[str, str | None]) -> Flag:
    zh, en = (
        separator.join(getattr(_SOURCES[source], language) for source in sources)
        for language, separator in (("zh", "与"), ("en", " and "))
    )
    words = Words(
        _WORDS[kind].zh.format(source=zh, **said), _WORDS[kind].en.format(source=en, **said)
    )
    return Flag(kind=kind, words=words, sources=sources)


_SOURCES = {
    Source.PHONE: Words("手机", "the phone"),
    Source.EXIF: Words("照片文件", "the file (EXIF)"),
    Source.TYPED: Words("人员填写", "the officer"),
}
_WORDS = {
    FlagKind.BEFORE_CALL: Words(
        "按{source}的时间，拍摄于接警前{zh}", "by {source} it was taken {en} before the call"
    ),
    FlagKind.CLOCK_WRONG: Words(
        "按{source}的时间，拍摄于收到之后{zh}：时钟有误",
        "by {source} it was taken {en} after it was received: a clock is wrong",
    ),
    FlagKind.TIMES_DISAGREE: Words(
        "{source}所说的拍摄时间相差{zh}", "{source} differ by {en} on when it was taken"
    ),
    FlagKind.FAR: Words(
        "按{source}的位置，距火场至少{m}米", "by {source} it was taken at least {m} m from the fire"
    ),
    FlagKind.PLACES_DISAGREE: Words(
        "{source}所说的拍摄位置相差至少{m}米", "{source} differ by at least {m} m on where it was"
    ),
    FlagKind.EDITED: Words("经“{what}”处理过", "it went through “{what}”"),
    FlagKind.NO_EXIF: Words(
        "没有EXIF：可能经聊天软件转发或截取", "it has no EXIF: perhaps forwarded by a messenger"
    ),
    FlagKind.SCREENSHOT: Words("像是屏幕截图", "it looks like a screenshot"),
}
_OFF = Words(
    "相机时钟与卫星时间相差{zh}：时钟有误", "the camera's clock is {en} off satellite time"
)
_CHANGED = Words("拍摄{zh}后文件又被改写", "the file was written again {en} after it was taken")
