"""The portal's own words, and those that do not fit any more."""

import logging

import pytest

from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import sms
from rtportal.lib.wording import check, variables_in
from rtportal.messaging.kinds import all_kinds, render
from rtportal.messaging.models import Message, Wording
from rtportal.messaging.wording import Words, default_words, has_default_words
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

KINDS = sorted(kind.name for kind in all_kinds().values() if kind.variables)
# Two parts of an SMS.
TWO_PARTS = 306


@pytest.mark.parametrize("name", KINDS)
def test_the_portals_own_words_pass_what_admins_words_must(name):
    kind, words = all_kinds()[name], default_words(name)
    check(words.subject, kind.variables)
    check(words.text, kind.variables, required=kind.required)
    check(words.short, kind.variables, required=kind.required)
    assert "nik" not in kind.variables
    assert variables_in(words.text)


@pytest.mark.parametrize("name", KINDS)
def test_every_word_has_an_example_and_the_short_text_fits_two_sms(name):
    kind = all_kinds()[name]
    assert set(kind.examples) == set(kind.variables)
    short = default_words(name).filled(kind.examples).short
    size = sms.size(short)
    assert short
    assert not size.is_unicode
    assert size.parts <= 2
    assert size.characters <= TWO_PARTS


@pytest.mark.parametrize("name", KINDS)
def test_no_gap_is_left_where_a_value_is_empty(name):
    kind = all_kinds()[name]
    assert "\n\n\n" not in default_words(name).filled(dict.fromkeys(kind.variables, "")).text


def test_a_kind_without_texts_has_no_words_to_change():
    assert not has_default_words("unheard-of")


def test_a_subject_is_one_line_and_a_value_is_never_read_again():
    words = Words("{nama}", "{nama}", "{nama}").filled({"nama": "a\r\nBcc: {tautan}"})
    assert words.subject == words.short == "a Bcc: {tautan}"


@pytest.fixture
def invited(db) -> list[Message]:
    factories.regions(MURUNG_PUDAK)
    factories.heads(3)
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    return list(Message.objects.all())


def own_words(scope: str, **texts) -> Wording:
    number = Wording.objects.filter(scope=scope).count() + 1
    return Wording.objects.create(
        kind="invitation", scope=scope, number=number, created_at=NOW, created_by=factories.user(), **texts
    )


def program_scope() -> str:
    return f"program:{Enrolment.objects.first().program_id}"


def test_the_newest_version_holds_and_what_it_leaves_empty_is_the_portals(invited):
    own_words(program_scope(), subject="Lama", text="Lama", short="Lama")
    own_words(program_scope(), subject="Baru {program}")
    content = render(invited)[invited[0].pk]
    assert content.subject.startswith("Baru Bimtek")
    assert content.text.startswith("Assalamualaikum")


def test_words_for_all_hold_where_a_programme_has_none(invited):
    own_words("", subject="Untuk semua")
    assert {one.subject for one in render(invited).values()} == {"Untuk semua"}
    own_words(program_scope(), subject="Untuk program")
    assert {one.subject for one in render(invited).values()} == {"Untuk program"}


@pytest.mark.parametrize("text", ["Halo {kata_lama}", "Halo {nama"])
def test_words_that_do_not_fit_any_more_give_way_to_the_portals_and_the_log_says_so_once(invited, caplog, text):
    own_words(program_scope(), subject="Lama", text=text)
    with caplog.at_level(logging.WARNING, logger="rtportal.messaging"):
        contents = render(invited)
    assert all(one.text.startswith("Assalamualaikum") and one.subject != "Lama" for one in contents.values())
    assert len([line for line in caplog.records if "is not used" in line.getMessage()]) == 1
