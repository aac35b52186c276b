"""The fragment below every list."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from rtportal.web.templatetags.paging import page_numbers


def shown(rows: int, query: str = "") -> str:
    request = RequestFactory().get(f"/pesan/{query}")
    page = Paginator(range(rows), 50).get_page(request.GET.get("hal"))
    return render_to_string("_pagination.html", {"page": page, "request": request})


@pytest.mark.parametrize(
    ("number", "numbers"),
    [(1, [1, 2, 0, 20]), (7, [1, 0, 6, 7, 8, 0, 20]), (20, [1, 0, 19, 20])],
)
def test_the_first_the_last_and_the_neighbours_are_offered(number, numbers):
    assert page_numbers(Paginator(range(1000), 50).page(number)) == numbers


def test_the_total_is_said_the_indonesian_way():
    assert "51–100 dari 1.650" in shown(1650, "?hal=2")


def test_the_filter_stays_in_the_address():
    assert "?cari=ahmad&amp;hal=2" in shown(60, "?cari=ahmad")


def test_one_page_needs_no_numbers():
    assert "<ul>" not in shown(50)


def test_an_empty_list_says_so():
    assert "0 baris" in shown(0)
