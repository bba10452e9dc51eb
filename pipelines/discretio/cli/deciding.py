"""discretio decisions publish, verify, key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Store, app, console, day, leave, print_table
from discretio.domain.decisions import reference
from discretio.errors import EXIT_FAILED, UsageError
from discretio.steps.decisions import decisions_in, publish_decisions, store_key
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

decisions_app = typer.Typer(
    no_args_is_help=True, help="What rules that block deny, as a signed list that a dossier system honours."
)
app.add_typer(decisions_app, name="decisions")


@decisions_app.command("publish")
def publish(store: Store, as_of: AsOf = None) -> None:
    """Write what the last check of a store denies to a signed list that expires."""
    place = workplace()
    told = publish_decisions(place, registered_name(place, store), day(as_of, place))
    console.print(f"{told.decisions:,} refusals in {told.path.name}, until {told.expires_at.date()}")


@decisions_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="A list of decisions.")],
    store: Annotated[str | None, typer.Option(help="The registered store, to ask about one thing in it.")] = None,
    thing: Annotated[str | None, typer.Option(help="KIND:KEY of a thing in the store, such as entry:4711.")] = None,
) -> None:
    """Verify a list, and ask it about one thing. 0: genuine, not denied. 1: forged, or denied. 3: expired, or unreadable."""
    place = workplace()
    listed = decisions_in(file, place.ledger.keys.public_key, place.now())
    if thing is None:
        counts = Counter(one.rule for one in listed.decisions)
        print_table(f"Denied until {listed.expires_at.date()}", ("rule", "refusals"), sorted(counts.items()))
        return
    scope, _, key = thing.partition(":")
    if store is None or not key:
        raise UsageError("a thing is asked for by its store and its key", remedy="add --store NAME --thing entry:KEY")
    found = sorted(one.rule for one in listed.denying(reference(store_key(place, store), scope, key)))
    console.print(f"denied: {', '.join(dict.fromkeys(found))}" if found else "not denied")
    leave(EXIT_FAILED if found else 0)


@decisions_app.command("key")
def key(store: Store) -> None:
    """Print the two keys that a dossier system needs: one to verify lists, one to make references. The second is a secret."""
    place = workplace()
    secret = store_key(place, registered_name(place, store)).hex()
    print_table("Keys", ("what", "key"), [("to verify", place.ledger.keys.public_key), ("to make references", secret)])
