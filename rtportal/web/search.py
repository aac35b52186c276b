"""What somebody typed into a search field."""

from django.http import HttpRequest

LONGEST_SEARCH = 100


def typed_words(typed: str) -> str:
    """The words somebody typed, single spaces between them; PostgreSQL refuses NUL, so it is dropped."""
    return " ".join(typed.replace("\0", "").split())[:LONGEST_SEARCH]


def search_text(request: HttpRequest, parameter: str = "cari") -> str:
    """The words of `?cari=`."""
    return typed_words(request.GET.get(parameter, ""))
