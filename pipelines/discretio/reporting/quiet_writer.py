"""A writer of revisions that leaves a report's metadata alone."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class QuietWriter(IncrementalPdfFileWriter):
    """pyHanko's writer, but for the metadata: its rewriting blurs the PDF/A marks and reads the clock."""

    def _update_meta(self) -> None:
        """Nothing: the metadata stay as Typst wrote them."""
