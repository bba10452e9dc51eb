"""The detector of a place: its lexicons, the recognisers that were chosen, and the statistical layer.

Apart from the rest of the workplace, since a command that only detects needs neither a ledger nor a store, whose libraries take
seconds to import.
"""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path

from discretio import resources
from discretio.detection import Detector, build_detector
from discretio.detection.statistical import load_model
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.policy_files.recogniser_files import load_recognisers
from discretio.settings import Settings

RECOGNISERS = "lexicons/recognisers.yaml"
ROWS_BETWEEN_COLLECTIONS = 100_000


def policy_folder(settings: Settings) -> Path:
    """The controller's own policies, else those that are shipped."""
    return settings.policies or resources.folder("policies")


def lexicon_folders(settings: Settings) -> list[Path]:
    """The folders of lexicons: the policies', and the controller's own beside them."""
    return [policy_folder(settings) / "lexicons", *([settings.lexicons] if settings.lexicons else [])]


def detector_of(settings: Settings) -> Detector:
    """The detector with the lexicons and the recognisers that were chosen.

    Raises:
        PolicyError: a lexicon or the choice of recognisers is wrong.
    """
    entries = [entry for folder in lexicon_folders(settings) for entry in load_lexicons(folder)]
    made = build_detector(entries, load_recognisers(policy_folder(settings) / RECOGNISERS), load_model())
    gc.freeze()  # it lives as long as the process: to look through it for garbage, again and again, took a tenth of a scan
    gc.set_threshold(ROWS_BETWEEN_COLLECTIONS)  # rows that wait to be written are no garbage, and were looked through too
    return made


def detector_version(*chosen: Path) -> str:
    """A hash that changes with any recogniser, model or lexicon, so that a new detector reads everything again."""
    detection = Path(resources.__file__).parent / "detection"
    code = sorted([*detection.rglob("*.py"), *detection.rglob("*.npz")])
    data = [file for path in chosen for file in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))]
    digest = hashlib.sha256()
    for file in [*code, *data]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
