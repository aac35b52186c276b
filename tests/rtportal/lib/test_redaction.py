import logging

from rtportal.lib.redaction import HIDDEN, RedactLinks, redact

TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"


def test_the_token_of_a_personal_link_is_replaced_wherever_it_stands():
    assert redact(f"GET /u/{TOKEN}/ HTTP/1.1") == f"GET {HIDDEN}/ HTTP/1.1"
    assert redact(f"http://localhost:8000/u/{TOKEN}/?jawab=wakil").count(TOKEN) == 0


def test_other_addresses_stay():
    assert redact("GET /gelombang/1/undangan/") == "GET /gelombang/1/undangan/"
    assert redact("/u/") == "/u/"


def test_a_log_record_loses_the_link_and_keeps_the_rest():
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Gone", f"/u/{TOKEN}/"), None)
    assert RedactLinks().filter(record)
    assert record.getMessage() == f"Gone: {HIDDEN}/"
