import pytest

from rtportal.lib import sealing

PHONE = "+6281234567890"
NEW, OLD = "kunci-baru-0123456789", "kunci-lama-0123456789"


def test_what_is_sealed_opens_again_and_does_not_show():
    stored = sealing.seal(PHONE, "address")
    assert sealing.open_sealed(stored, "address") == PHONE
    assert sealing.is_sealed(stored)
    assert "81234567890" not in stored
    assert sealing.seal("", "address") == ""


def test_equal_values_are_alike_within_their_context_only():
    assert sealing.seal(PHONE, "address") == sealing.seal(PHONE, "address")
    assert sealing.seal(PHONE, "address") != sealing.seal(PHONE, "substitute")
    with pytest.raises(sealing.SealError):
        sealing.open_sealed(sealing.seal(PHONE, "address"), "substitute")


def test_an_old_plain_value_is_read_as_it_is():
    for plain in (PHONE, "budi@rt.test", "RT 005/RW 002", "~abc~", "~0123abcd~pendek"):
        assert sealing.open_sealed(plain, "address") == plain


def test_every_key_opens_and_the_first_one_seals(settings):
    settings.PERSONAL_KEYS = [OLD]
    before = sealing.seal(PHONE, "address")
    settings.PERSONAL_KEYS = [NEW, OLD]
    after = sealing.seal(PHONE, "address")
    assert sealing.open_sealed(before, "address") == sealing.open_sealed(after, "address") == PHONE
    assert after.startswith(sealing.newest_mark())
    assert not before.startswith(sealing.newest_mark())
    assert sealing.stored_forms(PHONE, "address") == [after, before, PHONE]


def test_a_missing_key_and_a_changed_value_are_named_without_the_value(settings):
    settings.PERSONAL_KEYS = [OLD]
    stored = sealing.seal(PHONE, "address")
    broken = stored[:-3] + ("A" if stored[-3] != "A" else "B") + stored[-2:]
    with pytest.raises(sealing.SealError, match=sealing.key_name(OLD)) as damaged:
        sealing.open_sealed(broken, "address")
    settings.PERSONAL_KEYS = [NEW]
    with pytest.raises(sealing.SealError, match=sealing.key_name(OLD)) as missing:
        sealing.open_sealed(stored, "address")
    assert "8123" not in f"{damaged.value} {missing.value}"


def test_a_short_key_is_refused(settings):
    settings.PERSONAL_KEYS = ["pendek"]
    with pytest.raises(ValueError, match="16"):
        sealing.seal(PHONE, "address")
