"""Speakers as pages list them."""

from datetime import time, timedelta

import pytest

from sessions.models import SessionSpeaker
from sessions.queries import speakers
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def test_speakers_carry_their_number_of_sessions_and_the_next_one(wave):
    who, idle = factories.speaker(), factories.speaker(position="Dandim 1008/Tabalong")
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    after = factories.session(wave=wave, starts=time(13, 0), speakers=[who])
    official = factories.user()
    busy, free = speakers(official, now=wave.starts_at + timedelta(hours=3)).order_by("-session_count")
    assert (busy, busy.session_count, busy.next_session_id, busy.has_tentative) == (who, 2, after.pk, False)
    assert (free, free.session_count, free.next_session_id) == (idle, 0, None)


def test_a_doubt_about_a_session_that_is_over_is_no_longer_shown(wave):
    factories.session(wave=wave, speakers=[factories.speaker()])
    SessionSpeaker.objects.update(status="tentative")
    official = factories.user()
    assert speakers(official, now=NOW).get().has_tentative
    assert not speakers(official, now=wave.ends_at).get().has_tentative


def test_sessions_out_of_sight_are_not_counted(wave):
    shared = factories.speaker(region=factories.JAMBI)
    factories.session(wave=wave, speakers=[shared])
    neighbour = factories.user(region=factories.JAMBI)
    seen = speakers(neighbour, now=NOW).get(pk=shared.pk)
    assert (seen.session_count, seen.next_session_id) == (0, None)


def test_every_word_of_a_search_must_occur_somewhere(wave):
    who = factories.speaker(name="Ahmad Rifani", position="Kepala BNNK", institution="BNN Tabalong")
    factories.speaker(name="Ahmad Yani", position="Camat")
    official = factories.user()
    assert list(speakers(official, search="ahmad tabalong", now=NOW)) == [who]
    assert not speakers(official, search="ahmad 100%", now=NOW)
