"""The policy that the tests of the domain judge under."""

from __future__ import annotations

import pytest

from discretio.law.policy import ResolvedPolicy
from domain.made_policy import make_policy


@pytest.fixture(scope="session")
def policy() -> ResolvedPolicy:
    return make_policy()
