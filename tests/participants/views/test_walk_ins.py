"""Guests without an invitation, in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Attendance, WalkIn
from participants.use_cases.match_walk_in import match_walk_in
from rtportal.lib import clock
from tests import factories
from tests.factories import JAMBI, JARO, MURUNG_PUDAK
from tests.participants.door_world import desk, guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    factories.regions()
    return factories.session(wave=factories.wave(on=clock.now().date(), areas=(MURUNG_PUDAK,)))


@pytest.fixture
def official(client, session):
    client.force_login(factories.user())
    return client


@pytest.fixture
def visitor(session):
    village = factories.villages_of(JARO)[0]
    return guest(session, desk(session.wave), "H. Budi Santoso", unit="RT 5 RW 2", place=f"Desa {village.name}")


def url(name: str, pk: int) -> str:
    return reverse(f"participants:{name}", args=[pk])


def head(name: str, **fields):
    return factories.head(**{"district": JARO, "name": name} | fields)


def test_the_list_shows_who_came_and_asks_who_they_are(official, session, visitor):
    page = official.get(url("walk_in_list", session.wave_id)).content.decode()
    assert "H. Budi Santoso" in page
    assert "RT 5 RW 2" in page
    assert "belum dicocokkan" in page
    assert url("walk_in_detail", visitor.pk) in page


def test_whoever_fits_what_was_said_at_the_door_is_offered_without_searching(official, visitor):
    head("Budi Santoso", number="005", rw="002")
    head("Budi Lain", number="006")
    page = official.get(url("walk_in_detail", visitor.pk)).content.decode()
    assert "Ini orangnya<span" in page
    assert "Budi Lain" not in page
    assert "akan menjadi peserta" in page


def test_where_the_name_was_heard_wrong_the_rt_and_place_still_find_them(official, visitor):
    head("Boedi Sentosa", number="005", rw="002")
    assert "Boedi Sentosa" in official.get(url("walk_in_detail", visitor.pk)).content.decode()


@pytest.mark.parametrize("search", ["rohani", "pak rohani", "rt 7", "7/3", "RT 007 jaro", "rohani 7"])
def test_heads_are_found_by_name_rt_and_place(official, visitor, search):
    head("Siti Rohani", number="007", rw="003")
    head("Orang Lain", number="001")
    page = official.get(url("walk_in_detail", visitor.pk), {"cari": search}).content.decode()
    assert "Siti Rohani" in page
    assert "Orang Lain" not in page


@pytest.mark.parametrize("search", ["\0", "%", "_", "'", "²", "9" * 100, "rt", "tidak ada"])
def test_a_strange_search_finds_nobody_or_somebody_but_never_fails(official, visitor, search):
    assert official.get(url("walk_in_detail", visitor.pk), {"cari": search}).status_code == 200


def test_nobody_of_another_region_is_offered(official, visitor):
    factories.head(district="15.71.01", name="Budi Santoso")
    page = official.get(url("walk_in_detail", visitor.pk)).content.decode()
    assert "Tidak ada ketua RT yang cocok" in page


def test_one_button_matches_and_one_undoes_it(official, session, visitor):
    who = head("Budi Santoso", number="005", rw="002")
    page = official.post(url("walk_in_match", visitor.pk), {"ketua": who.pk}, follow=True).content.decode()
    assert "H. Budi Santoso adalah Budi Santoso, dan tercatat hadir." in page
    assert "baru menjadi peserta" in page
    assert Attendance.objects.get().enrolment.head == who
    page = official.post(url("walk_in_unmatch", visitor.pk), follow=True).content.decode()
    assert "kembali menjadi tamu" in page
    assert not Attendance.objects.exists()


def test_who_sits_in_another_wave_is_shown_with_the_reason_and_no_button(official, session, visitor):
    who = head("Budi Santoso", number="005", rw="002")
    other = factories.wave(program=session.wave.program, number=2, areas=(JARO,))
    factories.enrolment(wave=other, head=who)
    page = official.get(url("walk_in_detail", visitor.pk)).content.decode()
    assert "Budi Santoso terdaftar di Gelombang 2." in page
    assert "Ini orangnya" not in page
    page = official.post(url("walk_in_match", visitor.pk), {"ketua": who.pk}, follow=True).content.decode()
    assert "Pindahkan dahulu ke gelombang ini" in page
    assert WalkIn.objects.get().enrolment is None


@pytest.mark.parametrize("typed", [{}, {"ketua": ""}, {"ketua": "abc"}, {"ketua": "0"}, {"ketua": "9" * 40}])
def test_matching_with_nobody_is_refused_in_words(official, visitor, typed):
    page = official.post(url("walk_in_match", visitor.pk), typed, follow=True).content.decode()
    assert "Cari ulang" in page


def test_a_guest_is_struck_and_stays_on_the_list_as_such(official, session, visitor):
    page = official.post(url("walk_in_drop", visitor.pk), follow=True).content.decode()
    assert "dicoret dari daftar tamu" in page
    assert ">dicoret<" in page
    assert "Tidak ada yang berubah" in official.post(url("walk_in_drop", visitor.pk), follow=True).content.decode()


def test_a_matched_guest_is_not_struck(official, visitor):
    match_walk_in(walk_in_id=visitor.pk, head_id=head("X").pk, actor=factories.user(), now=factories.NOW)
    page = official.post(url("walk_in_drop", visitor.pk), follow=True).content.decode()
    assert "Batalkan dahulu pencocokan" in page


def test_an_official_of_another_region_finds_no_guest(client, visitor):
    client.force_login(factories.user(region=JAMBI))
    assert client.get(url("walk_in_detail", visitor.pk)).status_code == 404
    assert client.post(url("walk_in_match", visitor.pk), {"ketua": "1"}).status_code == 404


def test_many_guests_and_candidates_cost_as_many_queries_as_one(official, session, visitor):
    device = desk(session.wave, "Meja 9")
    match_walk_in(walk_in_id=guest(session, device).pk, head_id=head("X").pk, actor=factories.user(), now=clock.now())
    pages = [(url("walk_in_list", session.wave_id), {}), (url("walk_in_detail", visitor.pk), {"cari": "Jaro"})]

    def counted() -> list[int]:
        counts = []
        for page, query in pages:
            official.get(page, query)
            with CaptureQueriesContext(connection) as queries:
                official.get(page, query)
            counts.append(len(queries))
        return counts

    before = counted()
    for number in range(10):
        guest(session, device, f"Tamu {number}")
        head(f"Ketua {number}", number=f"{number + 20:03d}")
    assert counted() == before
