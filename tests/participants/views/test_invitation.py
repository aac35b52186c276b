"""The page behind a personal link, as a browser without script and without cookies meets it."""

import gzip
from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.models import Answer, Enrolment
from programs.models import Program, Wave
from rtportal.lib import clock
from sessions.models import SessionSpeaker
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db

SUBSTITUTE = {"answer": "represented", "substitute_name": "Budi Santoso", "substitute_phone": "0813-1111-2222"}
SUBSTITUTE["substitute_relation"] = "Sekretaris RT"


@pytest.fixture
def strict_client():
    """No CSRF token, no cookie: what a first visit from a messenger's browser has."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK)
    program = factories.program(name="Bimtek Ketua RT", letter_number="400.10/123/DPMD")
    hall = factories.venue(name="Aula Pendopo Bersinar")
    # The page reads the real clock, so the wave lies ahead of it.
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    wave = factories.wave(program=program, venue=hall, on=day)
    who = factories.speaker(position="Wakil Menteri Dalam Negeri")
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[who])
    SessionSpeaker.objects.update(status="tentative")
    factories.publish(wave)
    head = factories.head(number="005", rw="002", gelar_depan="H.", gelar_belakang="S.Pd.")
    return factories.enrolment(wave=wave, head=head)


def shift(enrolment: Enrolment, **to) -> None:
    """Publish the wave for a time that starts `to` (a timedelta's arguments) from now."""
    start = clock.now() + timedelta(**to)
    Wave.objects.update(starts_at=start, ends_at=start + timedelta(hours=7))
    factories.publish(Wave.objects.get())


def path(enrolment: Enrolment) -> str:
    return factories.personal_path(enrolment)


def untouched(enrolment: Enrolment) -> bool:
    return Enrolment.objects.get(pk=enrolment.pk).answer == "" and not Answer.objects.exists()


def test_it_greets_by_name_and_says_what_when_where_and_until_when(enrolment, strict_client):
    page = strict_client.get(path(enrolment)).content.decode()
    wave = enrolment.wave
    for words in (
        "DPMD 63.09",
        "Surat nomor 400.10/123/DPMD",
        "Assalamualaikum",
        "Bapak/Ibu H. Ahmad Fauzi, S.Pd.",
        "Ketua RT 005/RW 002, ",
        "Undangan Bimtek Ketua RT",
        clock.moment_words(wave.starts_at, "WITA"),
        "sampai 15.00 WITA",
        "Aula Pendopo Bersinar",
        "Pencegahan narkoba",
        "09.00–10.00",
        "Wakil Menteri Dalam Negeri (menunggu konfirmasi)",
        f"paling lambat {clock.moment_words(wave.answer_deadline, 'WITA')}",
        "Ibu Nor Hayati",
        'href="tel:+625262021234"',
    ):
        assert words in page, words
    for choice in ("Hadir</button>", "<summary>Berhalangan", "<summary>Diwakili"):
        assert choice in page


def test_looking_changes_nothing_however_often_and_by_whom(enrolment, strict_client):
    for look in (strict_client.get, strict_client.head):
        for query in ({}, {"answer": "confirmed"}, {"answer": "declined", "reason": "x"}):
            assert look(path(enrolment), query).status_code == 200
    assert strict_client.options(path(enrolment)).status_code == 405
    assert untouched(enrolment)


def test_two_taps_and_the_page_says_thank_you(enrolment, strict_client):
    answered = strict_client.post(path(enrolment), {"answer": "confirmed"})
    assert (answered.status_code, answered["Location"]) == (302, path(enrolment))
    page = strict_client.get(path(enrolment)).content.decode()
    assert "Terima kasih, Bapak/Ibu H. Ahmad Fauzi, S.Pd. tercatat <strong>hadir</strong>." in page
    assert "Dijawab " in page
    assert "Ubah jawaban" in page
    answer = Answer.objects.get()
    assert (answer.kind, answer.channel, answer.actor) == ("confirmed", "link", None)


def test_who_cannot_come_says_why_and_it_is_not_shown_to_whoever_has_the_link(enrolment, strict_client):
    strict_client.post(path(enrolment), {"answer": "declined", "reason": "Menikahkan <anak>"})
    page = strict_client.get(path(enrolment)).content.decode()
    assert "tercatat <strong>berhalangan</strong>." in page
    assert "Menikahkan" not in page
    assert Enrolment.objects.get().reason == "Menikahkan <anak>"


def test_a_substitute_is_named_without_the_phone(enrolment, strict_client):
    strict_client.post(path(enrolment), SUBSTITUTE)
    page = strict_client.get(path(enrolment)).content.decode()
    assert "<strong>diwakili</strong> oleh Budi Santoso." in page
    assert "1111-2222" not in page
    assert Enrolment.objects.get().substitute_phone == "+6281311112222"


def test_a_null_character_is_no_letter(enrolment, strict_client):
    strict_client.post(path(enrolment), SUBSTITUTE | {"substitute_name": "Budi\x00 Santoso"})
    assert Enrolment.objects.get().substitute_name == "Budi Santoso"


def test_the_answer_can_be_changed_and_the_history_keeps_both(enrolment, strict_client):
    strict_client.post(path(enrolment), SUBSTITUTE)
    strict_client.post(path(enrolment), {"answer": "confirmed"})
    assert [answer.kind for answer in Answer.objects.all()] == ["confirmed", "represented"]
    assert Enrolment.objects.get().substitute_name == ""


@pytest.mark.parametrize(
    ("typed", "sentence", "kept"),
    [
        ({}, "Pilih salah satu: Hadir, Berhalangan, atau Diwakili.", ""),
        ({"answer": "datang"}, "Pilih salah satu: Hadir, Berhalangan, atau Diwakili.", ""),
        ({"answer": "declined", "reason": " "}, "Isi alasan berhalangan.", ""),
        (SUBSTITUTE | {"substitute_phone": "0526 2021234"}, "Nomor telepon rumah tidak bisa menerima pesan", "Budi"),
        (SUBSTITUTE | {"substitute_phone": "12"}, "Nomor telepon terlalu pendek", "Budi"),
        (SUBSTITUTE | {"substitute_name": ""}, "Isi nama wakil.", "0813-1111-2222"),
        (
            {"answer": "declined", "reason": "panjang " * 60},
            "Terlalu panjang: 479 huruf, paling banyak 300.",
            "panjang",
        ),
    ],
)
def test_a_faulty_answer_shows_what_was_typed_with_a_sentence(enrolment, strict_client, typed, sentence, kept):
    response = strict_client.post(path(enrolment), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert kept in page
    if typed.get("answer") in {"declined", "represented"}:
        assert "<details open>" in page
        assert "Jawaban belum tersimpan." in page
    assert untouched(enrolment)


def test_where_companions_are_required_the_name_is_asked_for(enrolment, strict_client):
    Program.objects.update(companions=Program.Companions.REQUIRED)
    assert "Nama pendamping" in strict_client.get(path(enrolment)).content.decode()
    refused = strict_client.post(path(enrolment), {"answer": "confirmed"})
    assert "Isi nama pendamping." in refused.content.decode()
    assert untouched(enrolment)
    strict_client.post(path(enrolment), {"answer": "confirmed", "companion_name": "Nurhayati"})
    assert "</strong> bersama Nurhayati." in strict_client.get(path(enrolment)).content.decode()


def test_after_the_deadline_the_page_still_tells_everything_but_takes_no_answer(enrolment, strict_client):
    shift(enrolment, hours=24)
    page = strict_client.get(path(enrolment)).content.decode()
    assert "Batas jawaban sudah lewat" in page
    assert "Aula Pendopo Bersinar" in page
    assert "<button" not in page
    response = strict_client.post(path(enrolment), {"answer": "confirmed"})
    assert response.status_code == 409
    assert "Batas jawaban sudah lewat" in response.content.decode()
    assert untouched(enrolment)


def test_after_the_wave_it_says_so(enrolment, strict_client):
    shift(enrolment, days=-3)
    assert "Kegiatan ini sudah selesai" in strict_client.get(path(enrolment)).content.decode()
    assert strict_client.post(path(enrolment), {"answer": "confirmed"}).status_code == 409
    assert untouched(enrolment)


@pytest.mark.parametrize("token", ["x", "a" * 26 + "A", "é" * 27, "%00", "' OR 1=1 --", "a" * 5000])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_is_told_plainly(enrolment, strict_client, token, method):
    response = getattr(strict_client, method)(f"/u/{token}/", {"answer": "confirmed"})
    assert response.status_code == 404
    assert "Tautan ini tidak dikenal" in response.content.decode()
    assert untouched(enrolment)


def test_a_revoked_link_tells_whom_to_call(enrolment, strict_client):
    Enrolment.objects.update(link_revoked_at=NOW)
    for response in (strict_client.get(path(enrolment)), strict_client.post(path(enrolment), {"answer": "confirmed"})):
        assert response.status_code == 410
        assert "Ibu Nor Hayati" in response.content.decode()
        assert "Ahmad Fauzi" not in response.content.decode()
    assert untouched(enrolment)


def test_nothing_is_cached_indexed_leaked_or_remembered(enrolment, strict_client):
    wrong, shown = strict_client.get("/u/x/"), strict_client.get(path(enrolment))
    faulty, answered = (strict_client.post(path(enrolment), data) for data in ({}, {"answer": "confirmed"}))
    for response in (wrong, shown, faulty, answered):
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
        assert response["X-Frame-Options"] == "DENY"


def test_the_page_works_without_script_and_weighs_little(enrolment, strict_client):
    page = strict_client.get(path(enrolment)).content
    assert b"<script" not in page
    assert b"style=" not in page
    style = (settings.BASE_DIR / "static/css/personal.css").read_bytes()
    assert len(page) + len(style) < 14 * 1024
    assert len(gzip.compress(page)) < 4 * 1024


def test_a_wave_of_several_days_says_which_day_each_item_is_on(enrolment, strict_client):
    wave = Wave.objects.get()
    wave.ends_at += timedelta(days=1)
    wave.save()
    factories.publish(wave)
    page = strict_client.get(path(enrolment)).content.decode()
    assert f"sampai {clock.moment_words(wave.ends_at, 'WITA')}" in page
    assert f"<strong>{clock.date_words(wave.local_day)}</strong>" in page


def test_one_query_for_all_however_long_the_agenda(enrolment, strict_client):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            strict_client.get(path(enrolment))
        counts.append(sum("PREPARE" not in query["sql"] for query in queries))
        for number in range(6):
            factories.session(wave=enrolment.wave, title=f"Materi {number}", speakers=[factories.speaker()])
        factories.publish(enrolment.wave)
    assert counts == [1, 1]


def test_an_answer_is_one_read_and_one_short_transaction(enrolment, strict_client):
    with CaptureQueriesContext(connection) as queries:
        strict_client.post(path(enrolment), {"answer": "confirmed"})
    words = [query["sql"].split()[0] for query in queries]
    told = [word for word in words if word not in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PREPARE"}]
    assert told == (["EXECUTE"] * 2 if connection.vendor == "postgresql" else ["SELECT", "UPDATE", "INSERT"])


def test_the_date_reads_as_in_the_letter(enrolment, strict_client):
    """Wednesday, 8 November 2023, 08.00 WITA: the wave of the story, seen afterwards."""
    start = clock.local_instant(date(2023, 11, 8), time(8, 0), "WITA")
    Wave.objects.update(starts_at=start, ends_at=start + timedelta(hours=7))
    factories.publish(Wave.objects.get())
    assert "Rabu, 8 November 2023, 08.00 WITA" in strict_client.get(path(enrolment)).content.decode()


def test_an_edit_of_anything_on_the_page_is_seen_at_the_next_visit(enrolment, strict_client):
    wave = enrolment.wave
    for thing, field in ((wave.venue, "name"), (wave.program, "name"), (wave.program.office, "contact_name")):
        strict_client.get(path(enrolment))
        setattr(thing, field, "<!-- person --> Baru & lain")
        thing.save()
        factories.publish(wave)
        assert strict_client.get(path(enrolment)).content.decode().count("&lt;!-- person --&gt; Baru &amp; lain") >= 1


def test_each_link_shows_its_own_person(enrolment, strict_client):
    other = factories.enrolment(wave=enrolment.wave, head=factories.head(number="009", name="Siti Aminah"))
    strict_client.post(path(enrolment), {"answer": "confirmed"})
    for one, mine, theirs in ((enrolment, "Ahmad Fauzi", "Siti Aminah"), (other, "Siti Aminah", "Ahmad Fauzi")):
        page = strict_client.get(path(one)).content.decode()
        assert mine in page
        assert theirs not in page
    assert "Terima kasih" not in strict_client.get(path(other)).content.decode()
