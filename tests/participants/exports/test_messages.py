"""The messages of a wave as a file."""

import pytest
from django.http import Http404

from participants.use_cases.invite_participants import invite_participants
from rtportal.documents.registry import open_export
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JAMBI, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    factories.heads(3)
    made = factories.wave()
    invite_participants(wave_id=made.pk, by=factories.user(), now=NOW)
    return made


def test_every_message_is_a_row_with_its_state_and_reason(wave):
    lost = Message.objects.earliest("pk")
    Message.objects.filter(pk=lost.pk).update(state="failed", failure="address", detail="Kotak surat tidak ada.")
    export = open_export("pesan", user=factories.user(role="admin"), params={"wave": wave.pk})
    headings = [column.heading for column in export.columns()]
    rows = [dict(zip(headings, row, strict=True)) for row in export.rows()]
    assert len(rows) == export.count() == 3
    assert rows[0]["Penerima"] == lost.recipient_name
    assert rows[0]["Keadaan"] == "gagal"
    assert rows[0]["Sebab gagal"] == "alamat atau nomor tidak dapat dipakai"
    assert rows[0]["Keterangan"] == "Kotak surat tidak ada."
    assert rows[0]["Kecamatan"] == "Murung Pudak"
    assert rows[1]["Keadaan"] == "antre"


@pytest.mark.parametrize("number", ["6281234567890", "+62 812-3456-7890", "081234567890", "81234567890"])
def test_a_number_in_the_words_of_a_provider_is_masked_as_well(wave, number):
    detail = f'400 {{"to": {number} ,"id":"7"}} ditolak pada 22/11/2026 08.15'
    Message.objects.update(state="failed", failure="address", detail=detail)
    asked = {"user": factories.user(role="admin"), "params": {"wave": wave.pk}}
    place = [column.name for column in open_export("pesan", **asked).columns()].index("keterangan")
    masked = {row[place] for row in open_export("pesan", **asked).rows()}
    assert masked == {detail.replace(number, "0812-••••-7890")}
    assert {row[place] for row in open_export("pesan", **asked, is_unmasked=True).rows()} == {detail}


def test_of_another_kabupaten_there_is_no_file(wave):
    with pytest.raises(Http404):
        open_export("pesan", user=factories.user(role="admin", region=JAMBI), params={"wave": wave.pk})


def test_many_rows_cost_as_many_queries_as_few(wave, django_assert_num_queries):
    export = open_export("pesan", user=factories.user(role="admin"), params={"wave": wave.pk})
    with django_assert_num_queries(3):
        assert len(list(export.rows())) == 3
