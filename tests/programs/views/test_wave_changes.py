"""The preview that stands between the form and a change of a published wave."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programs.models import SpecialDay
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO
from tests.participants import announcements

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG)
    who = factories.user()
    client.force_login(who)
    return who


def coming_day():
    return clock.local_date(clock.now(), "WITA") + timedelta(days=30)


def update(client, wave, data):
    return client.post(reverse("programs:wave_update", args=[wave.pk]), data)


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def next_day(wave) -> dict:
    return {
        "version": "1",
        "number": "1",
        "day": (coming_day() + timedelta(days=1)).isoformat(),
        "starts": "08:00",
        "ends": "15:00",
        "ends_on": "",
        "venue": wave.venue_id,
        "areas": [JARO],
    }


@pytest.fixture
def told(official):
    """A published wave; of its two heads one was told, one is reached by no channel."""
    factories.head(district=JARO, number="009", name="Tanpa Alamat", email="")
    wave = factories.wave(program=factories.program(reach_chain=["inbox"]), on=coming_day(), areas=(JARO,))
    announcements.invited(wave, 1, district=JARO, now=clock.now())
    announcements.deliver(clock.now())
    return wave


def accepted(response, **more) -> dict:
    """What the button of the preview sends."""
    context = response.context
    return {**_typed_again(context), "pratinjau": context["preview"].token} | more


def _typed_again(context) -> dict:
    fields: dict[str, list[str]] = {}
    for name, value in context["typed"]:
        fields.setdefault(name, []).append(value)
    return fields


def test_a_change_of_a_published_wave_shows_first_who_was_told_what(client, told):
    response = update(client, told, next_day(told))
    text = text_of(response)
    assert told.span_words in text
    assert "<strong>1 orang</strong> sudah diberi tahu lewat Kotak masuk percobaan" in text
    assert "<strong>1 orang</strong> belum diberi tahu portal" in text
    assert "Tanpa Alamat" in text
    assert "Terapkan dan beri tahu 1 orang" in text
    assert "H-7 yang belum menjawab" in text
    told.refresh_from_db()
    assert told.local_day == coming_day()


def test_accepting_the_preview_applies_what_was_typed_and_tells_everybody_once(client, told):
    response = update(client, told, accepted(update(client, told, next_day(told))))
    assert response.headers["Location"] == reverse("participants:wave_detail", args=[told.pk])
    told.refresh_from_db()
    assert told.local_day == coming_day() + timedelta(days=1)
    assert [message.kind for message in announcements.waiting()] == ["schedule_changed"]


def test_a_warning_that_is_not_ticked_keeps_the_preview_and_what_was_typed(client, told):
    day = coming_day() + timedelta(days=1)
    SpecialDay.objects.create(region_id=factories.TABALONG, name="Hari Jadi", starts_on=day, ends_on=day)
    sent = accepted(update(client, told, next_day(told)))
    again = update(client, told, sent)
    assert "setujui dahulu setiap peringatan" in text_of(again)
    key = again.context["preview"].warnings[0].key
    assert update(client, told, accepted(again, setujui=[key])).status_code == 302


def test_what_changed_between_preview_and_button_is_shown_anew(client, told):
    sent = accepted(update(client, told, next_day(told)))
    factories.session(wave=told, title="Pembukaan")
    again = update(client, told, sent)
    assert "Keadaan berubah sejak pratinjau terakhir Anda" in text_of(again)
    assert "Pembukaan" in text_of(again)
    assert update(client, told, accepted(again)).status_code == 302


def test_from_the_preview_back_to_the_form_nothing_typed_is_lost(client, told):
    preview = update(client, told, next_day(told) | {"number": "4"})
    text = text_of(update(client, told, {**_typed_again(preview.context), "hitung": "1"}))
    assert 'name="number" value="4"' in text
    assert (coming_day() + timedelta(days=1)).isoformat() in text


def test_a_made_up_acceptance_changes_nothing(client, told):
    assert "Keadaan berubah" in text_of(update(client, told, next_day(told) | {"pratinjau": "\0x", "setujui": "y"}))
    assert announcements.waiting() == []
