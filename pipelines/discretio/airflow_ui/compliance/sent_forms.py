"""Forms that visitors send: taken only if this page made them, for this person, in this session."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.errors import NotYoursError, UsageError
from discretio.ledger.audit_chain import append
from discretio.ledger.keys import keyed_hash
from discretio.ledger.people import person_id_of

FORGED = "form.forged"
TOKEN = "token"  # noqa: S105 - the name of a field
PASSPHRASE = "passphrase"  # noqa: S105 - the name of a field; a blank at an end of one counts
_LONGEST = 10_000
_MOST_FIELDS = 30
_DIGITS = 10
Word = TypeVar("Word", bound=StrEnum)


def form_token(request: Request) -> str:
    """What a form must bring back: nobody else can work it out, and it is worthless in another session."""
    visitor = visitor_of(request)
    return keyed_hash(place_of(request).ledger.keys.seal, "form", visitor.login, visitor.session)


async def _sent(request: Request) -> Mapping[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            raise UsageError("the form is too long", remedy="load the page again and fill it in anew")
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise UsageError("the form can't be read", remedy="load the page again and fill it in anew") from None
    if not hmac.compare_digest(fields.pop(TOKEN, "").encode(), form_token(request).encode()):
        _note_forgery(request)
        raise NotYoursError(
            "this form was not made by this page for your present session",
            remedy="load the page again and fill it in anew",
        )
    return {name: value if name == PASSPHRASE else value.strip() for name, value in fields.items()}


def _note_forgery(request: Request) -> None:
    """Tell the audit chain under whose login a form came that this page didn't make: its kind, nothing of its content."""
    ledger = place_of(request).ledger
    with ledger.writing() as connection:
        payload = {"form": str(request.scope["route"].path)}
        append(ledger, connection, FORGED, payload, subject=person_id_of(ledger, visitor_of(request).login))


SentForm = Annotated[Mapping[str, str], Depends(_sent)]
"""The fields of a form, blanks trimmed except in a passphrase, once its token was verified."""


def word_in(words: type[Word], fields: Mapping[str, str], name: str) -> Word | None:
    """The word of a field; None if it was left empty.

    Raises:
        UsageError: it is none of these words.
    """
    try:
        return words(fields[name]) if fields.get(name) else None
    except ValueError:
        raise UsageError("this word can't be chosen", remedy="choose one from the list") from None


def page_number(asked: Mapping[str, str]) -> int:
    """Which page of a list is asked for; the first unless a number is given."""
    number = asked.get("page", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < _DIGITS else 1


def day_in(form: Mapping[str, str], name: str) -> date | None:
    """The day of a field; None if it was left empty.

    Raises:
        UsageError: it is no day.
    """
    try:
        return date.fromisoformat(form[name]) if form.get(name) else None
    except ValueError:
        raise UsageError("there is no such day", remedy="give a day as 2026-12-31") from None
