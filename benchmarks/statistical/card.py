"""The model's card: what it is, what it was learned from, how good it is on authors that it has not seen, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from figures import Measured

from discretio.detection import Detector, evaluate
from discretio.detection.evaluation import wilson
from discretio.detection.statistical.model import CLASSES, LinearModel
from discretio.domain.lexicon import LANGUAGES
from discretio.law.special_classes import Flag
from discretio.stores.samples.labelled import labelled_entries

SLICE = 150
"""The texts of `minutes.jsonl` on which the shipped file's figure can be checked in a second."""
_LANGS = ("all", *LANGUAGES, *(f"dossiers-{lang}" for lang in ("all", *LANGUAGES)))
Intervals = Mapping[tuple[str, str], tuple[float, float]]
"""By what was measured and in which texts."""
_TITLES = {"finders": "finders alone", "model": "words alone", "combined": "combined"}

HEAD = """# The statistical layer: model card

Made by `python benchmarks/statistical/train.py`, which writes this file and `model.npz` beside it.

**What it is.** Two linear judges (logistic regression, L2). The first judges each sentence, once for each of the 16 categories
and 12 flags: it sees hashed words, pairs of neighbouring words and three to five letters within words ({bits} bits, case and
accents folded, all digits alike), weighted by rarity, and what the other finders found in the sentence (per class: surely, or
weakly). It speaks where no finder did. The second judges what each finder claims, class by class: it sees the words of the
detection, three words on either side, its type, score and language, and the first judge's score of the sentence. Where it
believes a class less than its threshold, that class is set apart with a score below a half. A number proven by checksum is
never doubted.

**What it was learned from.** {texts} labelled texts by {authors} authors (the notes of `benchmarks/statistical/notes/`, and the
463 entries of the sample dossiers), and {neutral} sentences of neutral text in five styles (`benchmarks/statistical/neutral/`:
mails and chats, agendas and minutes, rules and decisions, press and encyclopedias, leaflets and abstracts), which count
fourfold. {instances} instances: sentences, at half weight their clauses and the labelled spans, at four times the stretches
that only look sensitive; and {claims} claims of finders, right where they meet a label. All persons are invented. Half of the
finders' evidence is hidden while learning, since the lexicons were written beside most of these notes. A feature's weight is
freer to grow, the more unevenly a class has it (a naive Bayes prior); a short sentence speaks more softly than a long one.

**How the figures were made.** Out of fold by author: each text is judged by weights and thresholds that have seen nothing
by its author (seven folds: the dossiers alone, the others by several; notes that mirror one another stand in one file).
Two things flatter. The lexicons were written with most of these notes at hand: see the next section for authors whom neither
had seen. And the second judge learned from scores of the first that had seen the author, one number for each claim.
Thresholds are chosen for F1 at entry level. A class pays three tenths of its share of hard negatives fallen for (thirty that
it resists stand beside those that it has), and a point for each three in a thousand neutral sentences in which the layer
speaks; a special class with a goal pays what it lacks to a precision of 0.80 and to a recall of 0.90. A class that gains less
than half a point so, or gains nothing in the tables below, and names and contact details, keep their finders alone in the
file (speaks, doubts: no); the tables show what was tried. Each threshold is judged together with its neighbours, so that no few
texts choose it.

## Authors whom nobody had seen

Five of the authors (698 texts: `scribe_ouest` fr, `griffel` nl, `ostbote` de, `northsea` en, `meander` mixed) wrote without
having seen a lexicon. Before anything was learned from them, the finders and the layer as it was then (thirteen authors, one
judge) were measured on them as they came. Macro-F1 over categories 1-15, entry level:

| texts in | finders alone | with the layer of thirteen authors |
|---|---|---|
| unseen, all | 0.746 | 0.799 |
| unseen, fr | 0.762 | 0.822 |
| unseen, nl | 0.738 | 0.796 |
| unseen, de | 0.761 | 0.808 |
| unseen, en | 0.719 | 0.760 |
| false alarms on hard negatives | 0.164 (0.131-0.202) | 0.173 (0.140-0.213) |

Precision / recall of the special classes there, with that layer: health 0.77 / 0.75, ethnic_origin 0.83 / 0.77, political
0.90 / 0.58, religious_philosophical 0.83 / 0.75, sex_life_orientation 0.83 / 0.46, trade_union 0.74 / 0.89, criminal
0.60 / 0.82.

Four more (424 texts: `ardoise` fr, `pluim` nl, `hohesvenn` de, `harbour` en), asked to write of the special classes, of
coercion and crime, and with words that only look sensitive in more than half of the notes, were measured with the layer of
eighteen authors: macro-F1 0.786 (fr 0.815, nl 0.757, de 0.756, en 0.803); health 0.78 / 0.86, ethnic_origin 0.78 / 0.91,
political 0.80 / 0.72, religious_philosophical 0.72 / 0.76, sex_life_orientation 0.87 / 0.53, trade_union 0.86 / 1.00,
criminal 0.69 / 0.74; hard negatives 0.202 (0.163-0.249).

Nine files came last, with the neutral text: eight voices of one hand (376 texts of one to three sentences: `patrol`,
`practice`, `playground`, `doorstep`, `desk`, `clubhouse`, `confidante`, `bulletin`), and 102 texts with nothing but hard
negatives (`lookalike`). That hand had read lists of misses and of hard negatives fallen for, and wrote into those gaps.
Measured with the layer of 22 authors: macro-F1 0.666 (several classes are thin there); health 0.64 / 0.76, ethnic_origin
0.92 / 0.96, political 0.95 / 0.72, religious_philosophical 0.88 / 0.81, sex_life_orientation 0.95 / 0.57, trade_union
0.92 / 1.00, criminal 0.88 / 0.79; hard negatives 0.242 (0.193-0.299), most of them contrived.

`carrefour` (115 texts: fr 32, nl 33, de and en 25; notes of case consultations, many retelling one situation in several
languages) was written after reading sample dossiers and the list of kinds of errors, before any lexicon. Measured with the
layer of 31 authors: macro-F1 0.819 (fr 0.823, nl 0.814, de 0.822, en 0.821; finders alone 0.776); health 0.85 / 0.79,
ethnic_origin 0.95 / 1.00, political 0.93 / 1.00, religious_philosophical 0.95 / 0.90, sex_life_orientation 0.96 / 0.70,
trade_union 1.00 / 1.00 (4 texts), criminal 0.73 / 0.84; hard negatives 0.095 (0.038-0.221). Its misses were then read, and
some 14,000 terms were written by the same hand, so that the figures below flatter it.

Four came after that, who had seen neither a lexicon nor one another's notes (613 texts: `brabant` and `meuse` fr, `leiestreek`
and `kempen` nl), with implied statements and 844 hard negatives that stand beside the real thing on purpose. Macro-F1 with the
layer of 32 authors:

| texts in | finders alone | with the layer of 32 authors |
|---|---|---|
| these, all | 0.731 | 0.776 |
| these, fr | 0.738 | 0.774 |
| these, nl | 0.723 | 0.777 |
| hard negatives fallen for | 0.320 (0.289-0.352) | 0.273 (0.244-0.304) |

Precision / recall of the special classes there, with that layer: health 0.85 / 0.86, ethnic_origin 0.75 / 0.78, political
0.75 / 0.66, religious_philosophical 0.75 / 0.77, sex_life_orientation 0.76 / 0.55, trade_union 0.82 / 0.79, criminal
0.71 / 0.80. The misses of `brabant` and `leiestreek` were then read, and some 230 general terms added; the other two were not
read.

Four more came then, by three authors who had seen no lexicon (474 texts: `sambre` fr, `demer` nl, `our` de, `canal` en):
dossiers that follow a person through several entries, with implied statements and 386 hard negatives. Macro-F1 with the layer
of 36 authors:

| texts in | finders alone | with the layer of 36 authors |
|---|---|---|
| these, all | 0.699 | 0.753 |
| these, fr | 0.734 | 0.773 |
| these, nl | 0.680 | 0.745 |
| these, de | 0.684 | 0.743 |
| these, en | 0.644 | 0.729 |
| hard negatives fallen for | 0.249 (0.208-0.294) | 0.168 (0.134-0.209) |

Precision / recall of the special classes there, with that layer: health 0.88 / 0.83, ethnic_origin 0.62 / 0.79, political
0.74 / 0.68, religious_philosophical 0.74 / 0.78, sex_life_orientation 0.57 / 0.51, trade_union 0.90 / 0.84, criminal
0.64 / 0.84. Their misses in fr and de were then read by cause, and words that meant something else taken out or silenced.

These are the figures that predict unseen dossiers; those below have met the lexicons.
"""
LIMITS = """
## Limits

* One labelling pass by each author, and the nine last are voices of one hand; borders 6/11/14, 5/8, 7/8, 9/11 and 4/15 are
  soft, and German and English are thin.
* That the layer is to speak on few neutral sentences costs it recall on dense notes, most of all in categories 3, 10 and 14.
* The goals of recall 0.90 with precision 0.80 for special classes and of 5 % false alarms on hard negatives are not met.
* What to keep of the layer was chosen on these figures out of fold, on other folds by author: that flatters a little, too.
* Tried and left out, since they did not help out of fold: a second layer over all scores, evidence and neighbouring sentences
  (macro-F1 between -0.005 and +0.001), evidence of the whole text, promoting weak detections; for the second judge, what
  else was found in the sentence or in the text, and the score of a common judge of whether a sentence holds any datum (the
  surer order of claims, 0.83 for 0.81 of pairs, gained nothing at entry level). For the first judge, by the precision averaged
  over ranks on held-out authors: evidence by type of finder, pairs of words that stand two or three apart, rarer or commoner
  words weighted otherwise (between -0.03 and +0.002). For the second: the score of a few words around the detection.
* The notes are dense: real files hold more sentences without any datum. Neutral text is learned from and has its own table, but
  it is invented, too, and short: laws, judgments and medical prose disturb the layer more than letters and minutes do.
* It knows words, not meaning: negation, irony and whose datum it is are beyond it. It says
  `about: subject`, and `negated` only where another finder's detection within is.
* Its score is a half at the threshold and rises with the probability; it is no frequency measured in the field.
* It leans on the finders as they were when it was trained: train again when the lexicons have changed much.
* The same data give the same file on the same machine; another linear-algebra library may change the last digits.
"""


def slice_figure(detector: Detector) -> float:
    """Macro-F1 of a detector on the slice; in sample, only to check that file and code still fit together."""
    notes = Path(__file__).with_name("notes") / "minutes.jsonl"
    return evaluate(islice(labelled_entries(notes), SLICE), detector).macro_f1()


def card_of(model: LinearModel, figures: Mapping[str, Measured], intervals: Intervals) -> str:
    """The card in Markdown."""
    names = [name for name in _TITLES if name in figures]
    parts = [HEAD.format(bits=model.bits, **model.about), _macro_table(figures, names, intervals)]
    return "\n".join(
        [*parts, _class_table(model, figures, names), _trap_table(figures, names), _neutral_table(figures, names), LIMITS]
    )


def _macro_table(figures: Mapping[str, Measured], names: list[str], intervals: Intervals) -> str:
    lines = ["## Macro-F1 over categories 1-15, entry level, out of fold by author\n"]
    lines += ["In brackets: 95 % intervals, by drawing the texts again; of a rate, by Wilson.\n"]
    lines += ["| texts in | " + " | ".join(_TITLES[name] for name in names) + " |", "|---" * (len(names) + 1) + "|"]
    for lang in _LANGS:
        cells = [f"{figures[name].macro_f1(lang):.3f}{_range(intervals.get((name, lang)))}" for name in names]
        lines.append(f"| {lang} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, _trap_row("false alarms on hard negatives", "all", figures, names)]) + "\n"


def _range(interval: tuple[float, float] | None) -> str:
    return " ({:.3f}-{:.3f})".format(*interval) if interval else ""


def _trap_table(figures: Mapping[str, Measured], names: list[str]) -> str:
    lines = ["## Hard negatives: the share fallen for, by tempting class, out of fold by author\n"]
    lines += ["| class | " + " | ".join(_TITLES[name] for name in names) + " |", "|---" * (len(names) + 1) + "|"]
    for class_ in CLASSES:
        marked = class_.value if isinstance(class_, Flag) else f"{class_:02d}"
        if ("span", "hard_negative", marked, "all") in figures[names[0]].tallies:
            lines.append(_trap_row(marked, marked, figures, names))
    return "\n".join(lines) + "\n"


def _neutral_table(figures: Mapping[str, Measured], names: list[str]) -> str:
    told = [name for name in names if name != "model"]
    count = figures[told[0]].disturbed("all")
    lines = [
        f"## Neutral text: false alarms on {count.hits + count.false_alarms} sentences, in a thousand, out of fold by style\n"
    ]
    lines += ["| class | " + " | ".join(_TITLES[name] for name in told) + " |", "|---" * (len(told) + 1) + "|"]
    for class_ in ("all", *CLASSES):
        marked = class_ if isinstance(class_, str) else f"{class_:02d}"
        rates = [1000 * figures[name].disturbed(marked).alarm_rate for name in told]
        if any(rates):
            lines.append(f"| {marked} | " + " | ".join(f"{rate:.1f}" for rate in rates) + " |")
    return "\n".join(lines) + "\n"


def _trap_row(title: str, class_: str, figures: Mapping[str, Measured], names: list[str]) -> str:
    cells = []
    for name in names:
        trap = figures[name].tallies.get(("span", "hard_negative", class_, "all"))
        total = trap.hits + trap.false_alarms if trap else 0
        said = (
            f"{trap.alarm_rate:.3f}{_range(wilson(trap.false_alarms, total))} of {total}" if trap and name != "model" else "-"
        )
        cells.append(said)
    return f"| {title} | " + " | ".join(cells) + " |"


def _class_table(model: LinearModel, figures: Mapping[str, Measured], names: list[str]) -> str:
    lines = ["## Precision / recall / F1 by class, entry level, all languages, out of fold by author\n"]
    lines += ["| class | support | " + " | ".join(_TITLES[name] for name in names) + " | speaks | doubts |"]
    lines += ["|---" * (len(names) + 4) + "|"]
    for column, class_ in enumerate(CLASSES):
        tallies = [figures[name].of(class_) for name in names]
        cells = [f"{each.precision:.2f} / {each.recall:.2f} / {each.f_score(1):.2f}" for each in tallies]
        speaks = "from " + f"{model.thresholds[column]:.2f}" if np.isfinite(model.thresholds[column]) else "no"
        doubts = "below " + f"{model.doubts[column]:.2f}" if np.isfinite(model.doubts[column]) else "no"
        name = class_.value if isinstance(class_, Flag) else f"{class_}"
        lines.append(f"| {name} | {tallies[0].support} | " + " | ".join(cells) + f" | {speaks} | {doubts} |")
    return "\n".join(lines) + "\n"
