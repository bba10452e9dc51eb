"""A first mapping for a database that nobody here knows: its schema and a bounded sample are read, no value is written down."""
