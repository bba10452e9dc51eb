"""The commands by name: the module that holds each, and its line in `--help`.

Importing every module takes more than a second and help needs none of them: the command that was typed is imported alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

import typer

from discretio import cli
from discretio.cli.app import app, new_application
from discretio.errors import UsageError

COMMANDS = {
    "demo": (
        "demonstrating",
        "Build the sample store of 1,000 dossiers and run all five DAGs, to signed reports. Needs no server.",
    ),
    "detect": (
        "detecting",
        (
            "Detect on text that you hand over. The only command that names a matched term. "
            "Exit code 3 if a text was not examined."
        ),
    ),
    "evaluate": (
        "detecting",
        "Measure precision and recall on labelled text, per category, special class and language, with 95 % intervals.",
    ),
    "report": ("reporting", "Make, sign and freeze one report for a supervisory authority."),
    "figures": ("reporting", "Print what a report would publish, suppressed alike, without making one."),
    "export": ("reporting", "Verify a report, and take out its figures (JSON, CSV, JSON-LD, OSCAL) and a web page of it."),
    "register": (
        "processing_register",
        "The record of processing activities (GDPR art. 30; title 2: art. 55), and who may see sensitive data.",
    ),
    "reports": ("report_archive", "List the issued reports, and record to whom they were delivered."),
    "verify": ("reporting", "Verify a report or the ledger. 0: genuine. 1: not genuine. 3: can't be verified, and why."),
    "scan": (
        "storing",
        "Scan a store for the 16 categories and the special classes. Exit code 3 if something was not examined.",
    ),
    "check": ("storing", "Check a store against the rules in force: PASS, FAIL, WARN, N/A or NOT_CHECKABLE, never silence."),
    "rules": ("ruling", "What the law asks: the rules, their sources, their legal cases, and what covers them."),
    "decisions": ("deciding", "What rules that block deny, as a signed list that a dossier system honours."),
    "quarantine": ("quarantining", "Documents that may not be there: classified, lawyers' confidences, youth reports."),
    "policy": ("policies", "Check a folder of policies, and compare two before one is adopted."),
    "lexicon": ("lexicons", "Check the lexicons that detection reads."),
    "triage": ("triaging", "Answer and decide on what the rules found: ids and codes, never a text."),
    "sample": ("sampling", "Estimate what the scan missed, from a sample that reviewers look at."),
    "purge": ("purging", "Explain, plan, approve, run and verify deletions."),
    "hold": ("holding", "Place, approve, extend, review, release and list holds: what is held is not deleted."),
    "archives": ("archiving", "Record what the archives let public bodies destroy, and what waits for it."),
    "retention": (
        "retaining",
        "Erase what Discretio keeps itself once its term has passed: results, holds, tombstones, figures, logs.",
    ),
    "rights": (
        "righting",
        "Register, route, restrict and answer requests of interested persons, with both clocks; plan granted erasures.",
    ),
    "mandate": (
        "mandating",
        "Give, withdraw and list standing mandates to delete; two persons still approve each plan.",
    ),
    "ledger": ("witnessing", "Hand the audit chain to an outside witness; rotate the key."),
    "people": ("enrolling", "Enrol the persons who may act."),
    "paper": ("papering", "Keep the inventory of dossiers on paper, and note what was destroyed."),
    "shadow": ("shadowing", "Look for copies outside the stores, under a mandate of who holds the place."),
    "deadlines": (
        "watching",
        "Count what waits for somebody: late scans, answers and requests, plans without approvals.",
    ),
    "roles": ("serving", "Who may do what in Airflow: show the roles, bring Airflow to them."),
    "serve": ("serving", "Run Airflow with the Compliance page on this machine, until interrupted."),
    "store": ("storing", "Create, load and list dossier stores; draft, check and classify mappings of foreign ones."),
}
"""In the order in which help lists them; a test compares it with the commands themselves."""


def application_for(arguments: Sequence[str]) -> typer.Typer:
    """The application with as much of it imported as these arguments ask for.

    Args:
        arguments: the words behind `discretio`.
    """
    if not arguments or list(arguments) in (["--help"], ["--version"]):
        return _outline()
    known = COMMANDS.get(arguments[0])
    for module in [known[0]] if known else [each.name for each in iter_modules(cli.__path__)]:
        import_module(f"discretio.cli.{module}")
    return app


def _outline() -> typer.Typer:
    """An application that can only be listed."""
    outline = new_application()
    for name, (_, summary) in COMMANDS.items():
        outline.command(name, help=summary)(_refuse)
    return outline


def _refuse() -> None:
    raise UsageError("this lists the commands and runs none", remedy="type discretio and the name of a command")
