"""The rules that a check asks of one kind of system."""

from __future__ import annotations

from pathlib import Path

from discretio.errors import UsageError
from discretio.law.policy import ResolvedPolicy
from discretio.law.rules import Action
from discretio.policy_files import profile_named


def rules_of_profile(folder: Path, name: str, policy: ResolvedPolicy) -> frozenset[str]:
    """The rules of a profile but the terms that a deletion plan answers.

    Args:
        folder: the policies folder.
        name: the profile.
        policy: the policy in use.

    Raises:
        UsageError: there is no such profile, or it stands under another policy set.
    """
    profile = profile_named(folder, name)
    if profile.policy_set != policy.policy_set_id:
        raise UsageError(
            f"the profile {name} stands under the policy set {profile.policy_set}",
            where=policy.policy_set_id,
            remedy=f"set DISCRETIO_POLICY_SET={profile.policy_set}, or mend policy_set in the profile",
        )
    return frozenset(rule for rule in profile.rules if Action.DELETE_AFTER_APPROVAL not in policy.rules[rule].does)
