"""Where dags/, expectations/, policies/, reports/ and the legal cases are: in a checkout, or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from discretio.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
# The legal cases stand beside the tests that run them.
_ELSEWHERE = {"cases": "tests/domain/judgements/cases", "term_cases": "tests/domain/cases"}


def folder(name: str) -> Path:
    """The folder of that name, beside the code.

    Args:
        name: one of dags, expectations, policies, reports; cases and term_cases are the legal cases of rules and of terms.

    Returns:
        An existing folder: `discretio/data/<name>` in a wheel, `<checkout>/<name>` otherwise.

    Raises:
        UsageError: the installation is incomplete.
    """
    shipped = _PACKAGE / "data" / name
    if shipped.is_dir():
        return shipped
    checkout = _PACKAGE.parents[1] / _ELSEWHERE.get(name, name)
    if checkout.is_dir():
        return checkout
    raise UsageError(
        f"the folder {name}/ of Discretio is missing", remedy="install discretio again; its wheel carries this folder"
    )
