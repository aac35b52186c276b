"""Backups: one encrypted stream that holds a database and its files (decisions/0021)."""
