"""Photos on one machine: previews beside bare Pillow, accepting one beside hashing and writing it.

Ours decodes in the process apart, which is running already, as it is after the first photo; the
baseline calls Pillow in this process for the same size, quality, turn and colours. Accepting is
one tus request to a service in this process: announced and received in two transactions, staged,
hashed, decoded to its end, kept, all durable; the previews made after the answer are waited for
and not counted. The baseline hashes the bytes, writes a file, syncs it, renames it and syncs its
folder. Seven interleaved pairs, after one that only warms up.
"""

import hashlib
import io
import os
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

import numpy as np
from PIL import Image, ImageCms, ImageOps

from scripts.sample import PASSWORD, put_brigade
from scripts.tour_people import report
from service.app import create_app
from service.domain.photo import PreviewSize
from service.domain.preview import PreviewRecipe
from service.settings import Settings
from storage.apart_pictures import ApartPictures
from storage.migrate import migrate
from storage.pictures import QUALITY

PAIRS = 7
RUNS = 4
SIDES_PX = (4000, 3000)
PREVIEW_AIM = 1.3
_SRGB = ImageCms.createProfile("sRGB")
NOTES = (
    "photos: seconds a photo of 12 megapixels, lower is better; the second baseline of accepting "
    "also decodes the photo once by bare Pillow, as no photo is accepted undecoded",
)

Timed = Callable[[], object]


def figures() -> dict[str, dict[str, object]]:
    """Seconds a photo."""
    with tempfile.TemporaryDirectory(prefix="handback-") as made:
        folder = Path(made)
        content = a_photo()
        file = folder / "photo.jpg"
        file.write_bytes(content)
        found = {
            f"preview for {size}, beside bare Pillow": compared(
                lambda size=size: apart(file, size),
                lambda size=size: bare_preview(file, size),
                aim=PREVIEW_AIM,
            )
            for size in PreviewSize
        }
        bare = folder / "bare"
        bare.mkdir()
        (accept, settle), fresh = accepting(folder), another(content)
        for name, least in (("", keep_bare), (", one look", keep_and_look_bare)):
            found[f"accept, beside hash, write{name}"] = compared(
                lambda: accept(next(fresh)),
                lambda least=least: least(next(fresh), bare),
                settle=settle,
            )
        return found


def another(content: bytes) -> Iterator[bytes]:
    """The same photo with other bytes behind its end, so that each has a digest of its own."""
    while True:
        yield content + os.urandom(16)


def a_photo() -> bytes:
    """Twelve megapixels of soft noise held sideways, some 3 MB, with a profile of its colours."""
    noise = np.random.default_rng(12).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(_SRGB).tobytes()
    out = io.BytesIO()
    image = Image.fromarray(noise).resize(SIDES_PX, Image.Resampling.BICUBIC)
    image.save(out, "JPEG", quality=90, exif=exif, icc_profile=profile)
    return out.getvalue()


def apart(file: Path, size: PreviewSize) -> bytes:
    """Ours: the picture's descriptor goes over, the preview comes back."""
    with file.open("rb") as source:
        return ApartPictures().previews(source, [PreviewRecipe(size=size)])[0]


def bare_preview(file: Path, size: PreviewSize) -> bytes:
    """The least that makes the same preview."""
    edge = (size.long_edge_px, size.long_edge_px)
    with Image.open(file) as image:
        image.draft("RGB", edge)
        image.thumbnail(edge, Image.Resampling.LANCZOS)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        upright = ImageOps.exif_transpose(image)
        small = ImageCms.profileToProfile(upright, profile, _SRGB, outputMode="RGB")
        out = io.BytesIO()
        small.save(out, "JPEG", quality=QUALITY[size])
        return out.getvalue()


def accepting(folder: Path) -> tuple[Callable[[bytes], None], Callable[[], None]]:
    """What sends a photo in one request to a service of this process, and waits for the rest."""
    settings = Settings(data_dir=folder)
    migrate(settings.database)
    app = create_app(settings)
    app.extensions["handback-database"].write(put_brigade)
    client, incident = app.test_client(), uuid4()
    person = {"username": "crew", "password": PASSWORD.format(role="crew")}
    token = client.post("/v1/sessions", json=person, headers=_key()).json["token"]
    signed = {"Authorization": f"Bearer {token}"}
    made = client.put(
        f"/v1/incidents/{incident}",
        json=report(),
        headers=signed | _key() | {"If-None-Match": "*"},
    )
    if made.status_code != 201:
        raise AssertionError(made.data)

    def accept(content: bytes) -> None:
        said = {
            "photo": uuid4(),
            "incident": incident,
            "view": "detail",
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        headers = signed | {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)),
            "Upload-Metadata": ",".join(
                f"{name} {b64encode(str(value).encode()).decode()}" for name, value in said.items()
            ),
            "Content-Type": "application/offset+octet-stream",
        }
        answer = client.post("/v1/uploads", data=content, headers=headers)
        if answer.headers.get("Upload-Offset") != str(len(content)):
            raise AssertionError(answer.data)

    return accept, app.extensions["handback-photos"].later.wait


def keep_bare(content: bytes, folder: Path) -> None:
    """Hash and write durably: the file synced, renamed to its digest, its folder synced."""
    digest = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).rename(folder / digest)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def look_bare(content: bytes) -> None:
    """Decode it to its end, as small as the decoder can."""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (512, 512))
        image.load()


def keep_and_look_bare(content: bytes, folder: Path) -> None:
    """All that accepting is, but for the record."""
    keep_bare(content, folder)
    look_bare(content)


def compared(
    ours: Timed,
    bare: Timed,
    *,
    aim: float | None = None,
    settle: Callable[[], None] = lambda: None,
) -> dict[str, object]:
    """Seven interleaved pairs, after one that only warms up; `settle` is not counted."""
    pairs = []
    for _ in range(PAIRS + 1):
        mine = seconds(ours)
        settle()
        pairs.append((mine, seconds(bare)))
    del pairs[0]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    holds = "told"
    if aim is not None:
        holds = "holds" if ratios[-1] <= aim else "fails" if ratios[0] > aim else "unclear"
    return {
        "ours": median(mine for mine, _ in pairs),
        "baseline": median(theirs for _, theirs in pairs),
        "ratio": median(ratios),
        "spread": [ratios[0], ratios[-1]],
        "aim": "–" if aim is None else f"≤ {aim}",
        "holds": holds,
    }


def seconds(act: Timed) -> float:
    """Seconds a run."""
    began = time.perf_counter()
    for _ in range(RUNS):
        act()
    return (time.perf_counter() - began) / RUNS


def _key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}
