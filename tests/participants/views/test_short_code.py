"""Whoever has a letter types its code and is led to the own page."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import RetiredPass
from participants.views.short_code import TOO_OFTEN, UNKNOWN
from rtportal.lib.short_codes import ALPHABET, LENGTH
from rtportal.web.guessing import MANY_IN_ALL, MOST_FROM_ONE, MOST_WHILE_MANY
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    cache.clear()
    factories.regions()
    return factories.enrolment(wave=factories.wave(), short_code="KQ73MT")


def type_code(client, code, **extra):
    return client.post("/k/", {"kode": code}, **extra)


def test_the_page_asks_for_the_code_and_knows_nobody(client, enrolment):
    answer = client.get("/k/")
    assert answer.status_code == 200
    assert "Masukkan kode pada surat" in answer.content.decode()
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script" not in answer.content.decode()


def test_the_address_on_the_letter_leads_there(client):
    answer = client.get("/k")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/k/")


@pytest.mark.parametrize("typed", ["KQ7-3MT", "kq7 3mt", " kq73mt "])
def test_a_code_opens_the_personal_page(client, enrolment, typed):
    answer = type_code(client, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, factories.personal_path(enrolment))
    assert enrolment.head.full_name in client.get(answer.headers["Location"]).content.decode()


def test_a_code_whose_link_was_revoked_says_what_the_link_says(client, enrolment):
    enrolment.link_revoked_at = factories.NOW
    enrolment.save()
    assert "sudah tidak berlaku" in client.get(type_code(client, "KQ7-3MT").headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("cause", "words"), [("reissued", "diganti"), ("succeeded", "beralih"), ("revoked", "mencabut")]
)
def test_an_old_code_says_what_became_of_it_and_whom_to_ask(client, enrolment, cause, words):
    RetiredPass.objects.create(
        enrolment=enrolment, link_hash="dead", short_code="AAAAAA", cause=cause, at=factories.NOW
    )
    answer = type_code(client, "aaa-aaa")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert words in page
    assert 'href="tel:+625262021234"' in page
    assert enrolment.head.name not in page


def test_an_unknown_code_is_said_in_plain_words_and_stays_in_the_field(client, enrolment):
    answer = type_code(client, "KQ7-3MV")
    assert answer.status_code == 404
    assert UNKNOWN in answer.content.decode()
    assert 'value="KQ7-3MV"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "KO7-3MT", "<script>alert(1)</script>", "\0", "x" * 5_000, "'; --"])
def test_what_is_no_code_is_refused_with_a_sentence(client, enrolment, typed):
    answer = type_code(client, typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_who_guesses_is_stopped_and_others_are_not(client, enrolment):
    for _ in range(MOST_FROM_ONE):
        assert type_code(client, "222222").status_code == 404
    stopped = type_code(client, "KQ7-3MT")
    assert stopped.status_code == 429
    assert TOO_OFTEN in stopped.content.decode()
    assert type_code(client, "KQ7-3MT", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_who_types_right_codes_is_never_stopped(client, enrolment):
    assert {type_code(client, "KQ7-3MT").status_code for _ in range(2 * MOST_FROM_ONE)} == {302}


def test_guesses_from_everywhere_leave_everybody_a_few_and_close_no_door(client, enrolment):
    mistyping = {"REMOTE_ADDR": "2001:db8:0:1::1"}
    for _ in range(MOST_WHILE_MANY):
        assert type_code(client, "222222", **mistyping).status_code == 404
    for number in range(MANY_IN_ALL):
        assert type_code(client, "222222", REMOTE_ADDR=f"10.0.0.{number}").status_code == 404
    assert type_code(client, "KQ7-3MT", REMOTE_ADDR="10.0.1.1").status_code == 302
    assert type_code(client, "KQ7-3MT", REMOTE_ADDR="2001:db8:0:1:ffff::1").status_code == 429


def test_ten_thousand_guesses_from_one_network_learn_nothing_and_hardly_any_is_looked_up(client, enrolment):
    met = Counter()
    with CaptureQueriesContext(connection) as queries:
        for number in range(10_000):
            guess = "".join(ALPHABET[number // 30**place % 30] for place in range(LENGTH))
            # Each from an address of its own, on twenty lines in turn.
            met[type_code(client, guess, REMOTE_ADDR=f"2001:db8:0:{number % 20:x}::{number:x}").status_code] += 1
    # Ten guesses of each line make it many; what each has made by then is more than it still may.
    assert met == {404: MANY_IN_ALL, 429: 10_000 - MANY_IN_ALL}
    assert len(queries) == 2 * MANY_IN_ALL
