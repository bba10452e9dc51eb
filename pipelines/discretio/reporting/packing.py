"""A drawn PDF with its objects in compressed streams: the tags of a long report weigh more than all it shows."""

from __future__ import annotations

import io

import pikepdf

PACKER = f"qpdf {pikepdf.__libqpdf_version__}"
"""What packs; the same one makes the same bytes of the same file."""


def packed(pdf: bytes) -> bytes:
    """The same document, smaller: every object and every mark of conformance stays as it is."""
    smaller = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            smaller,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return smaller.getvalue()
