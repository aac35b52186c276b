import pytest

from rtportal.lib.personal_numbers import hidden_numbers, masked_in, masked_numbers


@pytest.mark.parametrize(
    "written",
    ["6309061203700001", "6309 0612 0370 0001", "63.09.06.12.03.70.0001", "630906-120370-0001", "'6309061203700001'"],
)
def test_a_nik_is_hidden_in_the_spellings_people_use(written):
    assert "0001" not in hidden_numbers(f"nik:{written}, lalu")
    assert "[NIK]" in hidden_numbers(f"Kunci ({written}) sudah ada.")
    assert "6309••••••••0001" in masked_numbers(f"NIK {written}.")


@pytest.mark.parametrize(
    "written",
    ["+6281234567890", "6281234567890", "081234567890", "0812-3456-7890", "+62 812 3456 7890", "0812.3456.7890"],
)
def test_a_telephone_is_hidden_in_the_spellings_people_use(written):
    assert hidden_numbers(f"ke {written}: gagal") == "ke [nomor HP]: gagal"
    assert masked_numbers(f"dari {written}.") == "dari 0812-••••-7890."


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-22 15:33:57,123 INFO",
        '127.0.0.1 - - [22/Nov/2026:15:33:57 +0000] "GET /gelombang/12/ HTTP/1.1" 200 12345',
        "0.0812345678 s",
        "63.09.06.1001 RT 005/RW 002",
        "d2f0c1b4-8a81-4f62-9c3e-081234567890",
        "sha256 3f1e6309061203700001aa",
        "Rp1.234.567.890.123.456",
        "0526-2021234",
    ],
)
def test_other_numbers_stay(line):
    assert hidden_numbers(line) == masked_numbers(line) == line


def test_json_is_masked_to_its_depth():
    told = {"before": {"phone": "+6281234567890"}, "list": ["0812-3456-7890", 7, None], "version": 3}
    assert masked_in(told) == {
        "before": {"phone": "0812-••••-7890"},
        "list": ["0812-••••-7890", 7, None],
        "version": 3,
    }
