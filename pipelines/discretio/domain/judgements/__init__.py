"""The rules as plain functions: one module per rule, each with its `RULE_ID`, its `Facts` and its `judge`.

A fact that is None is one that the store doesn't tell; whether that is a fault (a person without a role) or makes the rule
NOT_CHECKABLE (a copy without a date) is said at each fact. Every judge answers with a `Judgement` and never raises over facts.
"""
