"""The headers and answers of tus in the OpenAPI file; the bodies of uploads are no JSON."""

from typing import Any

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
Shown = dict[str, Any]


def _header(name: str, about: str, *, required: bool = True, **schema: Any) -> Shown:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": about,
        "schema": schema or {"type": "string"},
    }


def _told(about: str, **schema: Any) -> Shown:
    return {"description": about, "schema": schema or {"type": "string"}}


_COUNT: Shown = {"type": "integer", "minimum": 0}
SPOKEN = _header("Tus-Resumable", "tus 的版本 · the version of tus", const=VERSION)
LENGTH = _header(
    "Upload-Length",
    "字节数；与 Upload-Defer-Length 二者取一，合并上传不带 · its bytes; or Upload-Defer-Length; "
    "neither for a final upload",
    required=False,
    type="integer",
    minimum=1,
)
LATE_LENGTH = _header(
    "Upload-Length",
    "登记时未说明的字节数 · the bytes that the announcement left open",
    required=False,
    type="integer",
    minimum=1,
)
DEFER = _header(
    "Upload-Defer-Length", "字节数以后再说 · the length comes later", required=False, const="1"
)
CONCAT = _header(
    "Upload-Concat",
    "partial（分段）或 final;地址 地址（合并）· a part, or a photo put together of parts",
    required=False,
)
METADATA = _header(
    "Upload-Metadata",
    "逗号分隔的“键 Base64值”：photo、incident（UUID）、view（setting、overview、key_part、"
    "detail）、sha256 必填；taken_at、device、position 可选 · key and Base64 of the value, "
    "between commas; not for a part",
    required=False,
)
OFFSET = _header("Upload-Offset", "从第几个字节起 · from which byte on", **_COUNT)
CHECKSUM = _header(
    "Upload-Checksum",
    "sha1 或 sha256，空格，摘要的 Base64 · the algorithm, a space, the digest in Base64",
    required=False,
)
EVERY = {
    "Tus-Resumable": _told("所用版本 · the version spoken"),
    "Tus-Version": _told("所支持的版本 · the versions known"),
}
PROGRESS = EVERY | {
    "Upload-Offset": _told("已保存的字节数 · bytes that are durable", **_COUNT),
    "Upload-Length": _told("照片的字节数 · bytes of the photo", **_COUNT),
    "Upload-Defer-Length": _told("字节数未定 · the length is still to come", const="1"),
    "Upload-Expires": _told("未完成则保留至 · kept until then unless it is finished"),
    "Upload-Concat": _told("分段 · a part"),
    "Upload-Metadata": _told("登记时的说明，仅 HEAD · as announced; only with HEAD"),
}
PLACED = PROGRESS | {"Location": _told("上传地址 · the upload's address", format="uri-reference")}
ABILITIES = EVERY | {
    "Tus-Extension": _told("支持的扩展 · the extensions known"),
    "Tus-Max-Size": _told("照片的最大字节数 · the most bytes of a photo", **_COUNT),
    "Tus-Checksum-Algorithm": _told("支持的摘要算法 · the algorithms known"),
}
PIECE = {"content": {PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}}}

_REFUSED = {
    400: "头部无法读取 · a header cannot be read",
    401: "未登录 · not signed in",
    403: "无权办理 · not within your powers",
    404: "没有这起火情或上传 · no such incident or upload",
    409: "编号已用于另一照片，或起点或长度不符，或分段未完成，或照片已入档 · another photo has the "
    "id, offset or length differ, a part is not whole, or the photo is on record",
    410: "上传已过期 · its time is over",
    412: "tus 版本不符 · another version of tus",
    413: "照片过大 · the photo is too large",
    415: "分片的类型不符 · not the type of a piece",
    422: "元数据或照片有误 · metadata or photo are wrong",
    423: "另一请求正在写入 · somebody else is writing",
    460: "分片校验和不符，未保存 · the piece does not match its checksum, nothing was kept",
    503: "照片存储暂不可用 · the store of photos is away",
}


def refusals(*statuses: int) -> dict[str, Shown]:
    """The answers of these statuses, each a problem."""
    return {
        str(status): {
            "description": _REFUSED[status],
            "headers": EVERY,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status in statuses
    }
