"""Retention classes of this app: former heads, answers, the door, proofs, roster files, requests."""

from participants.retention import answers, heads, imports, proofs, requests


def register() -> None:
    """Makes them known to `rtportal/privacy/retention.py`."""
    for one in (answers, heads, imports, proofs, requests):
        one.register()
