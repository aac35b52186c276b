"""The personal page of a speaker: looking shows, posting acts, and nobody else gets in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from programs.models import Wave
from rtportal.lib import clock
from rtportal.lib.links import PERSONAL, make_token
from rtportal.web.personal_pages import HEADERS
from sessions.models import Material, SessionSpeaker, SpeakerBooking
from sessions.use_cases.reissue_speaker_link import reissue_speaker_link
from tests import factories
from tests.rtportal.lib.uploads import PDF, PNG
from tests.sessions.speaker_world import lecture, page_of, publish, with_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return (clock.now() + timedelta(days=30)).date()


@pytest.fixture
def wave(db, day):
    factories.regions(factories.TABALONG)
    return factories.wave(on=day)


@pytest.fixture
def minister(wave):
    return with_link(factories.speaker(name="Bima Arya", position="Wakil Menteri Dalam Negeri"))


@pytest.fixture
def strict():
    """A browser that refuses cookies, and a server that checks forms."""
    return Client(enforce_csrf_checks=True)


def status_of(session) -> str:
    return SessionSpeaker.objects.get(session=session).status


def test_the_page_shows_what_is_published_and_whom_to_call(strict, wave, minister):
    mayor = factories.speaker(name="Noor Rifani", position="Bupati Tabalong")
    session = lecture(wave, minister, title="Asta Cita", status="tentative")
    SessionSpeaker.objects.create(session=session, speaker=mayor, status="confirmed")
    lecture(wave, minister, title="Belum terbit")
    session.room = "Ruang Anggrek"
    session.save()
    wave.training_sessions.filter(title="Belum terbit").delete()
    publish(wave)
    lecture(wave, minister, title="Belum terbit")
    page = strict.get(page_of(minister))
    text = page.content.decode()
    for words in ("Bapak/Ibu Bima Arya", "Asta Cita", "09.00–10.00 WITA", "Ruang Anggrek", wave.venue.name):
        assert words in text
    assert "Noor Rifani, Bupati Tabalong" in text
    assert "belum pasti" in text
    assert wave.program.office.contact_name in text
    assert "Belum terbit" not in text
    assert "<script" not in text
    assert not page.cookies
    assert {name: page[name] for name in HEADERS} == HEADERS


def test_looking_changes_nothing(strict, wave, minister):
    session = lecture(wave, minister)
    publish(wave)
    for method in (strict.get, strict.head):
        assert method(page_of(minister), {"session": session.pk, "status": "confirmed"}).status_code == 200
    assert status_of(session) == "invited"
    assert strict.get(page_of(minister) + "materi/").status_code == 405
    assert strict.put(page_of(minister)).status_code == 405


def test_the_vice_minister_confirms_the_day_before(strict, wave, minister):
    session = lecture(wave, minister, status="tentative")
    publish(wave)
    answer = strict.post(page_of(minister), {"session": session.pk, "status": "confirmed"})
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(minister)}#sesi-{session.pk}")
    assert "tercatat <strong>bersedia</strong>" in strict.get(page_of(minister)).content.decode()
    wave.refresh_from_db()
    assert wave.publication.number == 2
    assert wave.publication.facts["agenda"][0]["speakers"][0]["status"] == "confirmed"
    assert SpeakerBooking.objects.get().speaker == minister


def test_rt_heads_read_the_doubt_until_the_answer_and_certainty_right_after(strict, wave, minister):
    session = lecture(wave, minister, status="tentative")
    publish(wave)
    head = factories.personal_path(factories.enrolment(wave=Wave.objects.get()))
    assert "Bima Arya, Wakil Menteri Dalam Negeri (menunggu konfirmasi)" in strict.get(head).text
    strict.post(page_of(minister), {"session": session.pk, "status": "confirmed"})
    certain = strict.get(head).text
    assert "Bima Arya, Wakil Menteri Dalam Negeri" in certain
    assert "menunggu konfirmasi" not in certain
    strict.post(page_of(minister), {"session": session.pk, "status": "declined", "reason": "Rapat kabinet"})
    assert "Bima Arya" not in strict.get(head).text


def test_declining_needs_a_reason_and_keeps_what_was_typed(strict, wave, minister):
    session = lecture(wave, minister)
    publish(wave)
    page = strict.post(page_of(minister), {"session": session.pk, "status": "declined", "reason": "  "})
    assert page.status_code == 422
    assert "Isi alasan menolak" in page.content.decode()
    long = strict.post(page_of(minister), {"session": session.pk, "status": "declined", "reason": "x" * 301})
    assert "x" * 301 in long.content.decode()
    assert status_of(session) == "invited"
    strict.post(page_of(minister), {"session": session.pk, "status": "declined", "reason": "Tugas <luar> negeri"})
    assert "Tugas &lt;luar&gt; negeri" in strict.get(page_of(minister)).content.decode()
    assert status_of(session) == "declined"


NONSENSE = [{}, {"session": "x"}, {"session": "9" * 40}, {"status": "\0"}, {"status": "invited"}, {"reason": "a"}]


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_answered_with_a_sentence(strict, wave, minister, typed):
    session = lecture(wave, minister)
    publish(wave)
    page = strict.post(page_of(minister), typed)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert status_of(session) == "invited"


def test_a_session_of_somebody_else_cannot_be_answered(strict, wave, minister):
    other = lecture(wave, factories.speaker())
    publish(wave)
    page = strict.post(page_of(minister), {"session": other.pk, "status": "confirmed"})
    assert page.status_code == 422
    assert status_of(other) == "invited"


def test_links_of_others_and_old_links_open_nothing(strict, wave, minister):
    lecture(wave, minister)
    publish(wave)
    old = page_of(minister)
    strangers = [f"/n/{make_token(b'x' * 32, minister.link_id)}/", "/n/x/", "/n/" + "A" * 27 + "/"]
    # The token of an RT head made from the same value is another one.
    from django.conf import settings

    strangers.append(f"/n/{make_token(settings.LINK_KEY.encode(), minister.link_id, PERSONAL)}/")
    reissue_speaker_link(speaker=minister, by=factories.user(), now=clock.now())
    for path in (*strangers, old):
        for tail in ("", "jadwal.ics"):
            page = strict.get(path + tail)
            assert page.status_code == 404
            assert "Tautan ini tidak dikenal" in page.content.decode()
        assert strict.post(path, {"session": 1, "status": "confirmed"}).status_code == 404
        assert strict.post(path + "materi/", {"session": 1}).status_code == 404
    minister.refresh_from_db()
    assert strict.get(page_of(minister)).status_code == 200


def test_a_cancelled_wave_says_so_and_takes_no_answer(strict, wave, minister):
    session = lecture(wave, minister)
    publish(wave)
    Wave.objects.update(cancelled_at=clock.now(), cancel_reason="Banjir di Tanjung")
    text = strict.get(page_of(minister)).content.decode()
    assert "Dibatalkan" in text
    assert "Banjir di Tanjung" in text
    assert 'name="status"' not in text
    assert strict.post(page_of(minister), {"session": session.pk, "status": "confirmed"}).status_code == 422
    assert status_of(session) == "invited"


def test_without_a_session_the_page_says_so(strict, minister):
    assert "tidak ada sesi yang akan datang" in strict.get(page_of(minister)).content.decode()


def test_the_page_costs_the_same_for_many_sessions(strict, wave, minister, django_assert_num_queries):
    lecture(wave, minister)
    publish(wave)
    with django_assert_num_queries(4):
        strict.get(page_of(minister))
    for number in range(12):
        lecture(wave, minister, title=f"Sesi {number}")
    publish(wave)
    with django_assert_num_queries(4):
        strict.get(page_of(minister))


def upload(strict, minister, session, name="bahan.pdf", content=PDF):
    data = {"session": session.pk, "upload": SimpleUploadedFile(name, content)}
    return strict.post(page_of(minister) + "materi/", data)


def test_a_file_is_handed_in_and_taken_back(strict, wave, minister):
    session = lecture(wave, minister)
    publish(wave)
    assert upload(strict, minister, session, "../Bahan.v2.pdf").status_code == 302
    material = Material.objects.get()
    assert (material.name, material.speaker, material.uploaded_by) == ("Bahan v2.pdf", minister, None)
    assert "Bahan v2.pdf" in strict.get(page_of(minister)).content.decode()
    gone = strict.post(f"{page_of(minister)}materi/{material.pk}/hapus/")
    assert gone.status_code == 302
    assert not Material.objects.exists()


BAD_FILES = [
    ("bahan.pdf", b"MZ program", "bukan PDF"),
    ("bahan.pdf.exe", PDF, "tidak diterima"),
    ("foto.jpg", PNG, "bukan JPG"),
    ("bahan.pdf", bytes(26 * 1024**2), "paling besar 25 MB"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD_FILES)
def test_a_bad_file_is_refused_and_nothing_is_kept(strict, wave, minister, settings, name, content, sentence):
    session = lecture(wave, minister)
    publish(wave)
    folder = settings.VAR_DIR / "files" / "materials"
    before = set(folder.glob("*"))
    page = upload(strict, minister, session, name, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert set(folder.glob("*")) == before
    assert not Material.objects.exists()


def test_no_file_and_files_for_others_are_refused(strict, wave, minister):
    mine, other = lecture(wave, minister), lecture(wave, factories.speaker(), title="Lain")
    publish(wave)
    assert "Pilih berkasnya dahulu." in (
        strict.post(page_of(minister) + "materi/", {"session": mine.pk}).content.decode()
    )
    assert upload(strict, minister, other).status_code == 422
    theirs = Material.objects.create(
        session=mine, uploaded_by=factories.user(), uploaded_at=clock.now(), name="a.pdf", path="x", size=1
    )
    assert strict.post(f"{page_of(minister)}materi/{theirs.pk}/hapus/").status_code == 422
    assert Material.objects.get() == theirs


def test_the_calendar_can_be_subscribed_to(strict, wave, minister):
    yes = lecture(wave, minister, title="Asta Cita", status="confirmed")
    lecture(wave, minister, title="Doa; penutup", status="tentative", starts=yes.ends_at.astimezone(UTC).time())
    declined = lecture(wave, minister, title="Ditolak", status="declined")
    publish(wave)
    answer = strict.get(page_of(minister) + "jadwal.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    from icalendar import Calendar

    events = {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert events.keys() == {"Narasumber: Asta Cita", "Narasumber: Doa; penutup"}
    entry = events["Narasumber: Asta Cita"]
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert str(events["Narasumber: Doa; penutup"]["STATUS"]) == "TENTATIVE"
    assert entry["DTSTART"].dt == yes.starts_at
    assert str(entry["UID"]).startswith(f"sesi-{yes.pk}-narasumber-{minister.pk}@")
    assert declined.title not in answer.content.decode()
    assert isinstance(entry["LAST-MODIFIED"].dt, datetime)
    assert answer.content == strict.get(page_of(minister) + "jadwal.ics").content
