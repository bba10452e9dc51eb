"""discretio sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from discretio.cli.app import AsOf, Format, Store, app, console, day, print_table
from discretio.ledger import stores
from discretio.ledger.samples import all_samples, sampled_entries
from discretio.steps import sample as sampling
from discretio.steps import sample_estimates
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

sample_app = typer.Typer(no_args_is_help=True, help="Estimate what the scan missed, from a sample that reviewers look at.")
app.add_typer(sample_app, name="sample")

Login = Annotated[str, typer.Option("--as", help="Your login.")]
_STRATA = ("language", "declares", "entries", "drawn")
SampleId = Annotated[str, typer.Argument(help="The sample's id.")]


@sample_app.command("draw")
def sample_draw(
    store: Store,
    seed: Annotated[int, typer.Option(help="Any number; it is recorded, so that the draw can be repeated.", min=0, max=2**62)],
    size: Annotated[int, typer.Option(help="How many entries.", min=1, max=100_000)] = sampling.SIZE,
    as_of: AsOf = None,
) -> None:
    """Draw examined entries, stratified by introducer, language and what they declare. Ids only."""
    place = workplace()
    done = sampling.draw_sample(place, registered_name(place, store), day(as_of, place), size=size, seed=seed)
    parts = pd.DataFrame([(s.lang, s.declared, s.population, s.drawn) for s in done.sample.strata], columns=list(_STRATA))
    rows = parts.groupby(list(_STRATA[:2]), as_index=False).sum().itertuples(index=False)
    print_table("Strata", _STRATA, [tuple(row) for row in rows])
    console.print(
        f"sample {done.sample.sample_id}: {done.entries} entries; {done.left_out} without a known introducer left out"
    )


@sample_app.command("list")
def sample_list() -> None:
    """List the samples, and how many of their entries were answered."""
    place = workplace()
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    rows = []
    for sample in all_samples(place.ledger):
        entries = sampled_entries(place.ledger, sample.sample_id)
        answered = int(entries["categories"].notna().sum())
        rows.append((sample.sample_id, names[sample.store_id], sample.as_of, str(sample.seed), len(entries), answered))
    print_table("Samples", ("sample", "store", "as of", "seed", "entries", "answered"), rows)


@sample_app.command("sheet")
def sample_sheet(
    sample_id: SampleId, login: Login, output: Annotated[Path, typer.Option("--output", "-o", help="The CSV file to write.")]
) -> None:
    """Write the ids that you are to look at in your own system, with an empty column for the categories found."""
    console.print(f"{sampling.write_sheet(workplace(), sample_id, login, output)} entries written to the sheet")


@sample_app.command("answer")
def sample_answer(
    sample_id: SampleId, sheet: Annotated[Path, typer.Argument(help="The sheet, filled in.")], login: Login
) -> None:
    """Take a filled sheet: categories 1 to 16 with spaces between, none where nothing is there. All of it or nothing."""
    console.print(f"{sampling.answer_sample(workplace(), sample_id, login, sheet)} answers recorded")


@sample_app.command("estimate")
def sample_estimate(
    sample_id: SampleId, login: Login, output: Annotated[Format, typer.Option("--format")] = Format.TABLE
) -> None:
    """Estimate, of the entries in which a category was not found, the share that holds it, with exact 95 % intervals."""
    rates = sample_estimates.estimate_sample(workplace(), sample_id, login)
    if output is Format.JSON:
        typer.echo(json.dumps(sample_estimates.rates_frame(rates).to_dict("records"), indent=1))
        return
    rows = [
        (target, lang, r.undetected, r.drawn, r.answered, r.missed, _share(r.estimate), f"{_share(r.low)} to {_share(r.high)}")
        for target, lang, r in ((one.target, one.lang, one.rate) for one in rates)
    ]  # fmt: skip
    columns = ("category", "language", "entries without it", "drawn", "answered", "missed", "estimate", "95 % interval")
    print_table("What the scan missed", columns, rows)


def _share(value: float | None) -> str:
    return "not known yet" if value is None else f"{value:.1%}"
