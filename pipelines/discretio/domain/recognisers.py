"""Which recognisers detect: the controller's choice, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RecogniserChoice:
    """What policies/lexicons/recognisers.yaml says.

    Attributes:
        own: the languages of each recogniser of Discretio, by its name (`discretio_iban`).
        foreign: a configuration for Presidio's registry provider, with the recognisers that aren't ours; empty for none.
        categories: category of art. 2 §2 of what a foreign recogniser finds, by entity; 16 for those that aren't listed.
        engine: a configuration for Presidio's NLP engine provider; empty for none.
    """

    own: Mapping[str, tuple[str, ...]]
    foreign: Mapping[str, Any] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    engine: Mapping[str, Any] = field(default_factory=dict)
