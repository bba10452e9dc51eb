"""What we decide: dossier model, terms and dates, holds, approvals, outcomes, suppression. Pure: the standard library only."""
