"""Chapter B: which law applies to whom (bill art. 2 §1 and §2 al. 4)."""
