"""Sealed columns, shown on those of the outbox."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F, Q

from rtportal.lib.resealing import reseal, stale_rows
from rtportal.lib.sealing import is_sealed, newest_mark
from rtportal.messaging.models import ChannelEvent, Message, OptOut
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PHONE, OTHER = "+6281234567890", "+6281311112222"
NEW, OLD = "kunci-baru-0123456789", "kunci-lama-0123456789"


def opt_out(address: str, channel: str = "whatsapp") -> OptOut:
    return OptOut.objects.create(channel=channel, address=address, since=NOW, source="uji")


def event(payload, key: str = "1") -> ChannelEvent:
    return ChannelEvent.objects.create(channel="whatsapp", key=key, payload=payload, received_at=NOW)


def stored(model, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")
        return [str(value) for (value,) in cursor.fetchall()]


def write_plain(model, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s", [value])


def test_the_table_holds_no_number_and_the_code_reads_it():
    opt_out(PHONE)
    assert is_sealed(stored(OptOut, "address")[0])
    assert OptOut.objects.get().address == PHONE
    assert list(OptOut.objects.values_list("address", flat=True)) == [PHONE]


def test_a_number_is_found_by_its_whole_value():
    opt_out(PHONE)
    opt_out(OTHER)
    assert OptOut.objects.get(address=PHONE).address == PHONE
    assert OptOut.objects.filter(address__in=[PHONE, OTHER, "", None]).count() == 2
    assert OptOut.objects.filter(Q(address=PHONE) | Q(address=OTHER)).count() == 2
    assert OptOut.objects.exclude(address=PHONE).get().address == OTHER
    assert OptOut.objects.filter(address__in=OptOut.objects.filter(address=OTHER).values("address")).count() == 1
    assert OptOut.objects.filter(address=F("address")).count() == 2
    assert not OptOut.objects.filter(address="").exists()


@pytest.mark.parametrize("lookup", ["contains", "icontains", "iexact", "startswith", "gt", "regex", "lower", "isnul"])
def test_what_a_sealed_column_cannot_be_asked_is_an_error(lookup):
    with pytest.raises(FieldError, match="address is sealed"):
        OptOut.objects.filter(**{f"address__{lookup}": "0812"})
    with pytest.raises(FieldError, match="payload is sealed"):
        ChannelEvent.objects.filter(**{f"payload__{lookup}": "0812"})


def test_json_is_sealed_and_only_empty_json_is_not():
    long = {"from": PHONE, "words": ["kata " * 10] * 200}
    event({"from": PHONE}), event([], "2"), event(long, "3")
    first, empty, longer = stored(ChannelEvent, "payload")
    assert newest_mark() in first
    assert PHONE not in first
    assert empty == "[]"
    assert len(longer) < 2000
    assert [one.payload for one in ChannelEvent.objects.order_by("id")] == [{"from": PHONE}, [], long]
    assert ChannelEvent.objects.get(payload=[]).key == "2"
    assert ChannelEvent.objects.exclude(payload=[]).count() == 2


def test_old_plain_rows_are_read_found_and_sealed_in_the_end():
    opt_out(PHONE), event({"from": PHONE})
    write_plain(OptOut, "address", PHONE)
    write_plain(ChannelEvent, "payload", '{"from": "+6281234567890"}')
    assert OptOut.objects.get(address=PHONE).address == PHONE
    assert ChannelEvent.objects.get().payload == {"from": PHONE}
    assert (reseal(OptOut), reseal(ChannelEvent)) == (1, 1)
    assert is_sealed(stored(OptOut, "address")[0])
    assert PHONE not in stored(ChannelEvent, "payload")[0]
    assert OptOut.objects.get(address=PHONE)
    assert ChannelEvent.objects.get().payload == {"from": PHONE}
    assert (reseal(OptOut), reseal(ChannelEvent)) == (0, 0)


def test_while_keys_change_both_forms_are_found_and_afterwards_the_old_key_may_go(settings):
    settings.PERSONAL_KEYS = [OLD]
    opt_out(PHONE, "gateway"), opt_out(OTHER), event({"from": PHONE}), event([], "2")
    settings.PERSONAL_KEYS = [NEW, OLD]
    opt_out(PHONE, "email")
    assert OptOut.objects.filter(address=PHONE).count() == 2
    assert stale_rows(OptOut).count() == 2
    told = []
    assert reseal(OptOut, progress=told.append) == 2
    assert told == [2]
    assert reseal(ChannelEvent) == 1
    settings.PERSONAL_KEYS = [NEW]
    assert OptOut.objects.filter(address__in=[PHONE, OTHER]).count() == 3
    assert ChannelEvent.objects.get(key="1").payload == {"from": PHONE}


def test_an_address_of_any_allowed_length_fits():
    longest = "a" * 242 + "@panjang.test"[:12]
    assert len(longest) == Message._meta.get_field("address").max_length
    assert opt_out(longest) and OptOut.objects.get(address=longest).address == longest
