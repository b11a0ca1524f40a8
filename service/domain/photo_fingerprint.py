"""What a photo looks like in 64 bits, and which of many look nearly the same.

The perceptual hash is that of Zauner, "Implementation and Benchmarking of Perceptual Image Hash
Functions" (2010): the low frequencies of the cosine transform, each above or below their median.
Scaling, recompression and small changes of light move a few bits; another picture, about half.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dctn

from service.domain.photo import GREY_PX, Photo

NEAR = 8
"""Two photos within so many bits of 64 are pointed out as nearly the same."""
_LOW = 8
_FAINT, _ENOUGH = 2.0, 16
"""So many frequencies must stand out by more than this: all lens caps and bare walls are alike."""

Fingerprints = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A photo that looks nearly like another: by how many bits of 64 it differs."""

    photo: Photo
    distance: int


def fingerprint(grey: bytes) -> int | None:
    """64 bits of an upright picture shrunk to GREY_PX × GREY_PX of grey; None: nothing to see."""
    seen = np.frombuffer(grey, dtype=np.uint8).reshape(GREY_PX, GREY_PX)
    low = dctn(seen.astype(np.float64), norm="ortho")[:_LOW, :_LOW].ravel()
    if np.count_nonzero(np.abs(low[1:]) > _FAINT) < _ENOUGH:
        return None
    bits = low > np.median(low[1:])
    bits[0] = False  # the brightness of the whole says nothing of what is shown
    return int(np.packbits(bits).view(">u8")[0])


def near(fingerprints: Fingerprints, wanted: int, *, within: int = NEAR) -> NDArray[np.intp]:
    """Where in `fingerprints`, shape (n,), all those lie that differ in at most `within` bits.

    A scan of all of them: exact, and one million take a few milliseconds.
    """
    return np.flatnonzero(distances(fingerprints, wanted) <= within)


def distances(fingerprints: Fingerprints, wanted: int) -> NDArray[np.uint8]:
    """In how many bits each of `fingerprints`, shape (n,), differs (Hamming)."""
    counted: NDArray[np.uint8] = np.bitwise_count(fingerprints ^ np.uint64(wanted))
    return counted
