"""Figures -> signed PDF and its verification; names are loaded when first used, since Typst and pyHanko take their time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discretio.reporting.building import build_figures
    from discretio.reporting.counts import ReportCounts, ReportHeader
    from discretio.reporting.keys import SigningKey, load_key, make_demo_key
    from discretio.reporting.policy_words import policy_articles, policy_labels, policy_stamp
    from discretio.reporting.rendering import render
    from discretio.reporting.signing import sign, sign_prepared_field
    from discretio.reporting.verifying import VerificationReport, verify_file

__all__ = [
    "ReportCounts",
    "ReportHeader",
    "SigningKey",
    "VerificationReport",
    "build_figures",
    "load_key",
    "make_demo_key",
    "policy_articles",
    "policy_labels",
    "policy_stamp",
    "render",
    "sign",
    "sign_prepared_field",
    "verify_file",
]

_HOMES = {
    "counts": ("ReportCounts", "ReportHeader"),
    "building": ("build_figures",),
    "keys": ("SigningKey", "load_key", "make_demo_key"),
    "policy_words": ("policy_articles", "policy_labels", "policy_stamp"),
    "rendering": ("render",),
    "signing": ("sign", "sign_prepared_field"),
    "verifying": ("VerificationReport", "verify_file"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's names are of any type
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__} has no {name}")
