"""How much of a document is read at most, so that no document takes the memory or the time of the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from discretio.documents.parts import ExhaustedError, Reason, UnreadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one document with all that is nested in it.

    Args:
        document_bytes: of a document that must be held in memory (all but plain text in a file).
        member_bytes: of one unpacked member of an archive or package.
        unpacked_bytes: of all that is unpacked.
        ratio: unpacked to packed bytes, from `ratio_from` unpacked bytes of a member on; beyond it is a bomb.
        ratio_from: in bytes.
        members: of all containers together.
        depth: of containers in containers.
        pages: of one document (pages, slides or sheets).
        characters: of text, all parts together, in code points.
        piece: the longest text that one part holds, in code points; longer ones come in consecutive pieces.
        seconds: for the whole document, looked at between parts and pieces.
        ocr_seconds: for one image or page.
        ocr_images: images and pages that are recognised; 0 switches recognition off.
        ocr_pixels: of one image.
        clock: seconds that only go forward.
    """

    document_bytes: int = 512 << 20
    member_bytes: int = 256 << 20
    unpacked_bytes: int = 1 << 30
    ratio: int = 250
    ratio_from: int = 4 << 20
    members: int = 10_000
    depth: int = 8
    pages: int = 20_000
    characters: int = 1_000_000_000
    piece: int = 4_000_000
    seconds: float = 900.0
    ocr_seconds: float = 60.0
    ocr_images: int = 500
    ocr_pixels: int = 50_000_000
    clock: Callable[[], float] = time.monotonic


class Budget:
    """What is left of the limits while one document is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._deadline = limits.clock() + limits.seconds
        self._bytes = limits.unpacked_bytes
        self._members = limits.members
        self._characters = limits.characters
        self._images = limits.ocr_images

    def look_at_time(self) -> None:
        """Stop when the time is over."""
        if self.limits.clock() > self._deadline:
            raise ExhaustedError(Reason.TIME_LIMIT)

    def seconds_left(self) -> float:
        """Until the time is over."""
        return max(0.0, self._deadline - self.limits.clock())

    def take_member(self) -> None:
        """One more member of a container."""
        self.look_at_time()
        self._members -= 1
        if self._members < 0:
            raise ExhaustedError(Reason.TOO_MANY)

    def take_bytes(self, count: int) -> None:
        """More bytes unpacked."""
        self._bytes -= count
        if self._bytes < 0:
            raise ExhaustedError(Reason.TOO_LARGE)

    def take_characters(self, count: int) -> None:
        """More text delivered."""
        self.look_at_time()
        self._characters -= count
        if self._characters < 0:
            raise ExhaustedError(Reason.TOO_LARGE)

    def take_image(self) -> None:
        """One more image to recognise."""
        self.look_at_time()
        self._images -= 1
        if self._images < 0:
            raise UnreadableError(Reason.NO_OCR if self.limits.ocr_images == 0 else Reason.TOO_MANY)
