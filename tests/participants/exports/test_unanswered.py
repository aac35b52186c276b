"""Who has not answered, as a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtportal.documents.registry import open_export
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO), invitations_opened_at=factories.NOW)


@pytest.fixture
def admin(wave):
    return factories.user(role="admin")


def opened(admin, wave, **params):
    return open_export("belum-menjawab", user=admin, params={"wave": wave.pk, **params})


def records(export) -> list[dict]:
    headings = [column.heading for column in export.columns()]
    return [dict(zip(headings, row, strict=True)) for row in export.rows()]


def test_only_who_has_not_answered_is_in_it_and_their_telephone_is_masked(wave, admin):
    waiting = factories.enrolment(wave=wave, head=factories.head(number="001", phone="+6281234567890"))
    factories.enrolment(wave=wave, head=factories.head(number="002"), answer="confirmed", answered_at=factories.NOW)
    export = opened(admin, wave)
    [row] = records(export)
    assert export.count() == 1
    assert (row["Nama"], row["RT"], row["Nomor HP"]) == (waiting.head.full_name, "001", "0812-••••-7890")
    assert row["Pemberitahuan"] == "menyerah" and row["Sebab"]


def test_the_numbers_by_kelurahan_agree_with_the_rows(wave, admin):
    for district in (MURUNG_PUDAK, JARO):
        for head in factories.heads(3, district=district):
            factories.enrolment(wave=wave, head=head)
    export = opened(admin, wave)
    rows = records(export)
    [sheet] = export.closing_sheets()
    counted = {(district, village): people for district, village, people in sheet.rows}
    assert sheet.totals[-1] == sum(counted.values()) == len(rows) == 6
    for (district, village), people in counted.items():
        assert people == sum((row["Kecamatan"], row["Kelurahan/desa"]) == (district, village) for row in rows)


def test_the_filters_of_the_list_hold_but_that_of_the_answer_goes_without_saying(wave, admin):
    for district in (MURUNG_PUDAK, JARO):
        factories.enrolment(wave=wave, head=factories.heads(1, district=district)[0])
    export = opened(admin, wave, wilayah=JARO, jawaban="hadir", cari="", hal="2")
    assert [row["Kecamatan"] for row in records(export)] == ["Jaro"]
    assert export.params == {"wave": wave.pk, "wilayah": JARO}
    assert export.narrowed_to() == [("Wilayah", "Kecamatan Jaro")]


def test_many_rows_cost_as_many_queries_as_few(wave, admin):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(opened(admin, wave).rows())
        return len(seen)

    heads = factories.heads(20, district=JARO)
    factories.enrolment(wave=wave, head=heads[0])
    opened(admin, wave)
    one = queries()
    for head in heads[1:]:
        factories.enrolment(wave=wave, head=head)
    assert queries() == one
