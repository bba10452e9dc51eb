"""Where dags/, expectations/, policies/ and reports/ are: in a checkout, an editable install or an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

from discretio.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of that name, beside the code.

    Args:
        name: one of dags, expectations, policies, reports.

    Returns:
        An existing folder: `discretio/data/<name>` in a wheel, `<checkout>/<name>` otherwise.

    Raises:
        UsageError: the installation is incomplete.
    """
    shipped = _PACKAGE / "data" / name
    if shipped.is_dir():
        return shipped
    checkout = _PACKAGE.parents[1] / name
    if checkout.is_dir():
        return checkout
    raise UsageError(
        f"the folder {name}/ of Discretio is missing", remedy="install discretio again; its wheel carries this folder"
    )
