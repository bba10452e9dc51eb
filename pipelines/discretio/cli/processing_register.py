"""discretio register: the record of processing activities, and the lists of who may see sensitive data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Format, app, console, day, print_table
from discretio.reporting.register_book import access_line
from discretio.steps.access_categories import access_categories
from discretio.steps.processing_register import register_words, write_register
from discretio.steps.whole_files import whole_file
from discretio.wiring import workplace

register_app = typer.Typer(
    no_args_is_help=True,
    help="The record of processing activities (GDPR art. 30; title 2: art. 55), and who may see sensitive data.",
)
app.add_typer(register_app, name="register")

Controller = Annotated[str, typer.Option(help="A controller's id, or all.")]
Language = Annotated[str, typer.Option(help="fr, nl, de or en.")]


@register_app.command("write")
def write(
    out: Annotated[Path, typer.Option(help="The spreadsheet (.xlsx) to write.")],
    controller: Controller = "all",
    lang: Language = "fr",
    as_of: AsOf = None,
    completed: Annotated[Path | None, typer.Option(help="What the controllers add, in their own words (YAML).")] = None,
) -> None:
    """Write the register as a spreadsheet; what no policy and no store tells is left to the controller, and says so."""
    place = workplace()
    content, rows = write_register(place, controller, lang, day(as_of, place), completed)
    with whole_file(out) as file:
        file.write(content)
    console.print(f"{rows} activities written")


@register_app.command("access-lists")
def access_lists(
    controller: Controller = "all",
    lang: Language = "fr",
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    as_of: AsOf = None,
) -> None:
    """Print the lists of arts 9, 10 §2 and 34 of the law of 30 July 2018, as the stores keep them."""
    place = workplace()
    lines = access_categories(place, controller)
    spoken = register_words(place, lang, day(as_of, place))
    heads, rows = list(spoken.own["access"].values()), [access_line(line, spoken) for line in lines]
    if output is Format.JSON:
        names = ("controller", "article", "data_type", "persons", "updated", "bound")
        typer.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], indent=1, ensure_ascii=False))
    else:
        print_table(str(spoken.own["sheets"]["access"]), heads, rows)
