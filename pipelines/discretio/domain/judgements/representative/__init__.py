"""Chapter G: the permanent representative (bill art. 5)."""
