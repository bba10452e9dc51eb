"""QUAERO French Medical Corpus: titles of articles and leaflets of medicines, marked with groups of the UMLS."""

from __future__ import annotations

from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

_HEALTH = (Flag.HEALTH,)


def _near(why: str) -> Label:
    return Label(why, 10, flags=_HEALTH, optional=True)


CORPUS = Corpus(
    name="quaero_fr",
    about="Impersonal French medical text: how much of the vocabulary of diseases is known. It is about nobody.",
    labels={
        "DISO": Label(
            "A disorder, a symptom or an injury is a datum of health once it is said of somebody.", 10, flags=_HEALTH
        ),
        "CHEM": _near("A medicine tells a treatment, but the group also holds water, glucose and reagents."),
        "PROC": _near("An operation tells a treatment, but the group also holds analyses and methods of research."),
        "PHYS": _near("A function of the body (pregnancy, blood pressure) tells of health in some sentences only."),
        "ANAT": _near("A part of the body tells of health only with what befell it."),
        "LIVB": _near("Patients and carriers of a germ are living beings here; most others tell nothing."),
        "DEVI": _near("A device in the body tells of health; a syringe doesn't."),
        "PHEN": _near("A phenomenon tells of health in some sentences only."),
    },
    left_out={"OBJC": "Objects tell nothing of a person.", "GEOG": "Places tell nothing of a person here."},
    read=read_spans,
)
