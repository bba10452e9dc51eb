"""Chapter K: accountability, beside the texts on consultations (GDPR; law of 30 July 2018)."""
