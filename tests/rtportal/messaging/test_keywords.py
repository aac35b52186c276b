import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.messaging.keywords import LONGEST, Keyword, read_keyword


@pytest.mark.parametrize(
    "text",
    [
        "HADIR",
        "hadir",
        " Hadir. ",
        "hadirrr",
        "Hadir!!!",
        "hadir pak",
        "Hadir 🙏🏽",
        "*HADIR*",
        "Insya Allah hadir",
        "insya Allah hadir pak",
        "Insyaallah, hadir",
        "in sya allah bisa hadir bu",
        "InsyaAlloh hadir",
        "hadir insya Allah",
        "Assalamualaikum, saya hadir. Terima kasih",
        "Assalamu'alaikum wr wb\nSiap hadir pak",
        "Siap, hadir",
        "ya saya akan hadir",
        "Saya bisa hadir",
        "Hadir, hadir",
        "saya datang pak",
    ],
)
def test_whoever_says_so_comes(text):
    assert read_keyword(text) == Keyword.COMING


@pytest.mark.parametrize(
    "text",
    [
        "TIDAK",
        "tidak.",
        "Tidak hadir",
        "tdk hadir pak",
        "TIDAK BISA HADIR",
        "maaf pak saya tidak bisa hadir",
        "Mohon maaf, saya tidak dapat hadir. Terima kasih",
        "Berhalangan",
        "berhalangan hadir",
        "saya berhalangan, mohon maaf",
        "gak bisa pak",
        "kada hadir",
        "Baik pak, saya tidak bisa hadir",
        "insya Allah tidak hadir",
    ],
)
def test_whoever_says_so_declines(text):
    assert read_keyword(text) == Keyword.DECLINING


@pytest.mark.parametrize("text", ["STOP", "stop", "Stop.", "Berhenti", "BERHENTI!", "tolong stop pak", "stop wa"])
def test_stop_ends_messages(text):
    assert read_keyword(text) == Keyword.STOP


@pytest.mark.parametrize("text", ["MULAI", "mulai", "Mulai lagi", "start"])
def test_mulai_begins_them_again(text):
    assert read_keyword(text) == Keyword.START


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "ya",
        "insya Allah",
        "bisa",
        "Bisa hadir?",
        "hadir tidak ya",
        "hadir atau tidak",
        "tidak, saya hadir",
        "tidak, hadir",
        "tidak tidak hadir",
        "tidak bisa tidak hadir",
        "tidak mungkin tidak hadir",
        "tidak berhalangan",
        "ya tidak",
        "tidak pasti hadir",
        "belum tentu hadir",
        "belum bisa hadir",
        "kalau tidak hadir bagaimana",
        "saya hadir jam berapa",
        "hadir jam 9",
        "Hadir RT 05",
        "hadir diwakili istri",
        "yang hadir siapa saja",
        "tidak terima undangan",
        "tidak terima",
        "tidak apa-apa",
        "❌ hadir",
        "hadir 2 orang",
        "mohon hadir",
        "saya berhenti jadi ketua RT",
        "saya berhenti",
        "jangan stop",
        "stop?",
        "jam berapa mulai",
        "acara mulai",
        "Pak, ini undangan untuk siapa",
    ],
)
def test_what_is_not_clear_is_left_to_a_human(text):
    assert read_keyword(text) is None


@given(st.sampled_from(["tidak", "tdk", "gak", "bukan", "belum", "jangan", "batal"]), st.text(max_size=30))
def test_no_text_with_a_no_in_it_ever_counts_as_coming(no, rest):
    for text in (f"{no} hadir {rest}", f"{rest} {no} hadir", f"hadir {no} {rest}"):
        assert read_keyword(text) != Keyword.COMING


@given(st.text())
def test_any_text_can_be_read(text):
    read_keyword(text)


def test_a_long_text_is_left_to_a_human():
    assert read_keyword("hadir" + " pak" * LONGEST) is None
