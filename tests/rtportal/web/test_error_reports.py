import sys

import pytest
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class

NIK, PHONE, NAME = "6309061203700001", "081234567890", "Ahmad Fauzi"
TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"


@pytest.mark.parametrize("kind", ["get_traceback_html", "get_traceback_text"])
def test_a_report_of_an_error_holds_nothing_that_was_typed(kind):
    request = RequestFactory().post(f"/u/{TOKEN}/?cari={PHONE}", {"nik": NIK, "nama": NAME})
    local = {"number": NIK}
    try:
        raise ValueError(f"Key (nik)=({local['number']}) exists for {PHONE}")
    except ValueError:
        reporter = get_exception_reporter_class(request)(request, *sys.exc_info())
    report = getattr(reporter, kind)()
    assert "ValueError" in report
    assert "test_error_reports.py" in report
    for secret in (NIK, PHONE, TOKEN, NAME):
        assert secret not in report
