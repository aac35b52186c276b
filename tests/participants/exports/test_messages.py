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


def test_of_another_kabupaten_there_is_no_file(wave):
    with pytest.raises(Http404):
        open_export("pesan", user=factories.user(role="admin", region=JAMBI), params={"wave": wave.pk})


def test_many_rows_cost_as_many_queries_as_few(wave, django_assert_num_queries):
    export = open_export("pesan", user=factories.user(role="admin"), params={"wave": wave.pk})
    with django_assert_num_queries(3):
        assert len(list(export.rows())) == 3
