"""What photos and their uploads refuse: leaves of the one tree (errors.py)."""

from service.domain.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    Locked,
    Malformed,
    Stale,
    Throttled,
    TooLarge,
    Unavailable,
    Unknown,
    WrongMediaType,
)
from service.domain.words import Words


class UploadHeaderInvalid(Malformed):
    """A tus header is missing or cannot be read."""

    TITLE = Words("上传请求头有误", "A header of the upload is missing or wrong")


class UploadMetadataInvalid(Invalid):
    """What Upload-Metadata says of the photo is missing, unknown or wrong."""

    TITLE = Words("照片说明有误", "What was said of the photo is wrong")


class UploadUnknown(Unknown):
    """No unfinished upload and no photo has this id."""

    TITLE = Words("没有这一上传", "No such upload")


class UploadExpired(Gone):
    """The upload was not finished within its time; nothing of it is kept."""

    TITLE = Words("上传已过期", "The upload was not finished in time")


class UploadIsFinal(Forbidden):
    """An upload put together of others takes no bytes of its own."""

    TITLE = Words("合并上传不接收分片", "A final upload takes no pieces")


class UploadPartUnfinished(Conflict):
    """A part named by a final upload is absent, or not whole yet."""

    TITLE = Words("分段上传尚未完成", "A part is not there, or not whole yet")


class UploadLengthSet(Conflict):
    """The length of the upload was said before, or is less than what has arrived."""

    TITLE = Words("上传长度不能更改", "The length of the upload stands")


class PhotoUnknown(Unknown):
    """The incident has no such photo."""

    TITLE = Words("没有这张照片", "No such photo")


class UploadOffsetWrong(Conflict):
    """The piece does not begin where the stored part ends."""

    TITLE = Words("续传位置不符", "The piece does not begin where the stored part ends")


class PhotoIdTaken(Conflict):
    """The photo id already belongs to a different photo."""

    TITLE = Words("照片编号已用于另一张照片", "The photo id belongs to a different photo")


class PhotoOnRecord(Conflict):
    """The photo is on record: it is evidence, and an upload that is over cannot be given up."""

    TITLE = Words("照片已入卷", "The photo is on record")


class DirectUploadAbsent(Conflict):
    """Photos of this service lie in a folder, which takes nothing but from the service."""

    TITLE = Words("不能直传存储", "Nothing is sent straight to the store here")


class DirectUploadIncomplete(Conflict):
    """What was sent straight to the store is not there as a whole."""

    TITLE = Words("直传尚未完成", "Not all of it has arrived at the store")


class PhotoTooLarge(TooLarge):
    """More bytes than a photo may have, or than the upload announced."""

    TITLE = Words("照片过大", "The photo is too large")


class IncidentPhotosFull(Conflict):
    """The incident has as many photos, unfinished uploads included, as it may have."""

    TITLE = Words("该火情的照片数量已满", "The incident takes no more photos")


class IncidentBytesFull(TooLarge):
    """The incident's photos would take more bytes than they may."""

    TITLE = Words("该火情的照片容量已满", "The incident's photos would take too much room")


class DeviceTooBusy(Throttled):
    """The device has as much under way as it may have at once."""

    TITLE = Words("该设备未完成的上传过多", "This device has too many uploads under way")


class PhotoRemovedAlready(Conflict):
    """The photo was removed before, for another reason; the first record stands."""

    TITLE = Words("照片已被移出", "The photo was removed before")


class StandpointUnknown(Unknown):
    """Nobody has said yet where the photo was taken from."""

    TITLE = Words("没有拍摄位置", "No standpoint on record")


class UploadBusy(Locked):
    """Another request is writing to this upload."""

    TITLE = Words("该照片正在上传", "This photo is being sent by another request")


class UploadTypeWrong(WrongMediaType):
    """A piece must come as application/offset+octet-stream."""

    TITLE = Words("分片类型不符", "A piece must be application/offset+octet-stream")


class TusVersionWrong(Stale):
    """The client speaks another version of tus."""

    TITLE = Words("不支持的 tus 版本", "This version of tus is not spoken here")


class PhotoDigestWrong(Invalid):
    """The whole photo does not have the announced SHA-256; nothing of it was kept."""

    TITLE = Words("照片摘要不符", "The photo does not have the announced digest")


class PhotoTypeRefused(Invalid):
    """By its content it is not a kind of picture that is kept here."""

    TITLE = Words("不接受的照片格式", "Not a kind of picture that is accepted")


class PhotoBroken(Invalid):
    """It begins like a picture, and cannot be decoded to its end."""

    TITLE = Words("照片已损坏", "The picture is broken")


class PhotoTooManyPixels(Invalid):
    """It would unfold to more pixels than are ever decoded here."""

    TITLE = Words("照片像素过多", "The picture has too many pixels")


class StoreUnavailable(Unavailable):
    """The place where photos are kept does not answer, or is full."""

    TITLE = Words("照片存储暂时不可用", "The photo store is unavailable for the moment")


class PhotoBytesMissing(StoreUnavailable):
    """The record knows the photo, and its bytes are not in the store."""

    TITLE = Words("照片原件缺失", "The bytes of the photo are missing from the store")
