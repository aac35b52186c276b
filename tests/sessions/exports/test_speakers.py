"""The speakers of a wave as a file."""

import pytest

from rtportal.documents.registry import open_export
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave()


def records(wave, **wishes) -> list[dict]:
    admin = factories.user(role="admin")
    export = open_export("narasumber", user=admin, params={"wave": wave.pk}, **wishes)
    headings = [column.heading for column in export.columns()]
    return [dict(zip(headings, row, strict=True)) for row in export.rows()]


def test_a_part_is_a_row_with_the_answer_and_the_telephone_masked(wave):
    speaker = factories.speaker(name="Noor Laila", institution="BNNK Tabalong", phone="+6281234567890")
    session = factories.session(wave=wave, speakers=[speaker])
    session.session_speakers.update(status="declined", decline_reason="Dinas luar")
    [row] = records(wave)
    assert (row["Nama"], row["Instansi"], row["Sesi"]) == ("Noor Laila", "BNNK Tabalong", session.title)
    assert (row["Kesediaan"], row["Alasan menolak"]) == ("menolak", "Dinas luar")
    assert row["Telepon"] == "0812-••••-7890"


def test_in_full_the_telephone_is_told(wave):
    factories.session(wave=wave, speakers=[factories.speaker(phone="+6281234567890")])
    assert [row["Telepon"] for row in records(wave, is_unmasked=True)] == ["0812-3456-7890"]


def test_many_parts_cost_as_many_queries_as_one(wave, django_assert_num_queries):
    for number in range(3):
        factories.session(wave=wave, title=f"Sesi {number}", speakers=[factories.speaker(position=f"Kepala {number}")])
    export = open_export("narasumber", user=factories.user(role="admin"), params={"wave": wave.pk})
    with django_assert_num_queries(1):
        assert len(list(export.rows())) == 3
