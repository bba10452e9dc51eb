"""Chapter H: judicial data, the rights of persons, and the list of the prosecutor (bill arts 6 to 8)."""
