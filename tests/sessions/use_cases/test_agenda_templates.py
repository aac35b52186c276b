"""Saving, using and deleting agenda templates."""

import threading
from datetime import time, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import AgendaTemplate, SessionSpeaker, TrainingSession
from sessions.queries.agenda_templates import BUILT_IN, template_of, templates_for
from sessions.use_cases.apply_agenda_template import apply_agenda_template
from sessions.use_cases.delete_agenda_template import delete_agenda_template
from sessions.use_cases.save_agenda_template import save_agenda_template
from tests import factories
from tests.factories import NOW, TABALONG, WAVE_DAY


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def official(wave):
    return factories.user()


def save(wave, official, name="Dua hari"):
    return save_agenda_template(wave=wave, name=name, actor=official, now=NOW)


def apply(wave, official, key):
    return apply_agenda_template(wave=wave, template=template_of(str(key), TABALONG), actor=official, now=NOW)


def spans(wave) -> list[str]:
    return [clock.span_words(one.starts_at, one.ends_at, wave.zone) for one in wave.training_sessions.all()]


def two_days(wave):
    factories.session(
        wave=wave,
        title="Materi",
        starts=time(9, 30),
        minutes=45,
        room="Ruang 2",
        group="A",
        speakers=[factories.speaker()],
    )
    second = factories.session(wave=wave, title="ISHOMA", kind="break", starts=time(12, 0))
    day = timedelta(days=1)
    TrainingSession.objects.filter(pk=second.pk).update(starts_at=second.starts_at + day, ends_at=second.ends_at + day)


def test_an_agenda_becomes_relative_days_and_local_hours(wave, official):
    two_days(wave)
    template = save(wave, official, name="  Dua   hari ")
    assert template.name == "Dua hari"
    assert template.items == [
        {
            "kind": "material",
            "title": "Materi",
            "day": 0,
            "starts": "09.30",
            "minutes": 45,
            "room": "Ruang 2",
            "group": "A",
        },
        {"kind": "break", "title": "ISHOMA", "day": 1, "starts": "12.00", "minutes": 60, "room": "", "group": ""},
    ]
    line = AuditEvent.objects.get()
    assert line.subject == "region:63.09"
    assert line.sentence == f"Menyimpan agenda Gelombang 1 {wave.program.name} sebagai templat “Dua hari”: 2 sesi."


def test_a_template_fills_an_empty_agenda_on_other_days_without_speakers(wave, official):
    two_days(wave)
    other = factories.wave(program=wave.program, number=2, on=WAVE_DAY + timedelta(days=7), areas=())
    assert apply(other, official, save(wave, official).pk) == 2
    assert spans(other) == ["Rabu, 15 April 2026, 09.30–10.15 WITA", "Kamis, 16 April 2026, 12.00–13.00 WITA"]
    assert list(other.training_sessions.values_list("room", "group")) == [("Ruang 2", "A"), ("", "")]
    assert not SessionSpeaker.objects.filter(session__wave=other).exists()
    assert AuditEvent.objects.filter(subject=other.group).get().sentence == (
        "Menyusun agenda dari templat “Dua hari”: 2 sesi."
    )


@pytest.mark.parametrize("built_in", BUILT_IN, ids=lambda template: template.key)
def test_the_portals_own_templates_have_no_gap_and_no_clash(wave, official, built_in):
    assert apply(wave, official, built_in.key) == len(built_in.items)
    rows = list(wave.training_sessions.all())
    assert all(one.ends_at == other.starts_at for one, other in pairwise(rows))
    assert {"opening", "material", "discussion", "break", "closing"} <= {row.kind for row in rows}


def test_a_template_does_not_touch_an_agenda(wave, official):
    factories.session(wave=wave)
    with pytest.raises(InputError) as refusal:
        apply(wave, official, "bimtek-sehari")
    assert refusal.value.sentence == "Gelombang ini sudah mempunyai agenda, jadi templat tidak dipakai."
    assert wave.training_sessions.count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Isi nama templat."),
        (" \0 ", "Isi nama templat."),
        ("x" * 121, "Nama templat paling panjang 120 huruf."),
        ("Dua hari", "Sudah ada templat agenda dengan nama ini."),
    ],
)
def test_a_bad_name_is_refused(wave, official, name, sentence):
    two_days(wave)
    save(wave, official)
    with pytest.raises(InputError) as refusal:
        save(wave, official, name=name)
    assert refusal.value.sentence == sentence
    assert AgendaTemplate.objects.count() == AuditEvent.objects.count() == 1


def test_an_empty_agenda_is_no_template(wave, official):
    with pytest.raises(InputError) as refusal:
        save(wave, official)
    assert "belum mempunyai agenda" in refusal.value.sentence


def test_a_region_sees_its_own_templates_and_the_portals(wave, official):
    two_days(wave)
    template = save(wave, official)
    assert [each.name for each in templates_for(TABALONG)] == ["Bimtek sehari", "Retret sehari penuh", "Dua hari"]
    assert len(templates_for(factories.JAMBI)) == 2
    assert template_of(str(template.pk), factories.JAMBI) is None
    for unknown in ("", "abc", "9" * 40, "\0"):
        assert template_of(unknown, TABALONG) is None


def test_a_deleted_template_leaves_the_agendas_made_from_it(wave, official):
    two_days(wave)
    template = save(wave, official)
    for _ in range(2):
        delete_agenda_template(template=template, actor=official, now=NOW)
    assert not AgendaTemplate.objects.exists()
    assert wave.training_sessions.count() == 2
    assert AuditEvent.objects.filter(sentence="Menghapus templat agenda “Dua hari”.").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_templates_used_at_once_one_becomes_the_agenda(wave, official):
    together = threading.Barrier(2)
    outcomes = []

    def press(key):
        try:
            together.wait()
            outcomes.append(apply(wave, official, key))
        except InputError as refusal:
            outcomes.append(refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(built_in.key,)) for built_in in BUILT_IN]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "Gelombang ini sudah mempunyai agenda, jadi templat tidak dipakai." in outcomes
    assert wave.training_sessions.count() in {len(built_in.items) for built_in in BUILT_IN}
