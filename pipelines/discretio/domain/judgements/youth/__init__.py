"""Chapter J: youth-protection reports (COL 3.4.5.3)."""
