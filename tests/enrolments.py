"""Enrolments of tests, confirmed as they have to be: an officer confirms himself, and everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from discretio.domain.approvals import Role
from discretio.steps.confirming import confirm_enrolment
from discretio.steps.people_keys import enrol_person, enrolled_person, new_personal_key, signer
from discretio.steps.workplace import Workplace


def confirm_all(place: Workplace, officer: str, key_file: Path, others: Iterable[str]) -> None:
    """The officer, enrolled with that key, stands for himself and confirms the others."""
    confirm_others(place, officer, key_file, (officer, *others))


def confirm_others(place: Workplace, standing: str, key_file: Path, others: Iterable[str]) -> None:
    """Somebody who stands confirms others."""
    who = signer(place, standing, key_file, where="")
    for login in others:
        confirm_enrolment(place, login, enrolled_person(place, login, where="").public_key, who)


def confirmed_by_an_officer(place: Workplace, folder: Path, logins: Iterable[str]) -> None:
    """The same where no officer is enrolled otherwise."""
    key_file = folder / "officer.key"
    enrol_person(place, "officer", [Role.DPO], [], new_personal_key(key_file))
    confirm_all(place, "officer", key_file, logins)
