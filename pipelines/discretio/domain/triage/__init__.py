"""Triage: what becomes of a finding once a rule has answered. Ids, categories, rules and kinds of evidence; never a text."""
