"""Rows of every frame, for stores made up by the tests. Every key and text of dossier 7 holds the word x0007x."""

from __future__ import annotations

from random import Random

import pandas as pd

DAY = pd.Timestamp("2021-03-04 05:06:07.000089")
CONTROLLERS = ("K-police", "K-parquet", "K-cpas")


def mark(number: int) -> str:
    return f"x{number:04d}x"


def key(number: int) -> str:
    return f"D-{mark(number)}"


def sample_rows(dossiers: int, seed: int = 0, *, copies_from_others: bool = True) -> dict[str, pd.DataFrame]:
    """Frames with content of so many dossiers, some bigger than others; an own copy may be of another dossier's entry."""
    random = Random(seed)  # noqa: S311 - made-up data, the same each time
    rows: dict[str, list[dict[str, object]]] = {"controllers": [], "art8_rows": []}
    rows["controllers"] = [
        {"controller_key": name, "organisation": name, "regime": "GDPR", "kind": "FEDERAL_GDPR"} for name in CONTROLLERS
    ]
    for number in range(dossiers):
        for name, some in _dossier(number, random, random.randrange(dossiers) if copies_from_others else number).items():
            rows.setdefault(name, []).extend(some)
        rows["art8_rows"].append(
            {"row_key": f"A-{mark(number)}", "controller_key": "K-parquet", "identity_key": f"P{number}", "registered_at": DAY}
        )
    return {name: pd.DataFrame(some) for name, some in rows.items() if some}


def _dossier(number: int, random: Random, source: int) -> dict[str, list[dict[str, object]]]:
    own = {"dossier_key": key(number)}
    controller = random.choice(CONTROLLERS)
    entries = [f"E{n}-{mark(number)}" for n in range(random.randrange(1, 5))]
    later = DAY + pd.Timedelta(days=random.randrange(1, 900))
    return {
        "dossiers": [own | {"kind": "SHARED", "status": "CLOSED", "owner": controller, "opened_at": DAY, "closed_at": later,
                            "closed_precision": "DAY", "times_known": random.choice([True, False, None])}],
        "dossier_events": [own | {"event_key": f"V-{mark(number)}", "kind": "CLOSED", "at": later, "precision": "DAY"}],
        "dossier_participants": [own | {"participation_key": f"Q-{mark(number)}", "controller_key": controller}],
        "sessions": [own | {"session_key": f"S-{mark(number)}", "started_at": later}],
        "persons": [own | {"person_key": f"P-{mark(number)}", "role": "SUBJECT", "name": f"Zoë {mark(number)}"},
                    own | {"person_key": f"R-{mark(number)}", "role": "RELATION", "linked_to": f"P-{mark(number)}"}],
        "entries": [own | {"entry_key": name, "introduced_by": controller, "introduced_at": DAY, "categories": 6, "lang": "fr",
                           "text": f"{name}: santé {mark(number)} 😀 " * random.randrange(1, 120)} for name in entries],
        "entry_introducers": [{"introducer_key": f"I-{name}", "entry_key": name, "controller_key": c}
                              for name in entries[:2] for c in CONTROLLERS[:1]],
        "attachments": [own | {"attachment_key": f"T-{name}", "entry_key": name, "filename": f"{mark(number)}.pdf",
                               "text": random.choice([None, "", f"annexe {mark(number)} " * 300])} for name in entries],
        "own_copies": [own | {"copy_key": f"C-{mark(number)}", "entry_key": f"E0-{mark(source)}", "holder": controller,
                              "copied_at": later}],
        "agreements": [{"agreement_key": f"G-{name}", "entry_key": name, "giver": controller, "receiver": "K-cpas",
                        "given_at": DAY} for name in entries[:1]],
        "holds": [own | {"hold_key": f"H-{mark(number)}", "kind": "LITIGATION", "reason": f"affaire {mark(number)}",
                         "from_at": DAY, "released_at": later}],
        "rights_requests": [own | {"request_key": f"Y-{mark(number)}", "addressed_to": controller, "received_at": DAY}],
        "necessity_reviews": [own | {"review_key": f"N-{mark(number)}", "reviewed_at": DAY, "needed": True}],
        "access_grants": [own | {"grant_key": f"X-{mark(number)}", "controller_key": controller, "user_key": "U1",
                                 "from_at": DAY}],
    }  # fmt: skip
