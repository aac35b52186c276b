"""Numbers of rows as they come in from addresses and forms."""

# No row has a number of more digits, and databases refuse to look for one.
_MOST_DIGITS = 18


def parse_key(text: str) -> int | None:
    """A row's number; None for what cannot be one: other signs, no sign at all, more digits than a key has."""
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None
