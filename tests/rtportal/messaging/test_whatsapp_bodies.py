import pytest

from rtportal.lib.errors import InputError
from rtportal.messaging.kinds import MessageKind, all_kinds
from rtportal.messaging.whatsapp_bodies import LONGEST_BODY, lines_joined, parameters_of, proposed_body

KIND = MessageKind("x", "Uji", lambda messages: {}, {"nama": "nama", "waktu": "waktu"})
GOOD = "Yth. Bapak/Ibu {nama}, kami tunggu pada {waktu} di kantor, {nama}, dan terima kasih banyak."


def test_variables_count_in_the_order_of_their_first_use():
    assert parameters_of(GOOD, KIND) == ["nama", "waktu"]
    assert parameters_of("Ada surat untuk Anda.", KIND) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Yth. Bapak/Ibu {nik} yang kami hormati sekali.", "{nik}"),
        ("{nama}, kami tunggu di kantor besok pagi.", "diawali"),
        ("Kami tunggu di kantor besok pagi, {nama}", "diakhiri"),
        ("Yth. Bapak/Ibu {nama} {waktu} kami tunggu di kantor.", "berdampingan"),
        ("Yth. {nama} ya.", "terlalu sedikit"),
        ("Yth. " + "a " * LONGEST_BODY, "paling panjang"),
        ("Yth. {nama, kami tunggu.", "kurung kurawal"),
        ("Nomor 6309 0612 3456 7890 milik Anda.", "NIK"),
    ],
)
def test_what_meta_would_refuse_is_refused_before(body, sentence):
    with pytest.raises(InputError, match=sentence):
        parameters_of(body, KIND)


def test_lines_are_as_meta_takes_them():
    assert lines_joined(" Satu\r\n\r\n\r\n\r\nDua\rTiga\n") == "Satu\n\nDua\nTiga"


@pytest.mark.parametrize("kind", [kind for kind in all_kinds().values() if kind.variables and proposed_body(kind.name)])
def test_the_words_that_the_portal_proposes_are_fit(kind):
    parameters_of(proposed_body(kind.name), kind)
