"""Moving and swapping sessions: plain forms, and what the timetable's script asks for."""

from datetime import time

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from participants.publishing import publish
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories

HTMX = {"HX-Request": "true"}


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def session(wave):
    return factories.session(wave=wave, room="Ruang 2")


@pytest.fixture
def later(wave):
    return factories.session(wave=wave, title="Penutupan", kind="closing", starts=time(14, 0), minutes=30)


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user(name="Hasan Basri"))
    return client


def url(session, name: str = "session_move") -> str:
    return reverse(f"training_sessions:{name}", args=[session.pk])


def place(**fields) -> dict:
    values = {"version": "1", "day": "2026-04-08", "begins": "09:00", "ends": "10:00", "room": "Ruang 2"}
    return values | fields


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def span(session) -> str:
    session.refresh_from_db()
    return clock.span_words(session.starts_at, session.ends_at, "WITA").split(", ")[-1]


def test_the_form_shows_where_the_session_is_and_offers_the_waves_rooms(official, session, later):
    page = official.get(url(session)).content.decode()
    assert 'name="begins" value="09:00"' in page
    assert '<option value="Ruang 2" selected>Ruang 2</option>' in page
    assert f'<option value="{later.pk}:1">Penutupan (Rabu, 8 April 2026, 14.00–14.30 WITA)</option>' in page


def test_a_session_moves_to_typed_hours_and_the_main_hall(official, wave, session):
    response = official.post(url(session), place(begins="10.15", ends="11.00", room=""))
    assert response.headers["Location"] == f"/gelombang/{wave.pk}/agenda/#sesi-{session.pk}"
    assert told(response) == [f"“Pencegahan narkoba” sekarang Rabu, 8 April 2026, 10.15–11.00 WITA, {wave.venue.name}."]
    assert (span(session), session.room, session.version) == ("10.15–11.00 WITA", "", 2)


@pytest.mark.parametrize(
    ("step", "hours"),
    [
        ("majukan", "08.55–09.55"),
        ("mundurkan", "09.05–10.05"),
        ("perpanjang", "09.00–10.05"),
        ("perpendek", "09.00–09.55"),
        ("terbang", "09.00–10.00"),
    ],
)
def test_one_press_moves_or_stretches_by_five_minutes(official, session, step, hours):
    official.post(url(session), place(step=step))
    assert span(session) == f"{hours} WITA"


BAD = [
    ({"ends": "09:00"}, "Waktu selesai harus setelah waktu mulai."),
    ({"ends": "09:05", "step": "perpendek"}, "Sesi ini tidak dapat diperpendek lagi."),
    ({"begins": "pagi"}, "Masukkan waktu yang valid."),
    ({"day": "9999-12-31"}, "Tanggal ini terlalu jauh dari hari gelombang"),
    ({"room": "x" * 81}, "80"),
    ({"room": "\0"}, "Karakter null tidak diizinkan."),
]


@pytest.mark.parametrize(("wrong", "sentence"), BAD)
def test_bad_input_is_told_and_nothing_moves(official, session, wrong, sentence):
    for headers in ({}, HTMX):
        page = official.post(url(session), place() | wrong, headers=headers).content.decode()
        assert sentence in page
    assert (span(session), session.version) == ("09.00–10.00 WITA", 1)


def test_a_button_that_was_refused_is_not_pressed_again_by_another_one(official, session):
    page = official.post(url(session), place(ends="09:05", step="perpendek")).content.decode()
    assert 'value="perpendek"' in page
    assert 'type="hidden" name="step"' not in page


def test_the_second_who_moves_is_told_where_the_first_put_it_and_keeps_what_was_typed(official, session):
    official.post(url(session), place(begins="10:00", ends="11:00"))
    page = official.post(url(session), place(begins="13:00", ends="14:30")).content.decode()
    assert "09.00–10.00 WITA → Rabu, 8 April 2026, 10.00–11.00 WITA" in page
    assert "(oleh Hasan Basri" in page
    assert 'name="begins" value="13:00"' in page
    assert 'name="version" value="2"' in page
    assert span(session) == "10.00–11.00 WITA"


@pytest.mark.parametrize("version", ["", "0", "abc", "-1", "9" * 30])
def test_a_version_that_nobody_saw_moves_nothing(official, session, version):
    assert official.post(url(session), place(begins="13:00", ends="14:00", version=version)).status_code == 200
    assert span(session) == "09.00–10.00 WITA"


# Swapping


def test_two_sessions_change_places(official, session, later):
    response = official.post(url(session, "session_swap"), {"version": "1", "other": f"{later.pk}:1"})
    assert response.status_code == 302
    assert told(response)[0].startswith("Ditukar: “Pencegahan narkoba” sekarang Rabu, 8 April 2026, 14.00–14.30 WITA")
    assert (span(session), span(later)) == ("14.00–14.30 WITA", "09.00–10.00 WITA")


@pytest.mark.parametrize("other", ["", "x", "1:2:3", "999999:1", "9" * 40])
def test_an_impossible_partner_is_told(official, session, later, other):
    page = official.post(url(session, "session_swap"), {"version": "1", "other": other}).content.decode()
    assert "Pilih sesi" in page
    assert span(session) == "09.00–10.00 WITA"


@pytest.mark.parametrize("seen", ["1", "", "abc", "9" * 40])
def test_a_partner_changed_meanwhile_is_told_and_stays_chosen(official, session, later, seen):
    official.post(url(later), place(begins="13:00", ends="13:30", room=""))
    chosen = {"version": "1", "other": f"{later.pk}:{seen}"}
    page = official.post(url(session, "session_swap"), chosen).content.decode()
    assert "14.00–14.30 WITA → Rabu, 8 April 2026, 13.00–13.30 WITA" in page
    assert f'<option value="{later.pk}:2" selected>' in page
    assert (span(session), span(later)) == ("09.00–10.00 WITA", "13.00–13.30 WITA")


# What the timetable's script asks for


def test_a_drop_gets_the_new_timetable_and_words_for_a_screen_reader(official, session):
    response = official.post(url(session), place(begins="10:00", ends="11:00"), headers=HTMX)
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="papan" data-said="“Pencegahan narkoba” sekarang Rabu, 8 April 2026, 10.00–11.00 WITA, Ruang 2."' in page
    assert "fh-10 fm-0 th-11 tm-0" in page
    assert 'data-version="2"' in page


def test_a_stale_drop_is_told_at_the_session_and_the_timetable_is_the_present_one(official, session):
    official.post(url(session), place(begins="10:00", ends="11:00"))
    page = official.post(url(session), place(begins="13:00", ends="14:00"), headers=HTMX).content.decode()
    card = page.split(f'id="sesi-{session.pk}"')[1]
    assert 'role="alert"' in card
    assert "oleh Hasan Basri" in card
    assert "fh-10 fm-0 th-11 tm-0" in page


def test_a_stale_swap_is_told_at_the_session(official, session, later):
    official.post(url(later), place(begins="13:00", ends="13:30", room=""))
    values = {"version": "1", "other": f"{later.pk}:1"}
    page = official.post(url(session, "session_swap"), values, headers=HTMX).content.decode()
    assert "13.00–13.30 WITA" in page.split(f'id="sesi-{session.pk}"')[1].split("</li>")[0]


def test_a_drop_in_a_published_wave_says_that_nobody_knows_it_yet(official, wave, session):
    publish(wave=wave, acknowledged=[], actor=None, now=factories.NOW)
    page = official.post(url(session), place(begins="10:00", ends="11:00"), headers=HTMX).content.decode()
    assert "Ada perubahan belum diterbitkan" in page
    assert f'href="{reverse("programs:schedule_publish", args=[wave.pk])}"' in page


def test_moving_costs_the_same_on_a_long_agenda(official, session, django_assert_max_num_queries):
    for number in range(12):
        factories.session(wave=session.wave, title=f"Sesi {number}", speakers=[factories.speaker()])
    with django_assert_max_num_queries(45):
        official.post(url(session), place(begins="10:00", ends="11:00"), headers=HTMX)


def test_in_scope_without_the_right_is_refused(client, session, later):
    client.force_login(factories.user(role="viewer"))
    assert client.post(url(session), place(begins="10:00", ends="11:00")).status_code == 403
    assert client.post(url(session, "session_swap"), {"other": f"{later.pk}:1"}).status_code == 403
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.post(url(session), place()).status_code == 404
    assert client.post(url(session, "session_swap")).status_code == 404
    assert set(TrainingSession.objects.values_list("version", flat=True)) == {1}
