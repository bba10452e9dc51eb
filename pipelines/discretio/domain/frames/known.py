"""All frames that a store can deliver: those of the reference store, and what the chapters of the catalogue add to them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from discretio.domain.frames import subjects
from discretio.domain.frames.columns import Column, Frame
from discretio.domain.frames.store import STORE_FRAMES


def subject_modules() -> Iterator[ModuleType]:
    """The modules of the chapters, in the order of their names."""
    for found in sorted(pkgutil.iter_modules(subjects.__path__), key=lambda module: module.name):
        yield importlib.import_module(f"{subjects.__name__}.{found.name}")


def _known_frames() -> dict[str, Frame]:
    """Every frame with every column.

    Raises:
        ValueError: two chapters give one column or frame, with different meanings.
    """
    modules = list(subject_modules())
    frames = dict(STORE_FRAMES)
    for module in modules:
        for frame in getattr(module, "FRAMES", ()):
            if frame.name in frames:
                raise ValueError(f"the frame {frame.name} is described twice")
            frames[frame.name] = frame
    for module in modules:
        for name, columns in getattr(module, "COLUMNS", {}).items():
            frames[name] = _extended(frames[name], columns)
    return frames


def _extended(frame: Frame, columns: tuple[Column, ...]) -> Frame:
    """The frame with these columns; two chapters may ask the same of it, in the same words."""
    there = {column.name: column for column in frame.columns}
    for column in columns:
        if there.get(column.name, column) != column:
            raise ValueError(f"the column {frame.name}.{column.name} is described twice, and differently")
    return frame.with_columns(*(column for column in columns if column.name not in there))


KNOWN_FRAMES: dict[str, Frame] = _known_frames()
