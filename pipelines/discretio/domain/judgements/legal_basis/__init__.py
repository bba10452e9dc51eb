"""Chapter A: what a consultation rests on, what it is for, and how its protocol came about (art. 458ter, COL 04/2018)."""
