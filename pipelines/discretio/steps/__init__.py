"""The verbs, one file each: scan, check, plan, approve, erase, verify, report."""
