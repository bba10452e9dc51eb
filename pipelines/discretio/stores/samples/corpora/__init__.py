"""Public corpora that others have labelled: read to measure the detector, each by its own file in `public`.

No sentence of theirs is kept here: only how their labels translate to ours, why, and what is left out.
"""
