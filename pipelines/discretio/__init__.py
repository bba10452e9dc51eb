"""Discretio: the data-protection compliance pipeline for case consultation (art. 458ter of the Belgian Criminal Code).

The layers, each knowing only those below it (import-linter holds them to it):

    cli           what a person types            airflow_ui    what Airflow runs and shows
    wiring        who is introduced to whom      steps         the verbs: scan, check, plan, approve, erase, report
    stores, documents, detection, checks, policy_files, ledger, reporting: what touches the world; they don't know each other
    domain        what we decide (pure)          law           what the law says (pure)
    settings, resources, errors                  what everyone may use
"""

__version__ = "0.1.0"
