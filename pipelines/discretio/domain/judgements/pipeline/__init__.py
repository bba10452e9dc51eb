"""Chapter L: what the pipeline asks of itself."""
