"""Databases that somebody else designed: what a mapping file says of them, and how they are read, gently and read only."""
