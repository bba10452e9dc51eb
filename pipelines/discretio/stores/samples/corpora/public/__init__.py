"""One module a corpus, named like the folder that holds it; each defines `CORPUS`. A new corpus is a new file here."""
