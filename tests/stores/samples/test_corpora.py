from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from discretio.detection.identifier_scoring import KINDS
from discretio.domain.labelled import LabelledText
from discretio.errors import UsageError
from discretio.stores.samples.corpora.registry import corpus_names, corpus_of
from discretio.stores.samples.labelled import SAMPLES, labelled_sources

ROOT = Path(__file__).resolve().parents[3]
CORPORA = ROOT.parent / "shared" / "data" / "corpora"
SECRET = "Zwaluwstaart"


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dev.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


def read(folder: Path) -> list[LabelledText]:
    return [text for texts in labelled_sources([folder]).values() for text in texts]


@pytest.mark.parametrize("name", corpus_names())
def test_a_corpus_says_why_each_label_means_what_it_means(name: str) -> None:
    corpus = corpus_of(name)
    assert corpus is not None
    assert corpus.name == name
    assert corpus.about.endswith(".")
    assert all(label.why.endswith(".") for label in corpus.labels.values())
    assert all(reason.endswith(".") for reason in corpus.left_out.values())
    assert not set(corpus.labels) & set(corpus.left_out)
    assert {label.identifier for label in corpus.labels.values()} <= {"", *KINDS}


def test_labels_are_translated_and_those_left_out_are_gone(tmp_path: Path) -> None:
    spans = [
        {"start": 0, "end": 6, "label": "DISO"},
        {"start": 7, "end": 9, "label": "CHEM"},
        {"start": 10, "end": 12, "label": "GEOG"},
    ]
    (text,) = read(write(tmp_path / "quaero_fr", {"id": "1", "lang": "fr", "text": "Grippe eau Gd", "spans": spans}))
    assert [(span.category, span.flags, span.optional) for span in text.spans] == [
        (10, ("health",), False),
        (10, ("health",), True),
    ]
    assert (text.scope.categories, text.scope.flags, text.scope.complete) == ({10}, {"health"}, True)


def test_a_sentence_about_a_group_is_one_label_and_one_about_nobody_a_trap(tmp_path: Path) -> None:
    lines = (
        {"id": "1", "lang": "nl", "text": "Moslims.", "target_ident": "Muslims"},
        {"id": "2", "lang": "nl", "text": "Maandag.", "target_ident": None},
    )
    group, nobody = read(write(tmp_path / "hatecheck", *lines))
    assert [(span.start, span.end, span.flags) for span in group.spans] == [(0, 8, ("religious_philosophical",))]
    assert not nobody.spans
    assert set(nobody.hard_negatives[0].tempting_flags) == nobody.scope.flags


def test_a_placeholder_gives_way_to_a_finding_with_its_qualifiers(tmp_path: Path) -> None:
    qualifiers = [
        {"name": "Presence", "value": "Absent"},
        {"name": "Temporality", "value": "Historical"},
        {"name": "Experiencer", "value": "Family"},
    ]
    line = {"id": "1", "lang": "nl", "text": "Broer: geen ENTITY.", "qualifiers": qualifiers}
    (text,) = read(write(tmp_path / "clinlp_qualifiers_nl", line))
    (span,) = text.spans
    assert "ENTITY" not in text.text
    assert text.text[span.start : span.end].isalpha()
    assert (span.negated, span.past, span.hedged, span.about) == (True, True, False, "relation")


def test_confidential_status_counts_only_where_somebody_marked_it(tmp_path: Path) -> None:
    span = {"start": 0, "end": 4, "label": "DEM", "confidential_status": "HEALTH"}
    lines = [
        {"doc_id": str(told), "lang": "en", "text": "Deaf.", "confidential_annotated": told, "spans": [span]}
        for told in (True, False)
    ]
    marked, unmarked = read(write(tmp_path / "tab", *lines))
    assert [span.flags for span in marked.spans] == [("health",)]
    assert "health" in marked.scope.flags
    assert not unmarked.spans
    assert not unmarked.scope.flags


@pytest.mark.parametrize(
    ("folder", "line", "wrong"),
    [
        (
            "eds_pseudo",
            {"id": "1", "lang": "fr", "text": SECRET, "spans": [{"start": 0, "end": 3, "label": SECRET}]},
            r"spans\[0\].label",
        ),
        (
            "eds_pseudo",
            {"id": "1", "lang": "fr", "text": SECRET, "spans": [{"start": 0, "end": 99, "label": "NOM"}]},
            r"spans\[0\].end",
        ),
        (
            "eds_pseudo",
            {"id": "1", "lang": "fr", "text": SECRET, "spans": [{"start": 0, "end": 3, "label": "NOM", "text": "Abc"}]},
            "text",
        ),
        ("hatecheck", {"id": "1", "lang": "fr", "text": SECRET, "target_ident": SECRET}, "target_ident"),
        ("clinlp_qualifiers_nl", {"id": "1", "lang": "nl", "text": SECRET, "qualifiers": []}, "text"),
        (
            "clinlp_qualifiers_nl",
            {"id": "1", "lang": "nl", "text": "ENTITY", "qualifiers": [{"name": "Presence", "value": SECRET}]},
            "value",
        ),
        ("tab", {"id": "1", "lang": "en", "text": SECRET, "spans": []}, "confidential_annotated"),
    ],
)
def test_a_damaged_line_is_told_by_its_number_and_never_quoted(
    tmp_path: Path, folder: str, line: dict[str, Any], wrong: str
) -> None:
    place = write(tmp_path / SECRET / folder, line)
    with pytest.raises(UsageError, match=wrong) as refused:
        read(place)
    assert f"{folder}, file 1 in alphabetical order, line 1" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_folder_of_corpora_gives_each_of_them_and_an_empty_one_is_refused(tmp_path: Path) -> None:
    for name in ("quaero_fr", "hatecheck"):
        write(tmp_path / name, {"id": "1", "lang": "fr", "text": "Rien.", "spans": [], "target_ident": None})
    assert list(labelled_sources([tmp_path])) == ["hatecheck", "quaero_fr"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no labelled text"):
        labelled_sources([tmp_path / "empty"])


def test_our_own_formats_are_read_from_any_other_folder() -> None:
    samples = ROOT / "pipelines" / "discretio" / "stores" / "samples" / "dossiers.jsonl"
    (texts,) = labelled_sources([samples]).values()
    assert list(labelled_sources([samples])) == [SAMPLES]
    assert next(iter(texts)).scope.categories == frozenset(range(1, 17))


@pytest.mark.shared
@pytest.mark.skipif(not CORPORA.is_dir(), reason="measures on ../shared/data/corpora")
def test_every_line_of_the_public_corpora_is_read() -> None:
    sources = labelled_sources([CORPORA])
    assert set(sources) == set(corpus_names())
    assert all(sum(1 for _ in texts) > 0 for texts in sources.values())
