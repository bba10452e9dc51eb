"""Libraries that log what they read are silenced: at level DEBUG, Pillow writes the values of every tag."""

from __future__ import annotations

import logging


def silence(library: str) -> None:
    """Let nothing that this library logs be written anywhere, whatever level the application chose."""
    logger = logging.getLogger(library)
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
