"""Lembar tanda tangan in the browser, as it works without JavaScript."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import PaperLine, PaperSheet
from rtportal.documents.models import GeneratedFile
from rtportal.lib.row_codes import make_row_code
from tests import factories
from tests.participants.papers import enrol_many, entered, numbered, row, session_of


@pytest.fixture
def session(db):
    return session_of(6)


@pytest.fixture
def who(session):
    return factories.user(name="Siti Rahmah")


@pytest.fixture
def official(client, who):
    client.force_login(who)
    return client


def url(session, name: str = "paper_sheet") -> str:
    return f"{reverse(f'participants:{name}', args=[session.wave_id])}?sesi={session.pk}"


def codes(*rows: int) -> str:
    return " ".join(make_row_code(number) for number in rows)


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def typing(official, session, text: str, **fields):
    return official.post(url(session), {"yang": "tidak", "kode": text, "version": 0, "langkah": "periksa"} | fields)


def seen_by(response) -> str:
    return re.search(r'name="terlihat" value="([^"]*)"', response.content.decode())[1]


def checked_and_saved(official, session, text: str, **fields):
    seen = seen_by(typing(official, session, text, **fields))
    return typing(official, session, text, **({"langkah": "simpan", "terlihat": seen} | fields))


# Printing


def test_the_first_visit_offers_to_print_and_nothing_to_enter(official, session):
    page = official.get(url(session)).content.decode()
    assert "Cetak daftar hadir" in page
    assert 'name="kode"' not in page


def test_printing_gives_row_numbers_and_asks_for_the_file(official, session):
    response = official.post(url(session, "paper_print"))
    file = GeneratedFile.objects.get()
    assert response["Location"] == reverse("documents:file_detail", args=[file.pk])
    assert (file.export, file.params, PaperSheet.objects.get().last_row) == ("daftar-hadir", {"session": session.pk}, 6)
    page = official.get(url(session)).content.decode()
    assert "Sudah dicetak dengan 6 baris." in page
    assert reverse("documents:file_detail", args=[file.pk]) in page


def test_a_wave_without_participants_is_not_printed_and_says_why(official):
    empty = factories.session(wave=factories.wave(areas=()))
    response = official.post(url(empty, "paper_print"))
    assert told(response) == ["Belum ada peserta. Ketua RT menjadi peserta ketika undangan dibuka."]
    assert not GeneratedFile.objects.exists()


def test_newcomers_are_said_to_be_missing_on_the_paper(official, session, who):
    numbered(session, who)
    enrol_many(session.wave, [factories.head(number="099")])
    assert "1 peserta baru belum ada di lembar" in official.get(url(session)).content.decode()


def test_a_wave_without_sessions_leads_to_the_agenda(official):
    page = official.get(reverse("participants:paper_sheet", args=[factories.wave(areas=()).pk])).content.decode()
    assert "Belum ada sesi" in page


@pytest.mark.parametrize("query", ["sesi=0", "sesi=x", "sesi=999999"])
@pytest.mark.parametrize("name", ["paper_sheet", "paper_differences", "paper_settle", "paper_print"])
def test_another_waves_session_is_not_found(official, session, name, query):
    address = f"{reverse(f'participants:{name}', args=[session.wave_id])}?{query}"
    acts = name in {"paper_settle", "paper_print"}
    assert (official.post(address) if acts else official.get(address)).status_code == 404


# Entering


@pytest.fixture
def printed(session, who):
    numbered(session, who)
    return session


def test_a_check_shows_each_name_and_saves_nothing(official, printed):
    page = typing(official, printed, codes(2, 5)).content.decode()
    for number in (2, 5):
        assert row(printed, number).head.full_name in page
    assert "4 tanda tangan, 2 tidak" in page
    assert not PaperLine.objects.exists()


def test_what_was_checked_is_saved(official, printed):
    response = checked_and_saved(official, printed, f"{make_row_code(2)}\n5-9, {make_row_code(2)}")
    assert told(response) == ["Lembar tersimpan: 4 tanda tangan, 2 tidak."]
    assert response["Location"] == url(printed, "paper_differences")
    assert PaperLine.objects.filter(is_signed=False).count() == 2


def test_the_other_half_may_be_typed(official, printed):
    checked_and_saved(official, printed, codes(2), yang="ya")
    assert PaperLine.objects.filter(is_signed=True).count() == 1


def test_nothing_typed_says_that_everybody_signed_before_it_is_saved(official, printed):
    assert "6 tanda tangan, 0 tidak" in typing(official, printed, "").content.decode()
    checked_and_saved(official, printed, "")
    assert PaperLine.objects.filter(is_signed=True).count() == 6


@pytest.mark.parametrize("changed", [{"kode": codes(2, 4)}, {"yang": "ya"}])
def test_what_was_changed_after_the_check_is_shown_again_first(official, printed, changed):
    seen = seen_by(typing(official, printed, codes(2)))
    fields = {"kode": codes(2), "yang": "tidak", "version": 0, "langkah": "simpan", "terlihat": seen} | changed
    assert official.post(url(printed), fields).status_code == 200
    assert not PaperLine.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("22", "“22” salah ketik"),
        ("5724", "“572-4” tidak ada pada lembar sesi ini"),
        ("KQ7-3MT", "Kode baris hanya angka"),
        ("2", "kurang satu angka"),
        ("-", "Kode baris hanya angka"),
        ("\0", "Kode baris hanya angka"),
        ("9" * 5_000, "terlalu panjang"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_each_mistake_is_a_sentence_and_nothing_typed_is_lost(official, printed, text, sentence):
    good = make_row_code(2)
    response = typing(official, printed, f"{good} {text}", langkah="simpan", terlihat="tidak 2-1")
    page = response.content.decode()
    assert sentence in page
    assert good in re.search(r"<textarea.*?</textarea>", page, re.DOTALL)[0]
    assert not PaperLine.objects.exists()


def test_a_pasted_novel_is_refused_in_a_few_sentences(official, printed):
    page = typing(official, printed, "kata " * 20_000).content.decode()
    assert "Terlalu banyak yang diketik" in page
    numbers = " ".join(str(number) for number in range(100_000, 104_000))
    assert typing(official, printed, numbers).content.decode().count("salah ketik") < 25


def test_the_entered_sheet_can_be_changed_later(official, printed, who):
    entered(printed, who, 2, 5)
    page = official.get(url(printed)).content.decode()
    assert re.search(r"<textarea[^>]*>2-1\n5-9</textarea>", page)
    assert "oleh Siti Rahmah" in page
    checked_and_saved(official, printed, "2-1", version=1)
    assert PaperLine.objects.filter(is_signed=False).count() == 1


def test_a_second_official_is_told_and_keeps_what_was_typed(official, printed):
    entered(printed, factories.user(name="Ahmad Yani"), 5)
    response = checked_and_saved(official, printed, codes(2))
    page = response.content.decode()
    assert "diubah petugas lain" in page
    assert "Ahmad Yani memasukkan lembar ini" in page
    assert "5-9" in page
    assert PaperSheet.objects.get().version == 1
    again = typing(official, printed, codes(2), langkah="simpan", terlihat=seen_by(response), version=1)
    assert again.status_code == 302
    assert list(PaperLine.objects.filter(is_signed=False).values_list("enrolment__row_number", flat=True)) == [2]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_a_version_that_is_none_counts_as_an_old_one(official, printed, who, version):
    entered(printed, who, 5)
    assert "diubah petugas lain" in checked_and_saved(official, printed, codes(2), version=version).content.decode()


def test_many_rows_take_as_many_queries_as_a_few(official, printed, who):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert official.get(url(printed)).status_code == 200
            assert official.get(url(printed, "paper_differences")).status_code == 200
        return len(found)

    entered(printed, who, 2)
    few = queries()
    enrol_many(printed.wave, [factories.head(number=f"8{number:02d}") for number in range(40)])
    numbered(printed, who)
    entered(printed, who, version=1)
    assert queries() == few
