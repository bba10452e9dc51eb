"""Chapter I: professional secrecy in and around the consultation (art. 458 to 458quater; COL 04/2018)."""
