"""discretio store, scan, check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli import foreign_stores, granting
from discretio.cli.app import AsOf, Format, Store, app, console, day, leave, print_table, progress
from discretio.domain.outcomes import Outcome
from discretio.errors import EXIT_FAILED, EXIT_NOT_EXAMINED, UsageError
from discretio.ledger import stores
from discretio.steps import check as checking
from discretio.steps import finding_lines, scan
from discretio.steps.detector import policy_folder
from discretio.steps.profiled_rules import rules_of_profile
from discretio.steps.registering import register, registered_name, require_free
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store, keep_registers
from discretio.stores.samples.rows import rows_of
from discretio.wiring import workplace

store_app = typer.Typer(
    no_args_is_help=True, help="Create, load and list dossier stores; draft, check and classify mappings of foreign ones."
)
app.add_typer(store_app, name="store")
store_app.command("draft")(foreign_stores.draft)
store_app.command("check")(foreign_stores.check)
store_app.command("classes")(foreign_stores.classes)
store_app.command("grants")(granting.grants)


@store_app.command("create")
def store_create(
    url: Annotated[str, typer.Argument(help="SQLAlchemy URL without a password, such as sqlite:///dossiers.db")],
    name: Annotated[str, typer.Option(help="Name to register it under.")] = "main",
    keep: Annotated[list[str] | None, typer.Option(help="A register that it keeps: see `store keep`; several times.")] = None,
) -> None:
    """Create an empty reference store and register it."""
    place = workplace()
    require_free(place, name, url)
    create_store(url, registers=keep or ())
    register(place, name, url)
    console.print(f"created and registered as {name}")


@store_app.command("keep")
def store_keep(
    store: Store,
    registers: Annotated[list[str], typer.Argument(help="legal_bases, entries.legal_ground, ..., or all.")],
) -> None:
    """Let a reference store keep registers: that one of them is empty counts as an answer from then on."""
    place = workplace()
    keep_registers(_reference(place, store).database, registers)
    kept = _reference(place, store).frames()
    console.print(f"kept: {len(kept)} frames; an older Discretio can't open this store any more")


@store_app.command("register")
def store_register(
    target: Annotated[str, typer.Argument(help="What scan takes: a URL without a password, a folder or a mapping file.")],
    name: Annotated[str, typer.Option(help="Name to register it under.")],
    owner: Annotated[
        str | None, typer.Option(help="The store's own key of a controller: read its drafts and own dossiers alone.")
    ] = None,
) -> None:
    """Register a store, or one owner's scope of it, which has an account of its own (DISCRETIO_STORE_PASSWORD_FILE_<NAME>)."""
    place = workplace()
    register(place, name, target, owner)
    if owner is not None:
        place.open_store(name).check()
    console.print(f"registered as {name}" + (", in its owner's scope" if owner is not None else ""))


@store_app.command("load")
def store_load(store: Store, dossiers: Annotated[Path, typer.Argument(help="Dossiers, one JSON object a line.")]) -> None:
    """Load dossiers into a reference store: all of them, or none."""
    reference = _reference(workplace(), store)
    reference.check()
    counts = load_rows(reference, rows_of(dossiers))
    print_table("Loaded", ("frame", "rows"), [(name, number) for name, number in counts.items() if number])


def _reference(place: Workplace, store: str) -> ReferenceStore:
    reference = place.open_store(registered_name(place, store))
    if not isinstance(reference, ReferenceStore):
        raise UsageError(
            "this is for a reference store only", where=reference.kind, remedy="make one: discretio store create URL"
        )
    return reference


@store_app.command("list")
def store_list() -> None:
    """List the registered stores. Where they are stays in the ledger, encrypted."""
    records = stores.stores(workplace().ledger)
    print_table(
        "Stores",
        ("name", "kind", "demo", "scope"),
        [(r.name, r.kind, "yes" if r.demo else "", "one owner's" if r.owner is not None else "") for r in records],
    )


@app.command("scan")
def scan_store(
    store: Store,
    as_of: AsOf = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything again.")] = False,  # noqa: FBT002 - an option
    findings: Annotated[Path | None, typer.Option(help="Write the findings of this store to a file, one JSON a line.")] = None,
) -> None:
    """Scan a store for the 16 categories and the special classes. Exit code 3 if something was not examined."""
    place = workplace()
    name = registered_name(place, store)
    run_id = scan.begin_scan(place, name, day(as_of, place))
    with progress() as bars:
        task = bars.add_task("scanning", total=None)
        for done, total in scan.scan_in_turn(place, run_id, full=full):
            bars.update(task, completed=done, total=total)
    counts = scan.finish_scan(place, run_id)
    rows = [(field, getattr(counts, field)) for field in counts.__slots__]
    print_table(f"Scan of {name}, run {run_id}", ("what", "number"), rows)
    print_table("Found", ("category or class", "findings"), finding_lines.summary(place, name))
    if findings is not None:
        console.print(f"{finding_lines.write(place, name, findings)} findings written to the file")
    leave(EXIT_NOT_EXAMINED if finding_lines.not_examined(place, name) else 0)


@app.command("check")
def check_store(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    store: Store,
    as_of: AsOf = None,
    profile: Annotated[str | None, typer.Option(help="Ask the rules of one kind of system only: see rules profiles.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="A rule's id; several times for several. All by default.")] = None,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    fail_on: Annotated[Outcome | None, typer.Option(help="End with exit code 1 if any rule has this outcome.")] = None,
) -> None:
    """Check a store against the rules in force: PASS, FAIL, WARN, N/A or NOT_CHECKABLE, never silence."""
    place = workplace()
    name = registered_name(place, store)
    on = day(as_of, place)
    run_id, report = checking.check(place, name, on, rules=_rules(place, rule, profile, on))
    counts = {rule_id: {o.value: by.get(o, 0) for o in Outcome} for rule_id, by in sorted(report.counts.items())}
    if output is Format.JSON:
        typer.echo(json.dumps({"run": run_id, "rules": counts}, indent=1))
    else:
        _print_outcomes(f"Check of {name}, run {run_id}", counts)
    if fail_on is not None and any(by[fail_on.value] for by in counts.values()):
        leave(EXIT_FAILED)


def _print_outcomes(title: str, counts: Mapping[str, Mapping[str, int]]) -> None:
    """The rules that answered as a table; those that could be asked nothing as a list: their rows would hide the others."""
    unasked = [rule_id for rule_id, by in counts.items() if sum(by.values()) == by[Outcome.NOT_CHECKABLE]]
    rows = [(rule_id, *by.values()) for rule_id, by in counts.items() if rule_id not in unasked]
    print_table(title, ("rule", *(outcome.value for outcome in Outcome)), rows)
    if unasked:
        console.print(f"\nNOT_CHECKABLE for the whole store, {len(unasked)} rules: {', '.join(unasked)}", markup=False)
        console.print("what a rule asks for: discretio rules show ID; what a mapping lacks: discretio store check MAPPING")


def _rules(place: Workplace, named: list[str] | None, profile: str | None, on: date) -> frozenset[str] | None:
    """The rules that are asked: those named, those of a profile that a check answers, or all."""
    if profile is None:
        return frozenset(named) if named else None
    if named:
        raise UsageError("rules are named one by one or by a profile", remedy="leave out --rule or --profile")
    return rules_of_profile(policy_folder(place.settings), profile, place.policy_on(on))
