"""The reference store: a relational schema that mirrors the domain model, created, filled, read and erased by us."""

from discretio.stores.reference.registers import keep_registers
from discretio.stores.reference.store import ReferenceStore, create_store

__all__ = ["ReferenceStore", "create_store", "keep_registers"]
