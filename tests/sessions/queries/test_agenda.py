"""Agendas as pages read them."""

from datetime import time, timedelta

import pytest

from sessions.models import SessionSpeaker
from sessions.queries import agenda, waves_to_copy_from
from tests import factories


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def test_an_agenda_stands_in_order_of_time_with_speakers_before_the_moderator(wave):
    bnnk = factories.speaker(institution="BNNK Tabalong")
    camat = factories.speaker(position="Camat Murung Pudak")
    later = factories.session(wave=wave, title="Tupoksi RT", starts=time(10, 0))
    first = factories.session(wave=wave, title="Pencegahan narkoba", starts=time(9, 0))
    SessionSpeaker.objects.create(session=first, speaker=camat, role="moderator", status="confirmed")
    SessionSpeaker.objects.create(session=first, speaker=bnnk, status="tentative")
    items = agenda(wave.pk)
    assert [item.session for item in items] == [first, later]
    assert [(part.title, part.institution, part.is_unsure, part.role) for part in items[0].speakers] == [
        ("Kepala BNNK Tabalong", "BNNK Tabalong", True, "Narasumber"),
        ("Camat Murung Pudak", "", False, "Moderator"),
    ]
    assert items[1].speakers == []


def test_an_agenda_takes_two_queries_however_long_it_is(wave, django_assert_num_queries):
    for number in range(5):
        factories.session(wave=wave, title=f"Sesi {number}", speakers=[factories.speaker(), factories.speaker()])
    with django_assert_num_queries(2):
        assert sum(len(item.speakers) for item in agenda(wave.pk)) == 10


def test_an_agenda_is_offered_for_copying_from_siblings_first(wave):
    empty = factories.wave(program=wave.program, number=2, areas=())
    later = factories.wave(on=factories.WAVE_DAY + timedelta(days=7))
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI), areas=())
    for source in (wave, later, elsewhere):
        factories.session(wave=source)
    assert list(waves_to_copy_from(empty, factories.user())) == [wave, later]
