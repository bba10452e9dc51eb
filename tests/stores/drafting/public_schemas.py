"""Schemas that nobody here designed, as their public sources describe them: the tables that matter, with invented rows.

The names and types of tables and columns are facts about these systems; the rows are ours. They are written in the SQL that
SQLite, PostgreSQL and MariaDB share.
"""

from __future__ import annotations

from pathlib import Path

ALL = {file.stem: file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "schemas").glob("*.sql"))}
