"""Chapter D: drafts, the two kinds of dossiers, how long data are kept, and how they go (bill art. 2 §3)."""
