"""What somebody typed into a search field."""

from django.http import HttpRequest

LONGEST_SEARCH = 100


def search_text(request: HttpRequest, parameter: str = "cari") -> str:
    """The words of `?cari=`, single spaces between them; PostgreSQL refuses NUL, so it is dropped."""
    return " ".join(request.GET.get(parameter, "").replace("\0", "").split())[:LONGEST_SEARCH]
