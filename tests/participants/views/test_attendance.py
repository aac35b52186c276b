"""The attendance sheet in the browser."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from participants.models import Attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.door_world import desk, doubtful, scan


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


@pytest.fixture
def session(wave):
    return factories.session(wave=wave)


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def url(wave, name: str = "attendance_sheet") -> str:
    return reverse(f"participants:{name}", args=[wave.pk])


def acting(session, name: str = "attendance_mark", extra: str = "") -> str:
    return f"{url(session.wave, name)}?sesi={session.pk}{extra}"


def invited(wave, number: str = "001", **fields):
    head = factories.head(number=number, **{"name": f"Warga {number}"} | fields)
    return factories.enrolment(wave=wave, head=head)


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def present(session) -> set[int]:
    return set(Attendance.objects.filter(session=session).values_list("enrolment_id", flat=True))


# Reading


def test_the_sheet_shows_people_numbers_and_one_button_each(official, wave, session):
    person = invited(wave, "005", rw="002", name="Ahmad Fauzi", gelar_depan="H.")
    page = official.get(url(wave)).content.decode()
    assert "H. Ahmad Fauzi" in page
    assert "RT 005/RW 002" in page
    assert f'name="peserta" value="{person.pk}"' in page
    assert "<dt>Belum hadir</dt><dd>1</dd>" in page


def test_what_a_desk_recorded_says_which_desk_how_late_and_when_they_left(official, wave, session):
    person, device = invited(wave), desk(wave, "Meja 2")
    scan(session, device, person, at=session.starts_at + timedelta(minutes=12), companions=1)
    scan(session, device, person, kind="out", at=session.starts_at + timedelta(minutes=52), seq=2)
    page = official.get(url(wave)).content.decode()
    assert "09.12 WITA, Meja 2, 1 pendamping" in page
    assert "terlambat 12 menit" in page
    assert "keluar 09.52 WITA, 40 menit di ruang sesi" in page


def test_who_is_marked_on_the_list_is_not_called_late(official, wave, session):
    official.post(acting(session), {"peserta": invited(wave).pk})
    assert "terlambat" not in official.get(url(wave)).content.decode()


def test_the_list_leads_to_the_pages_of_the_door_that_one_may_open(official, client, wave, session):
    doubtful(session, desk(wave))
    page = official.get(url(wave)).content.decode()
    assert url(wave, "door_device_list") in page
    assert 'Perlu diperiksa <span class="num">(1)</span>' in page
    client.force_login(factories.user(role="viewer"))
    page = client.get(url(wave)).content.decode()
    assert url(wave, "door_board") in page
    assert url(wave, "problem_list") not in page


def test_a_session_to_come_is_said_to_be_one(official):
    wave = factories.wave(on=date(clock.now().year + 1, 1, 6))
    factories.session(wave=wave)
    assert "sesi belum dimulai" in official.get(url(wave)).content.decode()


def test_the_row_says_who_comes_instead(official, wave, session):
    person = invited(wave)
    person.answer, person.answered_at = "represented", factories.NOW
    person.substitute_name, person.substitute_phone = "Budi Santoso", "+6281211112222"
    person.save()
    assert "diwakili oleh Budi Santoso" in official.get(url(wave)).content.decode()


def test_breaks_are_not_offered(official, wave, session):
    pause = factories.session(wave=wave, kind=TrainingSession.Kind.BREAK, title="ISHOMA")
    page = official.get(url(wave)).content.decode()
    assert "ISHOMA" not in page
    assert official.get(f"{url(wave)}?sesi={pause.pk}").status_code == 404


@pytest.mark.parametrize("asked", ["0", "abc", "-1", "9" * 40, "\0"])
def test_a_session_that_is_not_the_waves_does_not_exist(official, wave, session, asked):
    assert official.get(url(wave), {"sesi": asked}).status_code == 404


def test_a_session_of_another_wave_does_not_exist(official, wave, session):
    other = factories.session(wave=factories.wave())
    person = invited(wave)
    assert official.get(f"{url(wave)}?sesi={other.pk}").status_code == 404
    path = f"{url(wave, 'attendance_mark')}?sesi={other.pk}"
    assert official.post(path, {"peserta": person.pk}).status_code == 404
    assert not Attendance.objects.exists()


def test_filters_keep_what_fits_and_a_strange_search_breaks_nothing(official, wave, session):
    here = invited(wave, "001")
    invited(wave, "002")
    official.post(acting(session), {"peserta": here.pk})
    page = official.get(url(wave), {"sesi": session.pk, "status": "belum"}).content.decode()
    assert "Warga 002" in page
    assert "Warga 001" not in page.split("<tbody>")[1]
    for strange in ("\0", "%_", "'", "9" * 100, "²", "٣", "rt", "rw rw"):
        assert official.get(url(wave), {"sesi": session.pk, "cari": strange, "status": "?"}).status_code == 200


def test_a_wave_without_sessions_or_people_says_what_to_do(official, wave):
    assert "Belum ada sesi" in official.get(url(wave)).content.decode()
    factories.session(wave=wave)
    assert "Belum ada peserta" in official.get(url(wave)).content.decode()


def test_fifty_people_stand_on_a_page_with_the_total(official, wave, session):
    for head in factories.heads(51):
        factories.enrolment(wave=wave, head=head)
    page = official.get(url(wave)).content.decode()
    assert "51 peserta" in page
    assert page.count('name="pilih" value=') == 50
    assert "Tandai hadir 50 orang di halaman ini" in page
    assert official.get(url(wave), {"hal": "2"}).content.decode().count('name="pilih" value=') == 1


def test_many_rows_cost_as_many_queries_as_one(official, wave, session, django_assert_num_queries):
    official.post(acting(session), {"peserta": invited(wave).pk})
    with django_assert_num_queries(21):
        official.get(url(wave))
    people = [invited(wave, f"{number:03d}").pk for number in range(2, 40)]
    official.post(acting(session), {"kelompok": "pilih", "pilih": people[::2]})
    with django_assert_num_queries(21):
        official.get(url(wave))


# Marking


def test_one_tap_marks_and_leads_back_to_the_same_filter(official, wave, session):
    person = invited(wave)
    response = official.post(acting(session, extra="&status=belum&cari=warga&hal=1"), {"peserta": person.pk})
    assert response.status_code == 302
    assert response.headers["Location"] == (
        f"{url(wave)}?sesi={session.pk}&status=belum&cari=warga&hal=1#peserta-{person.pk}"
    )
    assert told(response) == ["Warga 001 dicatat hadir."]
    assert present(session) == {person.pk}
    page = official.get(url(wave)).content.decode()
    assert "oleh Siti Rahmah" in page
    assert "WITA" in page


def test_with_htmx_only_the_row_and_the_numbers_come_back(official, wave, session):
    person = invited(wave)
    response = official.post(acting(session), {"peserta": person.pk}, headers={"HX-Request": "true"})
    fragment = response.content.decode()
    assert fragment.lstrip().startswith(f'<tr id="peserta-{person.pk}">')
    assert "<html" not in fragment
    assert "Batalkan" in fragment
    assert 'hx-swap-oob="true"' in fragment
    assert "<dt>Hadir</dt><dd>1</dd>" in fragment
    assert told(response) == []


def test_tapping_twice_is_once(official, wave, session):
    person = invited(wave)
    for _ in range(2):
        assert official.post(acting(session), {"peserta": person.pk}).status_code == 302
    assert present(session) == {person.pk}
    assert AuditEvent.objects.count() == 1


def test_a_mark_is_taken_back(official, wave, session):
    person = invited(wave)
    official.post(acting(session), {"peserta": person.pk})
    response = official.post(acting(session, "attendance_unmark"), {"peserta": person.pk})
    assert told(response)[-1] == "Warga 001 dibatalkan catatan hadirnya."
    assert present(session) == set()
    assert AuditEvent.objects.first().action == "attendance.unmarked"


def test_selected_people_are_marked_together(official, wave, session):
    people = [invited(wave, f"00{number}") for number in range(1, 5)]
    chosen = [person.pk for person in people[:3]]
    response = official.post(acting(session), {"kelompok": "pilih", "pilih": chosen})
    assert told(response) == ["3 peserta dicatat hadir."]
    assert present(session) == set(chosen)
    assert AuditEvent.objects.count() == 1


def test_the_whole_page_is_marked_and_taken_back_together(official, wave, session):
    people = [invited(wave, f"00{number}").pk for number in range(1, 4)]
    official.post(acting(session), {"kelompok": "halaman", "halaman": people, "pilih": people[:1]})
    assert present(session) == set(people)
    official.post(acting(session, "attendance_unmark"), {"kelompok": "pilih", "pilih": people[:2]})
    assert present(session) == {people[2]}


@pytest.mark.parametrize("posted", [{}, {"kelompok": "pilih"}, {"kelompok": "halaman", "pilih": "1"}])
def test_choosing_nobody_says_so(official, wave, session, posted):
    response = official.post(acting(session), posted)
    assert told(response) == ["Pilih dahulu peserta yang dimaksud."]


@pytest.mark.parametrize("number", ["abc", "-1", "0", "9" * 18, "9" * 40, "\0", "1.5"])
def test_people_who_are_not_there_cannot_be_marked(official, wave, session, number):
    assert official.post(acting(session), {"peserta": number}).status_code == 404


def test_people_of_another_wave_cannot_be_marked(official, wave, session):
    mine = invited(wave)
    stranger = factories.enrolment(wave=factories.wave(), head=factories.head(number="077"))
    assert official.post(acting(session), {"peserta": stranger.pk}).status_code == 404
    both = {"kelompok": "pilih", "pilih": [mine.pk, stranger.pk]}
    assert official.post(acting(session), both).status_code == 404
    assert not Attendance.objects.exists()


# Scope and rights


def test_an_official_of_one_kecamatan_marks_only_there(client, wave, session):
    mine, other = invited(wave, district=JARO), invited(wave)
    client.force_login(factories.user(region=JARO))
    page = client.get(url(wave)).content.decode()
    assert f'name="peserta" value="{mine.pk}"' in page
    assert f'name="peserta" value="{other.pk}"' not in page
    assert client.post(acting(session), {"peserta": other.pk}).status_code == 404
    assert client.post(acting(session), {"peserta": mine.pk}).status_code == 302
    assert present(session) == {mine.pk}


@pytest.mark.parametrize("role", ["viewer", "district_operator"])
def test_in_scope_without_the_right_is_refused(client, wave, session, role):
    person = invited(wave)
    client.force_login(factories.user(role=role, region=MURUNG_PUDAK))
    page = client.get(url(wave)).content.decode()
    assert "Belum hadir" in page
    assert 'name="peserta"' not in page
    for name in ("attendance_mark", "attendance_unmark"):
        assert client.post(acting(session, name), {"peserta": person.pk}).status_code == 403
    assert not Attendance.objects.exists()


def test_who_sees_more_than_they_may_mark_is_refused_for_the_rest(client, wave, session):
    mine, other = invited(wave, district=JARO), invited(wave)
    mixed = factories.user(role="viewer")
    mixed.assignments.create(role="official", region_id=JARO)
    client.force_login(mixed)
    page = client.get(url(wave)).content.decode()
    assert f'name="peserta" value="{mine.pk}"' in page
    assert f'name="peserta" value="{other.pk}"' not in page
    assert client.post(acting(session), {"peserta": other.pk}).status_code == 403
    assert client.post(acting(session), {"kelompok": "pilih", "pilih": [mine.pk, other.pk]}).status_code == 403
    assert present(session) == set()


def test_out_of_scope_does_not_exist(client, wave, session):
    person = invited(wave)
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.get(url(wave)).status_code == 404
    for name in ("attendance_mark", "attendance_unmark"):
        assert client.post(acting(session, name), {"peserta": person.pk}).status_code == 404


def test_looking_at_an_action_does_nothing(official, session):
    assert official.get(acting(session)).status_code == 405
