"""What the personal page asks first and shows afterwards: the question by name, the way, the pass, own attendance."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Attendance, Enrolment, RetiredPass
from participants.use_cases.reissue_link import reissue_link
from programs.models import Program, Venue, Wave
from rtportal.lib import clock
from sessions.models import Material, TrainingSession
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    program = factories.program(bring="Surat undangan dan <alat> tulis")
    hall = factories.venue(name="Aula Pendopo")
    Venue.objects.update(address="Jalan A & B", latitude=-2.17, longitude=115.38)
    hall.refresh_from_db()
    # The page reads the real clock, so the wave lies ahead of it.
    wave = factories.wave(program=program, venue=hall, on=clock.local_date(clock.now(), "WITA") + timedelta(days=20))
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[factories.speaker()])
    factories.publish(wave)
    head = factories.head(number="005", rw="002", gelar_depan="H.", gelar_belakang="S.Pd.")
    return factories.enrolment(wave=wave, head=head, short_code="KQ73MT")


@pytest.fixture
def read(enrolment, client):
    return lambda: client.get(factories.personal_path(enrolment)).content.decode()


def answer(enrolment: Enrolment, kind: str = "confirmed", **values) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(answer=kind, answered_at=NOW, **values)


def test_before_the_first_answer_it_asks_whether_the_reader_is_that_person(enrolment, read):
    assert "Apakah Anda H. Ahmad Fauzi, S.Pd., dan dapat hadir?" in read()
    assert read().index("Apakah Anda") < read().index("Hadir</button>") < read().index("Bukan saya</a>")
    answer(enrolment)
    assert "Apakah Anda" not in read()
    assert 'href="bukan-saya/"' in read()


def test_a_name_that_looks_like_markup_is_a_name(enrolment, read):
    head = enrolment.head
    head.name = "<!-- place --> <b>Ali</b>"
    head.save()
    assert read().count("&lt;!-- place --&gt; &lt;b&gt;Ali") >= 2
    assert "<b>" not in read()


def test_the_way_there_and_what_to_bring(enrolment, read):
    assert 'href="https://www.google.com/maps/search/?api=1&amp;query=-2.17%2C115.38" rel="noreferrer"' in read()
    assert "Surat undangan dan &lt;alat&gt; tulis" in read()


def test_a_hall_without_coordinates_is_found_by_its_name(enrolment, read):
    Venue.objects.update(latitude=None, longitude=None)
    factories.publish(Wave.objects.get())
    assert "query=Aula+Pendopo%2C+Jalan+A+%26+B" in read()


def test_what_was_published_before_coordinates_were_kept_still_shows(enrolment, read):
    publication = Wave.objects.get().publication
    del publication.facts["latitude"], publication.facts["longitude"]
    publication.save()
    assert "query=Aula+Pendopo" in read()


def test_the_pass_comes_with_the_answer(enrolment, read):
    assert "Pas masuk" not in read()
    answer(enrolment)
    shown = read()
    assert '<p class="code">KQ7-3MT</p>' in shown
    assert re.search(r'<svg viewBox="-4 -4 29 29" role="img" aria-label="Kode QR dari kode KQ7-3MT"', shown)
    assert "Masukkan ke kalender ponsel" in shown
    assert "style=" not in shown


def test_the_pass_of_a_substitute_is_handed_on_without_the_link(enrolment, read):
    answer(enrolment)
    assert "wakil" not in read().split("Pas masuk")[1].split("</section>")[0]
    answer(enrolment, "represented", substitute_name="Budi", substitute_phone="+6281311112222")
    assert "berikan kode atau fotonya, jangan tautannya" in read()


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "declined", "reason": "Sakit"},
        {"superseded_at": NOW},
    ],
)
def test_who_does_not_come_has_no_pass(enrolment, read, change):
    answer(enrolment)
    Enrolment.objects.update(**change)
    assert "Pas masuk" not in read()


def test_a_cancelled_or_past_wave_has_no_pass(enrolment, read):
    answer(enrolment)
    Wave.objects.update(cancelled_at=NOW)
    assert "Pas masuk" not in read()
    assert "Lihat di peta" not in read()
    start = clock.now() - timedelta(days=3)
    Wave.objects.update(cancelled_at=None, starts_at=start, ends_at=start + timedelta(hours=7))
    factories.publish(Wave.objects.get())
    assert "Pas masuk" not in read()


def test_after_the_deadline_the_pass_is_still_there(enrolment, read):
    answer(enrolment)
    start = clock.now() + timedelta(hours=3)
    Wave.objects.update(starts_at=start, ends_at=start + timedelta(hours=7))
    factories.publish(Wave.objects.get())
    assert "KQ7-3MT" in read()
    assert "<button" not in read()


def test_without_a_code_the_name_is_asked_for(enrolment, read):
    answer(enrolment, short_code=None)
    assert "Sebutkan nama Bapak/Ibu di meja pendaftaran." in read()
    assert "<svg" not in read()


def test_own_attendance_with_its_hour_and_minutes(enrolment, read):
    answer(enrolment)
    session, official = TrainingSession.objects.get(), factories.user()
    mine = Attendance.objects.create(enrolment=enrolment, session=session, marked_at=NOW, marked_by=official)
    assert f"Pencegahan narkoba: <strong>hadir sejak {clock.time_words(NOW, 'WITA')}</strong></li>" in read()
    mine.minutes = 47
    mine.save()
    assert "(47 menit)" in read()


def test_the_whole_page_with_its_pass_is_one_query(enrolment, read):
    answer(enrolment)
    read()
    with CaptureQueriesContext(connection) as queries:
        read()
    assert len(queries) == 1


def test_materials_attendance_and_the_certificate_are_one_query_more_each(enrolment, read):
    answer(enrolment)
    session, official = TrainingSession.objects.get(), factories.user()
    Attendance.objects.create(enrolment=enrolment, session=session, marked_at=NOW, marked_by=official)
    Material.objects.bulk_create(
        Material(session=session, uploaded_at=NOW, released_at=NOW, name=f"{n}.pdf", path="x", size=1) for n in range(9)
    )
    read()
    with CaptureQueriesContext(connection) as queries:
        assert read().count('href="materi/') == 9
    assert len(queries) == 4


def test_a_program_where_nothing_is_to_be_brought_does_not_mention_it(enrolment, read):
    Program.objects.update(bring="")
    assert "dibawa" not in read()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_link_says_that_it_was_replaced_and_whom_to_ask(enrolment, client, method):
    old = factories.personal_path(enrolment)
    reissue_link(enrolment=enrolment, by=factories.user(), now=NOW)
    for path in (old, f"{old}bukan-saya/", f"{old}jadwal.ics"):
        shown = getattr(client, method)(path, {"answer": "confirmed"})
        if shown.status_code == 405:
            continue
        words = shown.content.decode()
        assert shown.status_code == 410
        assert "diganti dengan yang baru" in words
        assert "Ibu Nor Hayati" in words
        assert "Ahmad Fauzi" not in words
    assert Enrolment.objects.get().answer == ""


def test_the_link_of_a_predecessor_says_that_the_invitation_passed_on(enrolment, client):
    old = factories.personal_path(enrolment)
    RetiredPass.objects.create(enrolment=enrolment, link_hash=enrolment.link_hash, cause="succeeded", at=NOW)
    Enrolment.objects.update(link_hash="another")
    shown = client.get(old)
    assert shown.status_code == 410
    assert "ketua RT yang baru" in shown.content.decode()
