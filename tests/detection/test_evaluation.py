from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from discretio.detection import Evaluation, evaluate
from discretio.detection.evaluation import wilson
from discretio.domain.detections import About, Detection, DetectionResult, Evidence
from discretio.domain.labelled import HardNegative, LabelledSpan, LabelledText, Scope
from discretio.law.special_classes import Flag

TEXT = "Geen diabetes, wel schulden bij de buurman."
DIABETES, DEBTS = (5, 13), (19, 27)


@dataclass
class Says:
    """A detector that always gives the same answer."""

    found: list[Detection]

    def detect(self, _text: str) -> DetectionResult:
        return DetectionResult((), tuple(self.found))


def found(
    place: tuple[int, int],
    category: int | None,
    *flags: Flag,
    type_: str = "health",
    score: float = 0.8,
    about: About = About.SUBJECT,
) -> Detection:
    return Detection(
        *place, category, flags, type_, "nl", score,
        negated=False, about=about, evidence=Evidence.LEXICON, why="",
    )  # fmt: skip


def text(*spans: LabelledSpan, scope: Scope | None = None, traps: tuple[HardNegative, ...] = ()) -> LabelledText:
    return LabelledText("1", "nl", TEXT, spans, traps, scope=scope or Scope())


def measured(item: LabelledText, *detections: Detection) -> Evaluation:
    return evaluate([item], Says(list(detections)))  # type: ignore[arg-type]  # a detector is what detects


def row(evaluation: Evaluation, level: str, measure: str, class_: str) -> dict[str, object]:
    (only,) = [
        each for each in evaluation.rows()
        if (each["level"], each["measure"], each["class"], each["lang"]) == (level, measure, class_, "nl")
    ]  # fmt: skip
    return only


HEALTH = LabelledSpan(*DIABETES, 10, flags=("health",), negated=True)


def test_a_label_found_missed_and_a_detection_that_meets_none() -> None:
    seen = measured(text(HEALTH, LabelledSpan(*DEBTS, 5)), found(DIABETES, 10, Flag.HEALTH), found((30, 35), 7))
    assert row(seen, "span", "category", "10")["recall"] == 1
    assert row(seen, "span", "category", "05")["recall"] == 0
    assert row(seen, "span", "category", "05")["f1"] == 0
    assert row(seen, "span", "category", "07")["precision"] == 0
    assert row(seen, "span", "category_negated", "10")["support"] == 1
    assert row(seen, "entry", "flag", "health")["f1"] == 1


def test_an_accepted_alternative_is_a_hit() -> None:
    seen = measured(text(LabelledSpan(*DEBTS, 5, (9,))), found(DEBTS, 9))
    assert row(seen, "entry", "category", "05")["recall"] == 1
    assert row(seen, "span", "category", "09")["precision"] == 1


def test_only_what_the_labellers_looked_for_is_scored() -> None:
    health_alone = Scope(categories=frozenset({10}), flags=frozenset({"health"}))
    seen = measured(
        text(HEALTH, scope=health_alone), found(DIABETES, 10, Flag.HEALTH), found(DEBTS, 5), found((30, 35), 9, Flag.CRIMINAL)
    )
    assert {each["class"] for each in seen.rows() if each["measure"] in {"category", "flag"}} == {"10", "health"}


def test_incomplete_labels_give_no_precision() -> None:
    seen = measured(text(HEALTH, scope=replace(Scope(), complete=False)), found(DIABETES, 10, Flag.HEALTH), found((30, 35), 10))
    told = row(seen, "entry", "flag", "health")
    assert (told["recall"], told["precision"], told["f1"]) == (1, None, None)


def test_an_optional_label_is_neither_missed_nor_a_false_alarm() -> None:
    optional = LabelledSpan(*DIABETES, 10, flags=("health",), optional=True, word="CHEM")
    silent = measured(text(optional))
    assert [each for each in silent.rows() if each["measure"] == "category"] == []
    assert row(silent, "span", "their_label", "CHEM")["recall"] == 0
    met = measured(text(optional), found(DIABETES, 10, Flag.HEALTH))
    assert row(met, "span", "category", "10")["precision"] == 1
    assert row(met, "entry", "category", "10")["precision"] is None


def test_a_trap_of_a_category_or_of_a_special_class_is_fallen_for() -> None:
    traps = (HardNegative(*DEBTS, (5,)), HardNegative(*DIABETES, (), ("classified",)), HardNegative(30, 35, (9,)))
    seen = measured(text(traps=traps), found(DEBTS, 5), found(DIABETES, None, Flag.CLASSIFIED))
    assert row(seen, "span", "hard_negative", "all")["support"] == 3
    assert row(seen, "span", "hard_negative", "all")["false_alarm_rate"] == pytest.approx(2 / 3)
    assert row(seen, "span", "hard_negative", "classified")["false_alarm_rate"] == 1


def test_qualifiers_are_judged_on_what_was_found() -> None:
    scope = Scope(qualifiers=frozenset({"negated", "about"}))
    labels = (HEALTH, LabelledSpan(*DEBTS, 5, about="third_party"), LabelledSpan(30, 35, 7, negated=True))
    neighbour = found(DEBTS, 5, about=About.CONTACT)
    seen = measured(text(*labels, scope=scope), found(DIABETES, 10, Flag.HEALTH), neighbour)
    assert row(seen, "span", "qualifier_agreement", "negated")["accuracy"] == 0.5
    assert row(seen, "span", "qualifier", "negated")["recall"] == 0
    assert row(seen, "span", "qualifier_agreement", "about")["accuracy"] == 1


def test_a_phone_must_be_found_as_a_phone() -> None:
    phone = LabelledSpan(*DEBTS, None, identifier="phone", word="TEL")
    scope = Scope(categories=frozenset(), flags=frozenset(), identifiers=frozenset({"phone"}))
    missed = measured(text(phone, scope=scope), found(DEBTS, 1, type_="NL_BSN"))
    assert row(missed, "span", "identifier", "phone")["recall"] == 0
    met = measured(text(phone, scope=scope), found(DEBTS, 2, type_="PHONE"), found((30, 35), 2, type_="PHONE"))
    assert (row(met, "span", "identifier", "phone")["recall"], row(met, "span", "identifier", "phone")["precision"]) == (1, 0.5)


def test_a_weak_detection_does_not_count() -> None:
    seen = measured(text(HEALTH), found(DIABETES, 10, Flag.HEALTH, score=0.4))
    assert row(seen, "span", "flag", "health")["recall"] == 0


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"), [(0, 0, 0, 1), (8, 10, 0.490, 0.943), (10, 10, 0.722, 1.0), (0, 10, 0.0, 0.278)]
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)
