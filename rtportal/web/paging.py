"""Pages of a list: 50 rows each."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS_PER_PAGE = 50


def page_of(request: HttpRequest, rows, per_page: int = ROWS_PER_PAGE) -> Page:
    """The page that `?hal=` asks for; a number out of range or no number gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("hal"))
