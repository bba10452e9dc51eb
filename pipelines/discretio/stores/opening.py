"""From what the user names a store by to the store."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from discretio.errors import UsageError
from discretio.stores.bucket_files import BucketFiles
from discretio.stores.described_tree import ReadTree
from discretio.stores.document_tree import DocumentTree
from discretio.stores.erasable_bucket import ErasableBucket
from discretio.stores.erasable_mapped import ErasableMappedStore
from discretio.stores.erasable_tree import ErasableTree
from discretio.stores.file_places import FileFinder, FileTree
from discretio.stores.held_contents import HeldContents
from discretio.stores.local_files import LocalFiles
from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import StoreMapping, read_mapping
from discretio.stores.outside_files import OutsideFiles
from discretio.stores.paper import PAPER_URL, PaperInventory
from discretio.stores.port import DossierStore, Extractor
from discretio.stores.reference import ReferenceStore
from discretio.stores.registered_places import lies_in, registered_places, seen_from
from discretio.stores.remote_access import path_in
from discretio.stores.remote_files import RemoteFiles
from discretio.stores.remote_place import is_file_url
from discretio.stores.store_password import files_environment
from discretio.stores.tree_mapping import TreeMapping, read_tree_mapping

_LOCAL = "file://"
_MAPPING_FILES = (".yaml", ".yml")


def open_store(
    target: str,
    registered: Mapping[str, str],
    extract: Extractor | None = None,
    environment: Mapping[str, str] | None = None,
) -> DossierStore:
    """Open a store. Nothing is read yet: `check` says whether it can be.

    Args:
        target: a registered name, a mapping file (.yaml, .yml), a folder or the URL of one (s3://, sftp://, ...), or the
            SQLAlchemy URL of a reference store.
        registered: names, and the file, folder or URL that each stands for.
        extract: makes text of documents; only plain text is read by default.
        environment: where the store's password may stand; the process's own by default.

    Raises:
        UsageError: it is none of these.
        SecretInUrlError: a password stands in the URL.
        MappingError: the mapping file is wrong.
    """
    place = registered.get(target, target)
    if ":" in place and "://" in place:
        return _at_url(place, extract, environment)
    path = Path(place)
    if path.suffix.lower() in _MAPPING_FILES and path.is_file():
        if (tree := read_tree_mapping(path)) is not None:
            return _tree_of(tree, extract, environment)
        return _mapped(read_mapping(path), path.parent, extract, environment)
    if place and path.is_dir():
        return DocumentTree(path, extract=extract)
    near = get_close_matches(target, registered, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageError(
        "there is no such store: not a registered name, an existing mapping file or folder, nor a SQLAlchemy URL",
        remedy=f"{hint}`discretio store list` shows the registered names; sqlite:///file.db is the URL of a file",
    )


def _tree_of(tree: TreeMapping, extract: Extractor | None, environment: Mapping[str, str] | None) -> DossierStore:
    if isinstance(tree.root, str):
        files = BucketFiles(tree.root, environment)
        return ErasableBucket(tree, files, extract) if tree.erasable else ReadTree(files, tree.inventory, extract)
    return ErasableTree(tree, extract) if tree.erasable else ReadTree(tree.root, tree.inventory, extract)


def _mapped(
    mapping: StoreMapping, folder: Path, extract: Extractor | None, environment: Mapping[str, str] | None
) -> DossierStore:
    contents = HeldContents(extract, _files_at(mapping.manners.files, folder, environment or os.environ))
    opened = MappedStore if mapping.erasing is None else ErasableMappedStore
    return opened(mapping, environment, contents=contents)


def open_outside(target: str, apart: Sequence[DossierStore], extract: Extractor) -> OutsideFiles:
    """Open a place outside the stores, to look for copies of what they hold. Nothing is read yet.

    Args:
        target: a folder or the URL of one (s3://, sftp://, ...).
        apart: the registered stores; what lies in them is no copy.
        extract: makes text of documents.

    Raises:
        UsageError: it is neither, or lies in a registered store.
        SecretInUrlError: a password stands in the URL.
    """
    tree = _tree_at(target)
    places = seen_from(tree.locator, registered_places(apart))
    if lies_in(tree.locator if "://" not in tree.locator else path_in(tree.locator), places):
        raise UsageError("this place is a registered store, or lies in one", remedy="scan the store: discretio scan STORE")
    return OutsideFiles(tree, extract, places)


def _tree_at(target: str) -> FileTree:
    if not target.startswith(_LOCAL) and is_file_url(target):
        return RemoteFiles(target, files_environment(os.environ))
    folder = Path(unquote(target.removeprefix(_LOCAL)))
    if target and folder.is_dir():
        return LocalFiles(folder.resolve())
    raise UsageError(
        "there is no such place: neither a folder nor the URL of one", remedy="name one, such as /mnt/share or sftp://server/x"
    )


def _files_at(place: str, beside: Path, environment: Mapping[str, str]) -> FileFinder | None:
    """The place of files that a mapping names; a folder counts from the mapping file on."""
    if not place:
        return None
    return RemoteFiles(place, files_environment(environment)) if is_file_url(place) else LocalFiles(beside / place)


def _at_url(url: str, extract: Extractor | None, environment: Mapping[str, str] | None) -> DossierStore:
    if url.startswith(_LOCAL):
        return DocumentTree(Path(unquote(url.removeprefix(_LOCAL))), extract=extract)
    if is_file_url(url):
        return DocumentTree(RemoteFiles(url, environment), extract=extract)
    if url.startswith(PAPER_URL):
        return PaperInventory(url, environment)
    return ReferenceStore(url, environment, extract)
