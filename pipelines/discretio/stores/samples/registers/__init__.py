"""The registers of the demo's store: what its organisations would keep of consultations, entries, accesses and themselves.

Everything is in order, but for what `faults.yaml` breaks on purpose; each fault names its rule and why.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from discretio.stores.samples.registers import accesses, consultations, dossiers, entries, organisations, outside
from discretio.stores.samples.registers.faults import Fault, break_rules, shipped_faults
from discretio.stores.samples.registers.world import World

__all__ = ["Fault", "filled_registers", "shipped_faults", "with_registers"]


def with_registers(frames: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """The frames of a store, and all registers beside them, with the faults that are planted.

    Args:
        frames: the frames of the base, as `samples.rows` makes them.
        as_of: the day on which the demo looks.
    """
    world = filled_registers(frames, as_of)
    break_rules(world, shipped_faults())
    return world.cast()


def filled_registers(frames: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> World:
    """The same without faults."""
    world = World(dict(frames), as_of)
    for chapter in (consultations, dossiers, entries, organisations, accesses, outside):
        chapter.fill(world)
    return world
