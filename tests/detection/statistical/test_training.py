from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from discretio.detection import Detector
from discretio.detection.statistical.features import Rows
from discretio.detection.statistical.model import CLASSES, Floats, LinearModel

TRAINING = Path(__file__).resolve().parents[3] / "benchmarks" / "statistical"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pytest.importorskip("scipy")
    monkeypatch.syspath_prepend(str(TRAINING))
    yield
    for name in ("corpus", "learning", "believing", "calibration", "figures", "intervals", "card", "recording", "train"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("scripts")
def test_training_on_a_few_notes_gives_the_same_file_twice_and_tells_classes_apart(finders_alone: Detector) -> None:
    import corpus  # noqa: PLC0415 - a script beside the benchmarks, found only inside this test
    import learning  # noqa: PLC0415 - as above
    import train  # noqa: PLC0415 - as above

    from discretio.stores.samples.labelled import labelled_entries  # noqa: PLC0415 - kept beside the scripts that it feeds

    items = islice(labelled_entries(TRAINING / "notes" / "health.jsonl"), 40)
    texts = [corpus.read_by(finders_alone, Path("health.jsonl"), item) for item in items]
    data = corpus.instances(texts)
    everything = np.ones(len(data.author), np.bool_)
    health = CLASSES.index(10)
    recipe = learning.Recipe((health,))
    models = [train.model_of(learning.fit(data, everything, recipe)) for _ in range(2)]
    assert models[0].to_bytes() == models[1].to_bytes()
    judged = learning.scores(learning.fit(data, everything, recipe), data, data.is_unit)[:, health]
    labels = data.labels[data.is_unit, health]
    assert np.median(judged[labels == 1]) > np.median(judged[labels == 0])


@pytest.mark.usefixtures("scripts")
def test_the_package_judges_as_the_training_did(finders_alone: Detector) -> None:
    import corpus  # noqa: PLC0415 - a script beside the benchmarks, found only inside this test
    import learning  # noqa: PLC0415 - as above
    import train  # noqa: PLC0415 - as above

    from discretio.detection.passage import Passage  # noqa: PLC0415 - kept beside its use
    from discretio.detection.statistical.judging import Judge  # noqa: PLC0415 - kept beside its use
    from discretio.stores.samples.labelled import labelled_entries  # noqa: PLC0415 - kept beside the scripts that it feeds

    items = list(islice(labelled_entries(TRAINING / "notes" / "justice.jsonl"), 20))
    texts = [corpus.Written("justice", False, item, (), ()) for item in items]
    data = corpus.instances(texts)
    column = CLASSES.index(9)
    fitted = learning.fit(data, np.ones(len(data.author), np.bool_), learning.Recipe((column,), evidence=False))
    expected = learning.scores(fitted, data, data.is_unit)[:, column]
    judge = Judge(train.model_of(fitted), [])
    said = [judge.verdicts(Passage(text.item.text, ())).scores[:, column] for text in texts]
    assert np.abs(np.concatenate(said) - expected).max() < 0.1


@pytest.mark.usefixtures("scripts")
def test_the_package_believes_as_the_training_did(finders_alone: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    import believing  # noqa: PLC0415 - a script beside the benchmarks, found only inside this test
    import corpus  # noqa: PLC0415 - as above
    import learning  # noqa: PLC0415 - as above
    import train  # noqa: PLC0415 - as above

    from discretio.detection.passage import Passage  # noqa: PLC0415 - kept beside its use
    from discretio.detection.statistical import judging  # noqa: PLC0415 - kept beside its use
    from discretio.stores.samples.labelled import labelled_entries  # noqa: PLC0415 - kept beside the scripts that it feeds

    items = islice(labelled_entries(TRAINING / "notes" / "justice.jsonl"), 30)
    texts = [corpus.read_by(finders_alone, Path("justice.jsonl"), item) for item in items]
    data = corpus.instances(texts)
    column = CLASSES.index(9)
    fitted = learning.fit(data, np.ones(len(data.author), np.bool_), learning.Recipe((column,)))
    judged = np.full(data.labels.shape, -np.inf)
    judged[data.is_unit] = learning.scores(fitted, data, data.is_unit)
    claims = believing.claimed(texts, data)
    own = claims.columns == column
    features = believing.features_of(claims, judged)
    belief = believing.fit_belief(claims, features, own)
    expected = believing.beliefs(belief, features[own], claims.columns[own])

    said: list[float] = []

    def told(model: LinearModel, rows: Rows, columns: Rows, scores: Floats) -> Floats:
        log_odds = believe(model, rows, columns, scores)
        said.extend(log_odds.tolist())
        return log_odds

    believe = judging.believe
    monkeypatch.setattr(judging, "believe", told)
    doubts = np.where(np.arange(len(CLASSES)) == column, 0.0, -np.inf).astype(np.float32)
    model = replace(train.with_belief(train.model_of(fitted), belief), doubts=doubts)
    judge = judging.Judge(model, finders_alone.finders)
    for text in texts:
        judge.verdicts(Passage(text.item.text, None))
    assert len(said) > 20
    assert np.abs(np.array(said) - expected).max() < 0.1


@pytest.mark.usefixtures("scripts")
def test_what_is_recorded_is_the_whole_detector_on_all_authors_together() -> None:
    import recording  # noqa: PLC0415 - a script beside the benchmarks, found only inside this test

    lines = [
        ["entry", "category", "01", "ann-all", 3, 1, 3, 0],
        ["entry", "category", "01", "ben-all", 1, 1, 1, 2],
        ["entry", "category", "01", "all", 9, 9, 9, 9],
        ["span", "category", "01", "ann-all", 9, 9, 9, 9],
    ]
    said = recording.recorded({"tallies": {"combined": lines, "finders": []}})
    assert said == {"authors": ["ann", "ben"], "f1": {"01": 0.667}}


def test_nobody_appears_on_both_sides_of_a_mirror() -> None:
    # Mirrored notes stand in one author's file, and folds are by author.
    numbers = {
        number
        for group in (TRAINING / "notes" / "vulnerable-mirrors.txt").read_text().split("\n")[1:]
        for pair in group.split("|")
        for number in pair.split()
    }
    ids = {
        line.split('"id": "', 1)[1].split('"', 1)[0].rsplit("-", 1)[1]
        for line in (TRAINING / "notes" / "vulnerable.jsonl").read_text(encoding="utf-8").splitlines()
    }
    assert numbers <= ids
