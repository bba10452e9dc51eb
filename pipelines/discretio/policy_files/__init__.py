"""policies/ on disk -> law: the strict YAML loader and the lexicon files."""

from discretio.policy_files.ambiguities import load_ambiguities
from discretio.policy_files.checking import check_policies
from discretio.policy_files.loading import load_policy, policy_set_ids
from discretio.policy_files.naming import load_authorities, special_class_labels, special_class_references
from discretio.policy_files.profiles import load_profiles, profile_named

__all__ = [
    "check_policies",
    "load_ambiguities",
    "load_authorities",
    "load_policy",
    "load_profiles",
    "policy_set_ids",
    "profile_named",
    "special_class_labels",
    "special_class_references",
]
