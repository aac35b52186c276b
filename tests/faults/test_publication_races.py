"""Two officials who publish at the same instant, and a speaker who says yes meanwhile: one wins, the other is told."""

import pytest
from django.db import DatabaseError

from participants.schedule_change import Acceptance, preview_change
from programs.errors import Refusal
from programs.models import HallBooking, Wave, WavePublication
from programs.use_cases.publish_schedule import publish_schedule
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases.set_speaker_status import set_speaker_status
from tests import factories
from tests.factories import NOW
from tests.infra.together import together

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

# A race is lost or won by chance, so it is run often enough.
ROUNDS = 8


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def draft(**fields) -> Wave:
    made = factories.wave(areas=(), published=False, **fields)
    return Wave.objects.select_related("program__region", "venue", "publication").get(pk=made.pk)


def publishing(wave: Wave):
    """A job that publishes the wave as the official saw it before the race."""
    preview = preview_change(wave, reminders_before={})
    seen = Acceptance(preview.token, frozenset(clash.key for clash in preview.warnings))
    return lambda: publish_schedule(wave=wave, version=wave.version, acceptance=seen, actor=None, now=NOW)


def kinds(answers: list) -> list[type]:
    return sorted((type(answer) for answer in answers), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("number", [2, 3])
def test_of_those_who_publish_into_one_hall_at_once_exactly_one_has_it(number):
    for _ in range(ROUNDS):
        hall = factories.venue()
        answers = together(*[publishing(draft(venue=hall)) for _ in range(number)])
        assert kinds(answers) == [Refusal] * (number - 1) + [WavePublication], answers
        for refusal in (answer for answer in answers if isinstance(answer, Refusal)):
            # Who looked again after the first had won is told of a wave that is published now.
            assert hall.name in refusal.sentence or "berubah sejak" in refusal.sentence
        assert HallBooking.objects.filter(venue=hall).count() == 1
        assert Wave.objects.filter(venue=hall).published().count() == 1


def test_of_two_who_publish_the_same_speaker_at_once_exactly_one_has_them():
    for _ in range(ROUNDS):
        who = factories.speaker()
        waves = [draft() for _ in range(2)]
        for wave in waves:
            factories.session(wave=wave, speakers=[who])
        answers = together(*map(publishing, waves))
        assert kinds(answers) == [Refusal, WavePublication], answers
        [refusal] = [answer for answer in answers if isinstance(answer, Refusal)]
        assert str(who) in refusal.sentence
        assert SpeakerBooking.objects.filter(speaker=who).count() == 1


def test_two_speakers_in_opposite_order_do_not_wait_for_each_other():
    for _ in range(ROUNDS):
        first, second = factories.speaker(), factories.speaker(position="Dandim 1008/Tabalong")
        waves = [draft(on=factories.WAVE_DAY), draft(on=factories.WAVE_DAY.replace(day=9))]
        for wave, speakers in zip(waves, ([first, second], [second, first]), strict=True):
            for index, who in enumerate(speakers):
                factories.session(wave=wave, room=f"R{index}", speakers=[who])
        assert kinds(together(*map(publishing, waves))) == [WavePublication, WavePublication]


def test_the_same_wave_published_twice_at_once_has_one_version():
    for _ in range(ROUNDS):
        wave = draft()
        answers = together(publishing(wave), publishing(wave))
        assert kinds(answers) == [Refusal, WavePublication], answers
        assert wave.publications.count() == 1


def test_a_yes_and_a_publication_at_once_take_the_speaker_once():
    for _ in range(ROUNDS):
        official, who = factories.user(), factories.speaker()
        known, other = factories.wave(areas=()), draft()
        factories.session(wave=known, speakers=[who])
        SessionSpeaker.objects.filter(session__wave=known).update(status="invited")
        factories.publish(known)
        part = SessionSpeaker.objects.get(session__wave=known)
        factories.session(wave=other, speakers=[who])
        answers = together(
            publishing(other),
            lambda part=part, official=official: set_speaker_status(
                part=part, status="confirmed", actor=official, now=NOW
            ),
        )
        assert sum(isinstance(answer, Refusal) for answer in answers) == 1, answers
        assert not [answer for answer in answers if isinstance(answer, DatabaseError)]
        assert SpeakerBooking.objects.filter(speaker=who).count() == 1


def test_the_database_itself_takes_no_second_booking_at_the_same_instant():
    """Should code ever forget to ask before, no two rows stand there."""
    for _ in range(ROUNDS):
        hall = factories.venue()
        jobs = []
        for _ in range(2):
            wave = draft(venue=hall)
            row = HallBooking(venue=hall, wave=wave, starts_at=wave.starts_at, ends_at=wave.ends_at)
            jobs.append(row.save)
        answers = together(*jobs)
        # PostgreSQL may find that both wait for each other and end one of them: the locks of the use cases avoid that.
        assert answers.count(None) == 1
        assert sum(isinstance(answer, DatabaseError) for answer in answers) == 1
        assert HallBooking.objects.filter(venue=hall).count() == 1
