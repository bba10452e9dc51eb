"""Sample dossiers: project material, the demo's and the tests' data, and a format in which anyone may load dossiers.

`dossiers.jsonl` holds 40 labelled dossiers about invented persons, `enrichment.yaml` what the domain model needs more (with
deliberate violations, each naming its rule), `names.yaml` invented names. `rows_of` and `demo_rows` turn them into frames.
"""
