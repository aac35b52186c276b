import logging

import pytest

from rtportal.lib.redaction import PREFIXES, RedactLinks, redact

TOKEN = "N2x9c_Tq-7bVd3kLm0PzRwYs1aA"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_token_of_a_secret_link_is_replaced_wherever_it_stands(prefix):
    assert redact(f"GET {prefix}{TOKEN}/ HTTP/1.1") == f"GET {prefix}[tautan pribadi]/ HTTP/1.1"
    assert TOKEN not in redact(f"http://localhost:8000{prefix}{TOKEN}/?jawab=wakil")


def test_the_address_of_a_calendar_keeps_its_ending():
    assert redact(f"GET /ics/{TOKEN}.ics HTTP/1.1") == "GET /ics/[tautan pribadi].ics HTTP/1.1"


def test_what_meta_proves_itself_with_is_replaced():
    line = redact("GET /webhook/whatsapp/?hub.mode=subscribe&hub.verify_token=kata-sandi&hub.challenge=1 HTTP/1.1")
    assert line == "GET /webhook/whatsapp/?hub.mode=subscribe&hub.verify_token=[rahasia]&hub.challenge=1 HTTP/1.1"


def test_other_addresses_stay():
    assert redact("GET /gelombang/1/undangan/") == "GET /gelombang/1/undangan/"
    assert redact("/u/ /ics/") == "/u/ /ics/"


def test_a_log_record_loses_the_link_and_keeps_the_rest():
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Gone", f"/u/{TOKEN}/"), None)
    assert RedactLinks().filter(record)
    assert record.getMessage() == "Gone: /u/[tautan pribadi]/"
