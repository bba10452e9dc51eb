"""discretio hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Store, app, console, day, leave, print_table
from discretio.domain.hold_acts import HoldVerb
from discretio.domain.holds import HoldKind
from discretio.domain.recorded_holds import RecordedHold
from discretio.domain.retention_reasons import Reason
from discretio.errors import EXIT_FAILED, PeriodError
from discretio.reporting.words import words
from discretio.steps import holding, holds_listed
from discretio.steps.people_keys import signer
from discretio.steps.registering import registered_name
from discretio.wiring import workplace

SUMMARY = "Place, approve, extend, review, release and list holds: what is held is not deleted."
hold_app = typer.Typer(no_args_is_help=True, help=SUMMARY)
app.add_typer(hold_app, name="hold")

HoldId = Annotated[str, typer.Argument(help="The hold's id.")]
Login = Annotated[str, typer.Option("--as", help="Your login.")]
Key = Annotated[Path, typer.Option(help="Your personal key file.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Its last day; without one it stands from review to review.")]
Review = Annotated[str | None, typer.Option(metavar="DATE", help="When it is reviewed; as late as may be by default.")]


@hold_app.command("place")
def hold_place(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    store: Store,
    dossier: Annotated[str, typer.Argument(help="The dossier's key in the store, or its id in findings and plans.")],
    kind: Annotated[HoldKind, typer.Option(help="Why it is held.")],
    ground: Annotated[str, typer.Option(help="The provision or decision that it rests on; name no person. Kept encrypted.")],
    login: Login,
    key: Key,
    until: Until = None,
    review: Review = None,
) -> None:
    """Hold a dossier from now on: no purge deletes it. A second person is to approve it."""
    place = workplace()
    order = holding.HoldOrder(kind.value, ground, _date(until), _date(review))
    placed = holding.place_hold(place, registered_name(place, store), dossier, order, signer(place, login, key, where="hold"))
    console.print(f"hold {placed.hold_id} stands on {placed.dossier_id}; discretio hold approve is for a second person")
    if placed.erasure_begun:
        console.print("the erasure of this dossier had begun: it may be gone; where it is still there, the hold keeps it")
        leave(EXIT_FAILED)


@hold_app.command("approve")
def hold_approve(hold_id: HoldId, login: Login, key: Key) -> None:
    """Approve what somebody else set: a hold, or its extension."""
    _act(hold_id, HoldVerb.APPROVE, (login, key))


@hold_app.command("extend")
def hold_extend(
    hold_id: HoldId, login: Login, key: Key, until: Annotated[str, typer.Option(metavar="DATE", help="Its new last day.")]
) -> None:
    """Let a hold that has an end stand longer; a second person is to approve that."""
    _act(hold_id, HoldVerb.EXTEND, (login, key), _date(until))


@hold_app.command("review")
def hold_review(
    hold_id: HoldId,
    login: Login,
    key: Key,
    again: Annotated[str | None, typer.Option(metavar="DATE", help="The next review; as late as may be by default.")] = None,
) -> None:
    """Say that the reason of a hold still stands."""
    _act(hold_id, HoldVerb.REVIEW, (login, key), _date(again))


@hold_app.command("release")
def hold_release(hold_id: HoldId, login: Login, key: Key) -> None:
    """Ask to release a hold. It stands until a second person confirms."""
    _act(hold_id, HoldVerb.ASK_RELEASE, (login, key))


@hold_app.command("confirm")
def hold_confirm(hold_id: HoldId, login: Login, key: Key) -> None:
    """Confirm the release that somebody else asked for: what was held may be deleted from the next day on."""
    _act(hold_id, HoldVerb.RELEASE, (login, key))


@hold_app.command("list")
def hold_list(
    store: Store,
    as_of: AsOf = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the remarks: fr, nl, de or en.")] = "en",
) -> None:
    """List the holds of a store, its own and ours. Exit code 1 if one keeps a dossier beyond the longest term of the law."""
    place = workplace()
    name, on = registered_name(place, store), day(as_of, place)
    past = holds_listed.dossiers_past_ceiling(place, name, on)
    found = holds_listed.standing_holds(place, name, on)
    spoken = words(lang)["retention_reasons"]
    print_table(
        f"Holds on {on}",
        ("hold", "dossier", "kind", "whose", "from", "until", "review", "remarks"),
        [_row(one, past, spoken) for one in found],
    )
    if past:
        console.print(f"{len(past)} dossiers are held although the longest term of the law has passed: look at their holds")
        leave(EXIT_FAILED)


def _act(hold_id: str, verb: HoldVerb, who: tuple[str, Path], on: date | None = None) -> None:
    place = workplace()
    hold = holding.act_on_hold(place, hold_id, verb, signer(place, *who, where=hold_id), on)
    console.print(f"hold {hold_id}: {_told(hold)}")


def _told(hold: RecordedHold) -> str:
    standing, known = hold.standing, hold.as_hold()
    if standing.released:
        return f"released; what it held may be deleted after {standing.released.day}"
    if standing.release_asked:
        return "it stands until a second person confirms the release"
    end = f"until {known.until_at}" if known.until_at else f"until its review on {known.review_at}"
    return f"stands {end}" + ("" if standing.approval else "; a second person is to approve it")


def _row(one: holds_listed.ListedHold, past: frozenset[str], spoken: dict[str, str]) -> tuple[object, ...]:
    remarks = (*one.remarks, *((Reason.HOLD_PAST_CEILING,) if one.dossier_id in past else ()))
    days = (one.hold.from_at or "", one.hold.until_at or "", one.hold.review_at or "")
    whose = "ours" if one.recorded else "the store's"
    return (one.hold_id, one.dossier_id, one.hold.kind, whose, *days, "; ".join(spoken[remark.value] for remark in remarks))


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise PeriodError("there is no such day", where=text or "", remedy="write it as 2026-11-21") from None
