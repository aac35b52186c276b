import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib import nik
from rtportal.lib.nik import NikError

MAN = "6309061203700001"
WOMAN = "6309065203700001"
KEY, OLD_KEY = "kunci-rahasia-baru-0001", b"kunci-rahasia-lama-0001"


@pytest.mark.parametrize("typed", [MAN, f" {MAN} ", "6309 0612 0370 0001", "'" + MAN, "6309.0612.0370.0001"])
def test_a_nik_written_as_text_is_taken_without_its_decoration(typed):
    assert nik.check_nik(typed) == MAN


def test_a_womans_birth_day_is_forty_more():
    assert nik.check_nik(WOMAN) == WOMAN
    assert nik.check_nik("6309066902000001")  # 29 February 2000


@pytest.mark.parametrize(
    "value",
    [6309061203700001, 6309061203700001.0, 6.30906e15, 12, True, "6,30906E+15", "6.30906120370000E+15", MAN + ".0"],
)
def test_a_nik_typed_as_a_number_is_refused_because_digits_are_lost(value):
    with pytest.raises(NikError) as refused:
        nik.check_nik(value)
    assert "Excel hanya menyimpan 15 angka" in refused.value.sentence
    assert "menjadi teks" in refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", "kosong"),
        (None, "kosong"),
        ("630906120370000", "yang tertulis 15 angka"),
        (MAN + "1", "yang tertulis 17 angka"),
        ("63090612037OOOO1", "hanya boleh berisi 16 angka"),
        ("²" * 16, "provinsi berkode 22"),
        ("9909061203700001", "provinsi berkode 99"),
        ("6300061203700001", "kode kabupaten/kota"),
        ("6309001203700001", "kode kabupaten/kota"),
        ("6309063202700001", "tanggal lahir"),
        ("6309060003700001", "tanggal lahir"),
        ("6309067203700001", "tanggal lahir"),
        ("6309061213700001", "tanggal lahir"),
        ("6309063004700001"[:6] + "310470" + "0001", "tanggal lahir"),
        ("6309062902710001", "tanggal lahir"),
        ("6309061203700000", "Excel hanya menyimpan 15 angka"),
    ],
)
def test_what_cannot_be_a_nik_is_refused_with_the_reason(typed, because):
    with pytest.raises(NikError) as refused:
        nik.check_nik(typed)
    assert because in refused.value.sentence
    # Sentences end in previews and logs, where a NIK must not.
    assert not re.search(r"\d{5}", refused.value.sentence)


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{16}", fullmatch=True), st.floats(), st.none(), st.dates()))
def test_anything_at_all_is_a_nik_or_a_sentence(value):
    try:
        assert re.fullmatch("[0-9]{16}", nik.check_nik(value))
    except NikError as refused:
        assert refused.sentence.endswith(".")


def test_a_masked_nik_shows_only_its_ends():
    assert nik.mask(MAN) == "6309••••••••0001"
    assert nik.mask("12345678") == "••••••••"
    assert nik.mask("") == ""


def test_an_encrypted_nik_comes_back_and_shows_nothing():
    token = nik.encrypt(MAN, [KEY])
    assert MAN not in token
    assert nik.encrypt(MAN, [KEY]) != token
    assert nik.decrypt(token, [KEY]) == MAN


def test_after_a_change_of_keys_the_old_one_still_opens():
    token = nik.encrypt(MAN, [OLD_KEY])
    assert nik.decrypt(token, [KEY, OLD_KEY]) == MAN
    with pytest.raises(NikError, match="kunci"):
        nik.decrypt(token, [KEY])


@pytest.mark.parametrize("token", ["", "bukan token", "é"])
def test_what_is_no_token_is_refused_in_words(token):
    with pytest.raises(NikError, match="tidak bisa dibuka"):
        nik.decrypt(token, [KEY])


def test_equal_niks_meet_by_their_digest_and_only_under_the_same_key():
    assert nik.digest(MAN, KEY) == nik.digest(MAN, KEY.encode())
    assert nik.digest(MAN, KEY) != nik.digest(WOMAN, KEY)
    assert nik.digest(MAN, KEY) != nik.digest(MAN, OLD_KEY)
    assert re.fullmatch("[0-9a-f]{64}", nik.digest(MAN, KEY))


def test_a_key_that_can_be_guessed_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        nik.digest(MAN, "pendek")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RT tidak terbaca: “6309061203700001”.", "RT tidak terbaca: “6309••••••••0001”."),
        ("Ahmad 630906 120370 0001 (Jaro)", "Ahmad 6309••••••••0001 (Jaro)"),
        ("NIK6309061203700001a", "NIK6309••••••••0001a"),
        ("63090612037000012", "6309•••••••••0012"),
        ("630906120370001", "•" * 15),
        ("0812-3456-7890", "0812-3456-7890"),
        ("63.09.06.1001, 31-12-2028", "63.09.06.1001, 31-12-2028"),
    ],
)
def test_a_nik_in_any_text_is_masked_and_shorter_numbers_stay(text, shown):
    assert nik.hidden(text) == shown
    assert nik.hidden_in({"a": [text, 1], "b": text}, but=("b",)) == {"a": [shown, 1], "b": text}
