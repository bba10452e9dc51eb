"""Reason codes are a closed list that translators can work from."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import discretio.domain
from discretio.domain.retention_reasons import Reason

DOMAIN = Path(discretio.domain.__file__).parent


def test_codes_are_lower_snake_case_and_named_as_their_constant() -> None:
    for reason in Reason:
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", reason.value)
        assert reason.name.lower() == reason.value


def test_every_reason_that_the_domain_gives_is_in_the_list() -> None:
    used = {
        node.attr
        for module in DOMAIN.glob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Reason"
    }
    assert used <= {reason.name for reason in Reason}
