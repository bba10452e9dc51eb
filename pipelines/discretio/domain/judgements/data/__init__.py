"""Chapter C: which data, on which ground, from where, and whether all of it is needed (bill art. 2 §2)."""
