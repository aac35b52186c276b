import logging
import re
import sys

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


@pytest.mark.parametrize(
    "typed", ["081234567890", "0812-3456-7890", "%2B62+812+3456+7890", "6309061203700001", "x%3A12345678"]
)
def test_a_number_that_somebody_searches_for_is_replaced(typed):
    line = redact(f'"GET /ketua-rt/?cari={typed}&hal=2 HTTP/1.1"')
    assert line == '"GET /ketua-rt/?cari=[angka]&hal=2 HTTP/1.1"'


def test_words_and_short_numbers_in_an_address_stay():
    line = "GET /ketua-rt/?cari=rt+005&kelurahan=63.09.06 HTTP/1.1"
    assert redact(line) == line


class Secret(Exception):
    pass


@pytest.mark.parametrize("formatter", [logging.Formatter(), logging.Formatter("%(message)s %(nik)s")])
def test_a_traceback_and_what_a_record_is_given_lose_the_numbers_too(formatter):
    try:
        raise Secret(f"Key (nik)=(6309061203700001) at /u/{TOKEN}/")
    except Secret:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "to %s", ("+6281234567890",), sys.exc_info())
    record.nik = "6309061203700001"
    record.stack_info = "Stack: 081234567890"
    assert RedactLinks().filter(record)
    text = formatter.format(record)
    assert "Secret: Key (nik)=([NIK]) at /u/[tautan pribadi]/" in text
    assert not {"6309061203700001", "81234567890", TOKEN} & set(re.findall(r"[\w-]+", text))
    assert "to [nomor HP]" in text
