"""One fixed set of counts, invented, that shows every table and every kind of suppression."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from discretio.domain.figures import Correction, CorrectionReason, EarlierReport, Figures, PolicyStamp
from discretio.reporting import ReportCounts, ReportHeader, SigningKey, build_figures, make_demo_key, render, sign

RULES = {
    "ART2-2-CAT": ("Toute donnée relève d'une des 16 catégories", "Elk gegeven valt onder een van de 16 categorieën"),
    "ART2-2-CAT16-JUSTIF": ("Catégorie 16 : nécessité motivée", "Categorie 16: gemotiveerde noodzaak"),
    "ART2-2-SPECIAL-DETECT": ("Détection des catégories particulières", "Opsporen van bijzondere categorieën"),
    "ART2-2-SUBJECT-ROLE": ("Personnes : concernées, relations, contacts", "Personen: betrokkenen, relaties, contacten"),
    "ART2-3-4-HOLD": ("Gel motivé, limité et revu", "Gemotiveerde, tijdelijke bevriezing"),
    "ART2-3-4-CLOSURE-UNKNOWN": ("Date de clôture inconnue", "Onbekende afsluitingsdatum"),
    "ART3-1-RETENTION-SET-BEFORE-FIRST": (
        "Délai fixé avant la première concertation", "Termijn bepaald vóór het eerste casusoverleg",
    ),
    "ART3-1-RETENTION-WITHIN-LEGAL": ("Délai convenu dans le cadre légal", "Afgesproken termijn binnen het wettelijk kader"),
    "ART4-CONSENT": ("Accord du participant qui a partagé", "Akkoord van de deelnemer die de informatie deelde"),
    "ART7-REPLY-3M": ("Réponse du procureur dans les trois mois", "Antwoord van de procureur binnen drie maanden"),
    "ART2-3-4-RETENTION-MAX": ("Plafond : trente ans après la clôture", "Plafond: dertig jaar na afsluiting"),
    "ART3-1-AGREED-TERM-EXPIRED": ("Délai convenu expiré", "Afgesproken termijn verstreken"),
    "ART2-3-1-PRESIGNAL-STALE": ("Projet jamais signalé : suppression", "Ontwerp nooit aangemeld: verwijdering"),
    "ART8-ERASURE": (
        "Effacement de l'identité au plus tard trente ans après enregistrement",
        "Identiteit uiterlijk 30 jaar na registratie verwijderd",
    ),
}  # fmt: skip


def outcomes() -> pd.DataFrame:
    numbers = {
        "ART2-2-CAT": (2310, 187, 0, 12, 41),
        "ART2-2-CAT16-JUSTIF": (96, 31, 0, 2400, 23),
        "ART2-2-SPECIAL-DETECT": (1904, 402, 160, 60, 24),
        "ART2-2-SUBJECT-ROLE": (1207, 3, 44, 0, 18),
        "ART2-3-4-HOLD": (28, 2, 0, 0, 0),
        "ART2-3-4-CLOSURE-UNKNOWN": (611, 17, 0, 372, 0),
        "ART3-1-RETENTION-SET-BEFORE-FIRST": (702, 83, 0, 96, 119),
        "ART3-1-RETENTION-WITHIN-LEGAL": (794, 6, 21, 96, 83),
        "ART4-CONSENT": (143, 27, 0, 0, 9),
        "ART7-REPLY-3M": (3, 1, 0, 0, 0),
    }
    names = ("PASS", "FAIL", "WARN", "N/A", "NOT_CHECKABLE")
    rows = [(rule, name, n) for rule, line in numbers.items() for name, n in zip(names, line, strict=True)]
    return pd.DataFrame(rows, columns=["rule_id", "outcome", "n"])


def dues() -> pd.DataFrame:
    rows = [
        ("ART2-3-4-RETENTION-MAX", "OK", 913), ("ART2-3-4-RETENTION-MAX", "OVERDUE", 4),
        ("ART2-3-4-RETENTION-MAX", "DUE_SOON", 11),
        ("ART2-3-4-RETENTION-MAX", "NOT_CHECKABLE", 72), ("ART3-1-AGREED-TERM-EXPIRED", "OK", 655),
        ("ART3-1-AGREED-TERM-EXPIRED", "OVERDUE", 64), ("ART3-1-AGREED-TERM-EXPIRED", "OVERDUE_HELD", 13),
        ("ART3-1-AGREED-TERM-EXPIRED", "NOT_CHECKABLE", 268), ("ART2-3-1-PRESIGNAL-STALE", "OK", 33),
        ("ART2-3-1-PRESIGNAL-STALE", "OVERDUE", 19), ("ART8-ERASURE", "OK", 204), ("ART8-ERASURE", "OVERDUE", 7),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["rule_id", "status", "n"])


def categories() -> pd.DataFrame:
    declared = (2411, 1206, 431, 1877, 290, 611, 702, 388, 1460, 905, 640, 57, 23, 512, 12, 150)
    detected = (2388, 1190, 402, 1801, 271, 333, 644, 361, 1502, 1011, 590, 61, 27, 205, 14, 40)
    undeclared = (0, 21, 8, 17, 3, 12, 9, 14, 187, 214, 66, 19, 11, 6, 6, 2)
    rows = zip(range(1, 17), declared, detected, undeclared, strict=True)
    return pd.DataFrame(rows, columns=["category", "declared", "detected", "undeclared"])


def flags() -> pd.DataFrame:
    names = (
        "health", "ethnic_origin", "political", "religious_philosophical", "trade_union", "genetic", "biometric",
        "sex_life_orientation", "criminal", "classified", "youth_report", "lawyer_confidence",
    )  # fmt: skip
    detected = (1011, 61, 9, 18, 3, 0, 0, 14, 1502, 1, 6, 2)
    undeclared = (214, 19, 4, 7, 3, 0, 0, 6, 187, 1, 6, 2)
    return pd.DataFrame(zip(names, detected, undeclared, strict=True), columns=["flag", "detected", "undeclared"])


def fixed_counts() -> ReportCounts:
    return ReportCounts(
        coverage=pd.DataFrame({"status": ["EXAMINED", "PARTLY_EXAMINED", "NOT_EXAMINED"], "n": [2483, 43, 24]}),
        dossiers=pd.DataFrame(
            [
                ("SHARED", "OPEN", 541),
                ("SHARED", "CLOSED", 287),
                ("OWN", "OPEN", 96),
                ("OWN", "CLOSED", 3),
                ("PRESIGNAL", "DRAFT", 73),
            ],
            columns=["kind", "status", "n"],
        ),
        categories=categories(),
        flags=flags(),
        outcomes=outcomes(),
        dues=dues(),
        purges=pd.DataFrame({"event": ["PROPOSED", "APPROVED", "EXECUTED", "DROPPED", "VERIFIED"], "n": [64, 31, 29, 2, 29]}),
        holds=pd.DataFrame({"state": ["STANDING", "NOT_APPROVED", "PAST_CEILING"], "n": [31, 6, 2]}),
        not_examined=pd.DataFrame(
            {"reason": ["invalid_utf8", "too_large", "language_unknown", "strange_new"], "n": [13, 4, 44, 9]}
        ),
        requests=pd.DataFrame({"state": ["ANSWERED_IN_TIME", "ANSWERED_LATE", "PENDING"], "n": [3, 1, 0]}),
    )


def fixed_header() -> ReportHeader:
    labels = {f"rule.{rule}": {"fr": fr, "nl": nl} for rule, (fr, nl) in RULES.items()}
    labels["authority.apd"] = {"fr": "Autorité de protection des données", "nl": "Gegevensbeschermingsautoriteit"}
    return ReportHeader(
        report_id="DR-2026-Q3-APD-0001",
        authority="apd",
        controller="all",
        period="2026-Q3",
        as_of=date(2026, 9, 30),
        policy=PolicyStamp("BE-BILL-56-0485", "2024-10-03", "ab" * 32, "BILL"),
        languages=("fr", "nl"),
        demo=True,
        labels=labels,
        articles={rule: "Art. 2, § 2, DOC 56 0485/001" for rule in RULES if rule.startswith("ART2-2")},
        earlier=EarlierReport("DR-2026-Q2-APD-0001", "2026-Q2", (("4", "FINDINGS", 2), ("7", "ATTENTION", 0))),
        corrects=Correction("DR-2026-Q3-APD-0000", CorrectionReason.INCOMPLETE_SCAN),
    )


@pytest.fixture(scope="session")
def counts() -> ReportCounts:
    return fixed_counts()


@pytest.fixture(scope="session")
def header() -> ReportHeader:
    return fixed_header()


NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def demo_key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return make_demo_key(tmp_path_factory.mktemp("key") / "seal.p12", NOW)


@pytest.fixture(scope="session")
def figures(counts: ReportCounts, header: ReportHeader) -> Figures:
    return build_figures(counts, header)


@pytest.fixture(scope="session")
def rendered(figures: Figures, header: ReportHeader) -> bytes:
    return render(figures, header)


@pytest.fixture(scope="session")
def sealed(rendered: bytes, demo_key: SigningKey) -> bytes:
    return sign(rendered, demo_key, NOW)
