"""The mapping file of a document tree: where it lies, what is known of its dossiers, and that they may be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ruamel.yaml.comments import CommentedMap

from discretio.errors import MappingError
from discretio.stores.bucket import BUCKET_PROTOCOLS
from discretio.stores.foreign.erase_forms import read_erasing
from discretio.stores.foreign.yaml_reader import YamlReader, parse_file
from discretio.stores.remote_place import is_file_url

TREE_KEYS: Mapping[str, str] = {
    "tree": "the folder of the tree, from this file on; or s3://BUCKET/FOLDER",
    "inventory": "a CSV or YAML file beside it that tells dates and terms by dossier_key (docs/paper.md); may be left out",
}
"""What `store` says of a tree: the documentation is checked against this table."""


@dataclass(frozen=True, slots=True)
class TreeMapping:
    """A tree, what is known of its dossiers, and whether they may be erased.

    Attributes:
        root: the folder, or the URL of a bucket.
        inventory: the file with their dates and terms; null if there is none.
        erasable: whether dossiers may be erased.
        sha256: of the mapping file.
    """

    root: Path | str
    inventory: Path | None
    erasable: bool
    sha256: str


def read_tree_mapping(path: Path) -> TreeMapping | None:
    """Read the mapping of a tree; None if the file maps no tree.

    Raises:
        MappingError: the file is wrong; names file, line and how to mend it.
    """
    document = parse_file(path)
    store = document.get("store") if isinstance(document, CommentedMap) else None
    if not isinstance(document, CommentedMap) or not isinstance(store, CommentedMap) or "tree" not in store:
        return None
    reader = YamlReader(path.name)
    reader.known(document, {"store", "erase"}, "the file")
    reader.known(store, TREE_KEYS, "store")
    root = _root(reader, store, path.parent)
    inventory = path.parent / reader.word(store, "inventory").name if "inventory" in store else None
    erasing = read_erasing(reader, document)
    if erasing is not None and (erasing.also or not erasing.holds_in_ledger):
        raise MappingError(
            "holds on the dossiers of a tree stand in the ledger, and there are no tables beside it",
            where=erasing.where,
            remedy="write erase: {holds: ledger}",
        )
    return TreeMapping(root, inventory, erasing is not None, hashlib.sha256(path.read_bytes()).hexdigest())


def _root(reader: YamlReader, store: CommentedMap, beside: Path) -> Path | str:
    named = reader.word(store, "tree").name
    if urlsplit(named).scheme in BUCKET_PROTOCOLS:
        return named
    if is_file_url(named):
        raise MappingError(
            "a tree behind such a URL is only read: what is judged can't be locked there, nor told from what somebody wrote in "
            "its place, and nothing shows which versions, snapshots and copies the server keeps",
            where=reader.line(store, "tree"),
            remedy="scan it by its URL; erase by the server's own means, or map the folder on the server itself, or a bucket (s3://)",
        )
    root = beside / named
    if not root.is_dir():
        raise MappingError("there is no such folder", where=reader.line(store, "tree"), remedy="name one, from this file on")
    return root
