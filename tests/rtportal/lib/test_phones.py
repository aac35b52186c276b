import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.phones import PhoneError, display, masked, parse_mobile, parse_office_phone

MOBILES = st.from_regex(r"8(?:1[1-9]|2[1238]|5[1-9]|7[78]|9[5-9])[0-9]{6,9}", fullmatch=True).filter(str.isascii)


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "62812 3456 7890",
        "+62 812-3456-7890",
        "+62 0812 3456 7890",
        "(0812) 3456.7890",
        "0062 812 3456 7890",
        "81234567890",
        "81234567890.0",
        "'081234567890",
        "8,1234567890E+10",
        "6.281234567890e12",
        "０８１２３４５６７８９０",
        "\u202a+62 812‑3456‑7890\u202c",
        "\u00a00812 3456 7890\t",
        81234567890,
        81234567890.0,
        6281234567890,
        6281234567890.0,
        8.123456789e10,
    ],
)
def test_what_people_type_and_spreadsheets_damage_is_mended(typed):
    assert parse_mobile(typed) == "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("0526-2021234", "Nomor telepon rumah tidak bisa menerima pesan: 0526-2021234."),
        ("(021) 3501234", "Nomor telepon rumah tidak bisa menerima pesan"),
        (5262021234, "Nomor telepon rumah tidak bisa menerima pesan"),
        ("+60 12 345 6789", "Nomor luar negeri belum bisa menerima pesan"),
        ("0060123456789", "Nomor luar negeri belum bisa menerima pesan"),
        ("0812345", "Nomor telepon terlalu pendek"),
        ("+62", "Nomor telepon terlalu pendek"),
        ("08123456789012345", "Nomor telepon terlalu panjang"),
        ("9" * 5000, "Nomor telepon terlalu panjang"),
        ("tidak punya", "Nomor telepon hanya boleh berisi angka"),
        ("0812345678O0", "Nomor telepon hanya boleh berisi angka"),
        ("0812-3456-7890 / 0813-4567-8901", "Tulis satu nomor telepon saja"),
        ("081234567890;081345678901", "Tulis satu nomor telepon saja"),
        ("", "Nomor telepon kosong"),
        (" - ", "Nomor telepon kosong"),
        ("+", "Nomor telepon hanya boleh berisi angka"),
        ("1500123", "Nomor layanan tidak bisa menerima pesan"),
        ("0840123456", "Bukan nomor HP Indonesia"),
        (float("nan"), "Nomor telepon tidak terbaca"),
        (8.12e11, "Nomor telepon kehilangan angka"),
        (8.12346e10, "Nomor telepon kehilangan angka"),
        (6281234600000, "Nomor telepon kehilangan angka"),
        (float("inf"), "Nomor telepon tidak terbaca"),
        (812345678.5, "Nomor telepon tidak terbaca"),
        (-81234567890, "Nomor telepon tidak terbaca"),
        (True, "Nomor telepon tidak terbaca"),
        (None, "Nomor telepon tidak terbaca"),
    ],
)
def test_a_number_that_gets_no_message_is_refused_with_the_reason(typed, because):
    with pytest.raises(PhoneError) as refused:
        parse_mobile(typed)
    assert refused.value.sentence.startswith(because)
    assert len(refused.value.sentence) < 250


@pytest.mark.parametrize("typed", ["8,12E+11", "8.12E+11", "8,12346E+11", "6,28E+12"])
def test_digits_lost_to_scientific_notation_are_not_invented(typed):
    # Filled up with zeros it would be a valid number, and the personal link a stranger's.
    with pytest.raises(PhoneError, match="kehilangan angka"):
        parse_mobile(typed)


@given(MOBILES)
def test_every_way_of_writing_one_number_gives_the_same(national):
    ways = {"0" + national, national, "62" + national, "+62" + national, "+620" + national, display("+62" + national)}
    assert {parse_mobile(way) for way in ways} == {"+62" + national}
    if not national.endswith("00000"):
        assert parse_mobile(int(national)) == parse_mobile(float(national)) == "+62" + national


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_anything_at_all_is_a_number_or_a_sentence(typed):
    try:
        assert parse_mobile(typed).startswith("+628")
    except PhoneError as refused:
        assert refused.sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62-812-3456-7890", "+6281234567890"),
        ("(0526) 202-1234", "(0526) 202-1234"),
    ],
)
def test_an_office_may_have_a_mobile_or_a_landline(typed, kept):
    assert parse_office_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "------", "(     )", "12345", "telepon kantor", "0812", "0526 2021234 atau 2021235"]
)
def test_what_is_no_telephone_number_of_an_office_is_refused(typed):
    with pytest.raises(PhoneError):
        parse_office_phone(typed)


def test_a_number_is_shown_in_groups():
    assert display("+6281234567890") == "0812-3456-7890"
    assert display("+628112345678") == "0811-2345-678"
    assert display("") == ""
    assert display("+60123456789") == "+60123456789"


@given(MOBILES)
def test_a_masked_number_hides_the_middle_and_keeps_its_length(national):
    shown = masked("+62" + national)
    assert shown.replace("-", "").startswith("0" + national[:3])
    assert shown.endswith(national[-4:])
    assert len(shown.replace("-", "")) == len(national) + 1
    assert shown.count("•") == len(national) - 7


def test_what_is_too_short_to_mask_in_part_is_hidden_wholly():
    assert masked("1234") == "••••"
