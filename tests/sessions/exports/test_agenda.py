"""The agenda as a file."""

from datetime import time

import pytest
from django.http import Http404

from rtportal.documents.registry import open_export
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave()


def records(user, **params) -> list[dict]:
    export = open_export("agenda", user=user, params=params)
    headings = [column.heading for column in export.columns()]
    rows = [dict(zip(headings, row, strict=True)) for row in export.rows()]
    assert len(rows) == export.count()
    return rows


def test_a_session_is_a_row_with_its_hours_and_who_speaks(wave):
    speaker = factories.speaker(position="Kepala BNNK Tabalong")
    factories.session(wave=wave, title="Pencegahan narkoba", starts=time(9, 0), speakers=[speaker])
    factories.session(wave=wave, title="ISHOMA", starts=time(12, 0), kind="break")
    first, second = records(factories.user(role="admin"), wave=wave.pk)
    assert (first["Tanggal"], first["Mulai"], first["Selesai"]) == ("Rabu, 8 April 2026", "09.00 WITA", "10.00 WITA")
    assert (first["Sesi"], first["Narasumber"], first["Ruang"]) == (
        "Pencegahan narkoba",
        "Kepala BNNK Tabalong",
        wave.venue.name,
    )
    assert (second["Jenis"], second["Narasumber"]) == ("Istirahat (ISHOMA)", "")


def test_of_a_programme_all_waves_are_in_it_but_the_cancelled_ones(wave):
    day = factories.WAVE_DAY.replace(day=20)
    later = factories.wave(program=wave.program, number=2, areas=(factories.JARO,), on=day)
    gone = factories.wave(program=wave.program, number=3, areas=(), cancelled_at=factories.NOW)
    for one in (later, wave, gone):
        factories.session(wave=one)
    rows = records(factories.user(role="admin"), program=wave.program_id)
    assert [row["Gelombang"] for row in rows] == ["Gelombang 1", "Gelombang 2"]


@pytest.mark.parametrize("typed", ["", "abc", "9" * 30, "0", "\0"])
def test_a_programme_that_is_none_is_not_found(wave, typed):
    with pytest.raises(Http404):
        open_export("agenda", user=factories.user(role="admin"), params={"program": typed})


def test_of_another_kabupaten_there_is_no_file(wave):
    stranger = factories.user(role="admin", region=factories.JAMBI)
    for params in ({"wave": wave.pk}, {"program": wave.program_id}):
        with pytest.raises(Http404):
            open_export("agenda", user=stranger, params=params)
