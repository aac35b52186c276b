"""Retention classes of the platform below: messages, files, sessions, accounts, history."""
