"""Chapter F: the own dossier of a participant (bill art. 4)."""
