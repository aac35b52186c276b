"""Text from outside as the database can keep it."""

from typing import Any


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and with "?" for halves of surrogate pairs, which are no characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def storable_json(value: Any) -> Any:
    """The same JSON value with every text in it `storable`."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(each) for each in value]
    if isinstance(value, dict):
        return {storable(name): storable_json(each) for name, each in value.items()}
    return value
