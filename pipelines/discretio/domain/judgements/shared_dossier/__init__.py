"""Chapter E: the shared dossier (bill art. 3)."""
