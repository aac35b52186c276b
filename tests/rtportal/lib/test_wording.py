import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.wording import WordingError, check, fill, variables_in

WORDS = {"nama": "H. Ahmad Fauzi", "waktu": "Rabu, 8 April 2026", "tautan": "https://rt.test/u/x/"}
# Texts made of what matters here, so that stray, doubled and right braces all come up.
PIECES = st.lists(st.sampled_from(["{", "}", "{{", "}}", "{nama}", "{waktu}", "{ ", "%s", "%", "\n", "Yth.", "nama"]))
TEXTS = PIECES.map("".join) | st.text(alphabet=string.printable)
VALUES = st.text() | PIECES.map("".join)


def sentence(text, **options) -> str:
    with pytest.raises(WordingError) as refused:
        check(text, WORDS, **options)
    return refused.value.sentence


def test_words_in_braces_become_their_values():
    assert fill("Yth. {nama}: {waktu}, {nama}.", WORDS) == ("Yth. H. Ahmad Fauzi: Rabu, 8 April 2026, H. Ahmad Fauzi.")


def test_doubled_braces_are_braces():
    assert fill("{{{nama}}} dan {{ }}", WORDS) == "{H. Ahmad Fauzi} dan { }"


def test_a_text_without_words_and_a_percent_sign_stay_as_they_are():
    assert fill("Hadir 100%, %s %(nama)s", WORDS) == "Hadir 100%, %s %(nama)s"
    assert fill("", WORDS) == ""


def test_the_words_of_a_text_are_listed_once_in_their_order():
    assert variables_in("{waktu} {nama} {waktu} {{tautan}}") == ["waktu", "nama"]


def test_an_unknown_word_is_named_with_the_one_that_was_probably_meant():
    assert sentence("Yth. {namaa}") == "Kata {namaa} tidak dikenal; mungkin maksud Anda {nama}?"
    assert sentence("Yth. {Nama}") == "Kata {Nama} tidak dikenal; mungkin maksud Anda {nama}?"
    assert sentence("Yth. { nama }") == "Kata { nama } tidak dikenal; mungkin maksud Anda {nama}?"


def test_an_unknown_word_like_none_is_answered_with_the_list():
    assert sentence("{xyz}") == "Kata {xyz} tidak dikenal. Yang dapat dipakai: {nama}, {tautan}, {waktu}."


@pytest.mark.parametrize("word", ["nama.__class__", "nama[0]", "nama!r", "nama:>99", "0", "nama|safe"])
def test_there_is_no_way_from_a_word_to_anything_behind_it(word):
    assert "tidak dikenal" in sentence("{" + word + "}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\nYth. {nama", "Baris 2: kurung kurawal { belum ditutup"),
        ("Yth. nama}", "Baris 1: ada } tanpa {"),
        ("Yth. {na{nama}", "Baris 1: kurung kurawal { belum ditutup"),
        ("{na\nma}", "Baris 1: kurung kurawal { belum ditutup"),
        ("x {} y", "Baris 1: di antara { dan } belum ada kata"),
        ("x { } y", "Baris 1: di antara { dan } belum ada kata"),
    ],
)
def test_a_stray_brace_is_refused_with_its_line(text, words):
    assert sentence(text).startswith(words)
    with pytest.raises(WordingError):
        fill(text, WORDS)


def test_a_known_word_in_doubled_braces_is_a_mistake():
    assert sentence("Yth. {{nama}}") == "Tulis {nama} dengan satu kurung kurawal di setiap sisi, bukan dua."


def test_a_missing_word_that_must_be_there_is_named():
    assert sentence("Yth. {nama}", required=["tautan"]) == "Teks ini harus memuat {tautan}."
    assert sentence("Yth.", required=["nama", "tautan"]) == "Teks ini harus memuat {nama} dan {tautan}."
    check("Jawab: {tautan}", WORDS, required=["tautan"])


@pytest.mark.parametrize(
    "number", ["6309061203700001", "6309 0612 0370 0001", "6309.0612.0370.0001", "630906-120370-0001"]
)
def test_a_nik_is_refused(number):
    assert "seperti NIK" in sentence(f"Halo\nNIK {number}.")
    assert sentence(f"Halo\nNIK {number}.").startswith("Baris 2:")


@pytest.mark.parametrize(
    "number", ["0812-3456-7890", "400.10/123/DPMD/2026", "8 April 2026 08.00", "12345678901234567"]
)
def test_other_numbers_are_not_a_nik(number):
    check(f"Nomor {number}", WORDS)


@given(TEXTS, st.dictionaries(st.sampled_from(sorted(WORDS)), VALUES))
def test_an_accepted_text_can_always_be_filled(text, values):
    try:
        check(text, WORDS)
    except WordingError as refused:
        assert refused.sentence.endswith((".", "?"))
        return
    fill(text, dict.fromkeys(WORDS, "x") | values)


@given(VALUES, VALUES)
def test_a_value_is_put_in_as_it_is(first, second):
    assert fill("[{nama}|{waktu}]", {"nama": first, "waktu": second}) == f"[{first}|{second}]"


@given(st.text())
def test_any_text_can_be_written_with_doubled_braces(text):
    assert fill(text.replace("{", "{{").replace("}", "}}"), {}) == text


@given(TEXTS)
def test_a_text_is_either_listed_or_refused_and_filled_alike(text):
    try:
        words = variables_in(text)
    except WordingError:
        with pytest.raises(WordingError):
            fill(text, {})
    else:
        filled = fill(text, dict.fromkeys(words, ""))
        assert filled == fill(text, dict.fromkeys(words, "") | {"lain": "{nama}"})
