"""Shares of the learning time, and who has earned a certificate."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from participants.certificates import attendance_shares, eligible, standings
from participants.models import Attendance, Enrolment
from programs.models import PaperSettings
from sessions.models import TrainingSession
from tests import factories
from tests.factories import NOW
from tests.participants.certified import after, attended, taught_wave
from tests.participants.papers import enrol_many


@pytest.fixture
def official(db):
    return factories.user(region=None)


def share(wave, person) -> int:
    return attendance_shares(wave)[person.pk]


def test_the_share_is_that_of_the_learning_time_breaks_and_ceremonies_apart(official):
    wave, hour, (whole, part, none) = taught_wave()
    factories.session(wave=wave, starts=time(10), minutes=120, kind=TrainingSession.Kind.DISCUSSION)
    opening = factories.session(wave=wave, starts=time(8), minutes=60, kind=TrainingSession.Kind.OPENING)
    for session in wave.training_sessions.all():
        attended(session, whole, by=official)
    attended(hour, part, by=official)
    attended(opening, none, by=official)
    assert attendance_shares(wave) == {whole.pk: 100, part.pk: 33, none.pk: 0}


def test_recorded_minutes_count_instead_of_the_whole_session(official):
    wave, session, (first, second, _) = taught_wave()
    attended(session, first, by=official, minutes=44)
    attended(session, second, by=official, minutes=999)
    assert (share(wave, first), share(wave, second)) == (73, 100)


def test_only_the_sessions_of_the_own_group_count_however_its_name_is_typed(official):
    wave, together, (in_a, in_b, free) = taught_wave()
    of_a = factories.session(wave=wave, starts=time(10), group="Kelompok A")
    of_b = factories.session(wave=wave, starts=time(10), minutes=180, group="Kelompok B")
    Enrolment.objects.filter(pk=in_a.pk).update(group="kelompok  a")
    Enrolment.objects.filter(pk=in_b.pk).update(group="Kelompok B")
    attended(together, in_a, in_b, free, by=official)
    attended(of_a, in_a, in_b, free, by=official)
    attended(of_b, in_a, by=official)
    assert attendance_shares(wave) == {in_a.pk: 100, in_b.pk: 25, free.pk: 100}


def test_a_wave_without_learning_sessions_certifies_nothing(official):
    wave, session, people = taught_wave()
    attended(session, *people, by=official)
    TrainingSession.objects.update(kind=TrainingSession.Kind.OPENING)
    assert set(attendance_shares(wave).values()) == {0}
    assert eligible(wave, now=after(wave)) == []


def test_it_is_earned_from_three_quarters_or_the_programmes_own_share_on_when_the_wave_is_over(official):
    wave, session, (enough, short, _) = taught_wave()
    attended(session, enough, by=official, minutes=45)
    attended(session, short, by=official, minutes=44)
    assert [one.holder for one in eligible(wave, now=after(wave))] == [enough.head.full_name]
    assert eligible(wave, now=session.ends_at) == []
    PaperSettings.objects.create(program=wave.program, certificate_share=73)
    assert len(eligible(wave, now=after(wave))) == 2
    wave.cancelled_at = NOW
    assert eligible(wave, now=after(wave)) == []


def test_a_substitute_has_it_in_the_own_name_and_who_goes_on_elsewhere_has_none(official):
    wave, session, (first, second, absent) = taught_wave()
    attended(session, first, second, by=official)
    Enrolment.objects.filter(pk=first.pk).update(answer="represented", answered_at=NOW, substitute_name="Budi Santoso")
    Enrolment.objects.filter(pk=second.pk).update(superseded_at=NOW)
    by_key = {one.enrolment_id: one for one in standings(wave)}
    substitute = by_key[first.pk]
    assert (substitute.holder, substitute.represents) == ("Budi Santoso", first.head.full_name)
    assert "gelombang lain" in by_key[second.pk].hindrance
    assert "kurang dari 75%" in by_key[absent.pk].hindrance
    assert [one.enrolment_id for one in eligible(wave, now=after(wave))] == [first.pk]


def test_the_queries_do_not_grow_with_the_people(official):
    wave, session, people = taught_wave()
    attended(session, *people, by=official)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            eligible(wave, now=after(wave))
        counts.append(len(queries))
        numbers = range(100 * len(counts), 100 * len(counts) + 30)
        enrol_many(wave, [factories.head(number=f"{number}", phone=f"+62812990{number:04d}") for number in numbers])
    assert counts == [5, 5]


class TestAnyAgenda(TestCase):
    """Sessions of any length that may overlap, in groups or for all, and any presences."""

    slots = st.lists(
        st.tuples(
            st.integers(8, 15), st.integers(1, 150), st.sampled_from(["", "A", "B"]), st.sampled_from([None, 0, 30, 90])
        ),
        min_size=1,
        max_size=6,
    )

    @settings(max_examples=25, deadline=None)
    @given(slots=slots, group=st.sampled_from(["", "A", "B"]), seen=st.sets(st.integers(0, 5)), more=st.integers(0, 5))
    def test_shares_lie_between_none_and_all_and_coming_to_more_never_lowers_them(self, slots, group, seen, more):
        wave, first, [person] = taught_wave(1)
        first.delete()
        by = factories.user(region=None)
        Enrolment.objects.update(group=group)
        sessions = [factories.session(wave=wave, starts=time(h), minutes=m, group=g) for h, m, g, _ in slots]
        for number in seen & set(range(len(slots))):
            attended(sessions[number], person, by=by, minutes=slots[number][3])
        before = share(wave, person)
        if more < len(slots) and more not in seen:
            attended(sessions[more], person, by=by, minutes=slots[more][3])
        assert 0 <= before <= share(wave, person) <= 100
        Attendance.objects.all().delete()
        assert share(wave, person) == 0
        attended_all = [session for session in sessions if not group or session.group in ("", group)]
        for session in attended_all:
            attended(session, person, by=by)
        assert share(wave, person) == (100 if attended_all else 0)
