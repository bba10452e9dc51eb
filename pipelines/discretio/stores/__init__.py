"""Dossier stores: SQL databases and document trees, read by partition, erased under lock."""
