"""Speakers as pages list them."""

from datetime import time, timedelta

import pytest

from programs.models import Wave
from sessions.queries.speakers import coming_parts, institutions, sessions_of, speakers
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def titles(official, now=NOW) -> dict[str, list[str]]:
    found = coming_parts(speakers(official), official, now)
    return {str(who): [part.session.title for part in found[who.pk]] for who in speakers(official)}


def test_speakers_carry_their_number_of_sessions_and_those_to_come(wave):
    who, idle = factories.speaker(), factories.speaker(position="Dandim 1008/Tabalong")
    factories.session(wave=wave, title="Pagi", starts=time(9, 0), speakers=[who])
    factories.session(wave=wave, title="Siang", starts=time(13, 0), speakers=[who])
    official = factories.user()
    assert [(row, row.session_count) for row in speakers(official).order_by("-session_count")] == [(who, 2), (idle, 0)]
    assert titles(official) == {str(who): ["Pagi", "Siang"], str(idle): []}
    assert titles(official, wave.starts_at + timedelta(hours=3))[str(who)] == ["Siang"]


def test_nothing_of_a_cancelled_wave_is_to_come(wave):
    who = factories.speaker()
    factories.session(wave=wave, speakers=[who])
    Wave.objects.update(cancelled_at=NOW)
    assert titles(factories.user()) == {str(who): []}


def test_sessions_out_of_sight_are_not_counted(wave):
    shared = factories.speaker(region=factories.JAMBI)
    factories.session(wave=wave, speakers=[shared])
    neighbour = factories.user(region=factories.JAMBI)
    assert speakers(neighbour).get(pk=shared.pk).session_count == 0
    assert titles(neighbour) == {str(shared): []}
    assert not sessions_of(shared, neighbour)


def test_institutions_are_named_once_and_choose(wave):
    who = factories.speaker(institution="BNN")
    factories.speaker(position="Camat", institution="Pemkab")
    factories.speaker(position="Penyuluh", institution="BNN")
    official = factories.user()
    assert institutions(official) == ["BNN", "Pemkab"]
    assert institutions(factories.user(region=factories.JAMBI)) == []
    assert who in speakers(official, institution="BNN")
    assert speakers(official, institution="BNN").count() == 2


def test_topics_are_searched_too(wave):
    who = factories.speaker(topics="Bahaya narkoba, Rehabilitasi")
    factories.speaker(position="Camat")
    assert list(speakers(factories.user(), search="rehab")) == [who]


def test_every_word_of_a_search_must_occur_somewhere(wave):
    who = factories.speaker(name="Ahmad Rifani", position="Kepala BNNK", institution="BNN Tabalong")
    factories.speaker(name="Ahmad Yani", position="Camat")
    official = factories.user()
    assert list(speakers(official, search="ahmad tabalong")) == [who]
    assert not speakers(official, search="ahmad 100%")
