"""The live board and the list of people to call, in the browser."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.door_world import desk, doubtful, guest, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(on=clock.now().date(), areas=(MURUNG_PUDAK, JARO))


@pytest.fixture
def session(wave):
    return factories.session(wave=wave)


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def url(wave, name: str = "door_board") -> str:
    return reverse(f"participants:{name}", args=[wave.pk])


def people(wave, count: int, district: str = MURUNG_PUDAK):
    return [factories.enrolment(wave=wave, head=head) for head in factories.heads(count, district=district)]


def test_the_board_counts_by_kecamatan_and_opens_one_by_kelurahan(official, wave, session):
    here, *_ = people(wave, 3)
    people(wave, 2, JARO)
    scan(session, desk(wave), here)
    page = official.get(url(wave)).content.decode()
    assert "<dd>1 <small>dari 5</small></dd>" in page
    assert "Kecamatan </span>Murung Pudak" in page
    assert here.village.name not in page.split("Terakhir datang")[0]
    opened = official.get(url(wave), {"kecamatan": MURUNG_PUDAK}).content.decode()
    assert here.village.name in opened.split("Terakhir datang")[0]


def test_who_declined_is_not_expected_unless_they_came(official, wave, session):
    one, two = people(wave, 2)
    type(one).objects.update(answer="declined", answered_at=factories.NOW)
    assert "<dd>0 <small>dari 0</small></dd>" in official.get(url(wave)).content.decode()
    scan(session, desk(wave), two)
    assert "<dd>1 <small>dari 1</small></dd>" in official.get(url(wave)).content.decode()


def test_it_says_when_it_last_looked_and_asks_again_by_itself(official, wave, session):
    page = official.get(url(wave), {"sesi": session.pk}).content.decode()
    assert "Diperbarui" in page
    assert f'hx-get="{url(wave)}?sesi={session.pk}" hx-trigger="every 5s"' in page
    fragment = official.get(url(wave), {"sesi": session.pk}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="layar"')
    assert "<html" not in fragment


def test_last_arrivals_desks_guests_and_questions_are_shown(official, wave, session):
    device = desk(wave, "Meja Timur", opened_at=clock.now(), seen_at=clock.now())
    person = people(wave, 1)[0]
    scan(session, device, person)
    guest(session, device)
    doubtful(session, device)
    page = official.get(url(wave)).content.decode()
    assert person.head.full_name in page
    assert "Meja Timur" in page
    assert f'<dt>Tamu tanpa undangan</dt><dd><a href="{url(wave, "walk_in_list")}">1</a></dd>' in page
    assert reverse("participants:problem_list", args=[wave.pk]) in page


def test_the_projector_shows_big_numbers_and_no_menu(official, wave, session):
    here, *_ = people(wave, 2)
    scan(session, desk(wave), here)
    page = official.get(url(wave), {"tampilan": "proyektor"}).content.decode()
    assert '<p class="wall-number">1</p>' in page
    assert "hadir dari 2" in page
    assert "Diperbarui" in page
    assert 'class="rail"' not in page
    assert "tampilan=proyektor" in page.split("hx-get=")[1][:120]
    fragment = official.get(url(wave), {"tampilan": "proyektor"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment


def test_of_many_kecamatan_the_projector_shows_those_that_miss_most(official):
    districts = [f"63.09.{number:02d}" for number in range(1, 10)]
    wave = factories.wave(on=clock.now().date(), areas=tuple(districts))
    factories.session(wave=wave)
    for count, district in enumerate(districts, start=1):
        people(wave, count, district)
    page = official.get(url(wave), {"tampilan": "proyektor"}).content.decode()
    assert page.count('<li><span class="wall-name">') == 7
    assert ">0/9</span>" in page
    assert ">0/1</span>" not in page


def test_a_session_of_one_group_expects_that_group(official, wave):
    people(wave, 3)
    type(wave.enrolments.first()).objects.filter(pk=wave.enrolments.first().pk).update(group="Kelompok A")
    session = factories.session(wave=wave, group="Kelompok A")
    assert "dari 1</small>" in official.get(url(wave), {"sesi": session.pk}).content.decode()


def test_an_operator_sees_the_own_kecamatan(client, wave, session):
    mine, theirs = people(wave, 1, JARO)[0], people(wave, 1)[0]
    device = desk(wave)
    scan(session, device, mine)
    scan(session, device, theirs, seq=1)
    client.force_login(factories.user(role="district_operator", region=JARO))
    page = client.get(url(wave)).content.decode()
    assert "<dd>1 <small>dari 1</small></dd>" in page
    assert theirs.head.full_name not in page
    assert f'href="{url(wave, "door_device_list")}"' not in page


def test_a_wave_without_sessions_says_what_to_do(official, wave):
    for name in ("door_board", "door_absent_list"):
        assert "Belum ada sesi" in official.get(url(wave, name)).content.decode()
    assert "Belum ada sesi" in official.get(url(wave), {"tampilan": "proyektor"}).content.decode()


@pytest.mark.parametrize("asked", ["0", "abc", "9" * 40, "\0"])
def test_a_session_that_is_not_the_waves_does_not_exist(official, wave, session, asked):
    assert official.get(url(wave), {"sesi": asked}).status_code == 404
    assert official.get(url(wave), {"kecamatan": asked, "tampilan": asked}).status_code == 200


@pytest.mark.parametrize("name", ["door_board", "door_absent_list"])
def test_many_people_places_and_desks_cost_as_many_queries_as_one(official, wave, session, name):
    by = factories.user()
    scan(session, desk(wave, by=by), people(wave, 1)[0])
    factories.enrolment(wave=wave, head=factories.head(district=JARO, number="099"))
    official.get(url(wave, name))
    with CaptureQueriesContext(connection) as one:
        official.get(url(wave, name))
    for number, person in enumerate(people(wave, 30, JARO)):
        device = desk(wave, f"Meja {number + 2}", by=by)
        if number % 2:
            scan(session, device, person, at=clock.now() - timedelta(minutes=number))
    with CaptureQueriesContext(connection) as many:
        official.get(url(wave, name))
    assert len(many) == len(one)


# Whom to call


def test_only_who_is_expected_and_absent_is_to_be_called(official, wave, session):
    here, absent, declined = people(wave, 3)
    scan(session, desk(wave), here)
    type(declined).objects.filter(pk=declined.pk).update(answer="declined", answered_at=factories.NOW)
    page = official.get(url(wave, "door_absent_list")).content.decode()
    assert absent.head.full_name in page
    assert here.head.full_name not in page
    assert declined.head.full_name not in page
    assert f'href="tel:{absent.head.phone}"' in page
    assert f"https://wa.me/{absent.head.phone[1:]}?text=Yth.%20Bapak" in page


def test_nobody_made_up_is_called(official, wave, session):
    (absent,) = people(wave, 1)
    type(absent.head).objects.update(is_synthetic=True)
    page = official.get(url(wave, "door_absent_list")).content.decode()
    assert "(data contoh: tidak dihubungi)" in page
    assert "tel:" not in page
    assert "wa.me" not in page


def test_a_substitute_is_called_first(official, wave, session):
    person = people(wave, 1)[0]
    type(person).objects.update(
        answer="represented", answered_at=factories.NOW, substitute_name="Budi", substitute_phone="+6281211112222"
    )
    page = official.get(url(wave, "door_absent_list")).content.decode()
    assert page.index("tel:+6281211112222") < page.index(f"tel:{person.head.phone}")


def test_who_may_only_look_sees_no_number(client, wave, session):
    person = people(wave, 1)[0]
    client.force_login(factories.user(role="viewer"))
    page = client.get(url(wave, "door_absent_list")).content.decode()
    assert person.head.full_name in page
    assert person.head.phone not in page
    assert "wa.me" not in page
    assert "nomor hanya untuk petugas" in page


def test_an_operator_calls_the_own_heads(client, wave, session):
    mine, theirs = people(wave, 1, JARO)[0], people(wave, 1)[0]
    client.force_login(factories.user(role="district_operator", region=JARO))
    page = client.get(url(wave, "door_absent_list")).content.decode()
    assert f"tel:{mine.head.phone}" in page
    assert theirs.head.full_name not in page


def test_the_list_is_narrowed_by_place_and_words(official, wave, session):
    near, far = people(wave, 1)[0], people(wave, 1, JARO)[0]
    page = official.get(url(wave, "door_absent_list"), {"wilayah": JARO}).content.decode()
    assert far.head.full_name in page
    assert near.head.full_name not in page
    page = official.get(url(wave, "door_absent_list"), {"cari": near.head.name}).content.decode()
    assert far.head.full_name not in page
    for strange in ("\0", "%_", "'", "9" * 100):
        answer = official.get(url(wave, "door_absent_list"), {"cari": strange, "wilayah": strange})
        assert answer.status_code == 200


def test_when_all_are_there_it_says_so(official, wave, session):
    assert "Semua yang diharapkan sudah hadir" in official.get(url(wave, "door_absent_list")).content.decode()
