from datetime import timedelta

import pytest

from participants.models import Attendance, Certificate, Enrolment, Payment, RTHead
from participants.queries.reconciled_people import HEAD_RULES, RULES, SUMS
from participants.queries.reconciliation import people_in, program_numbers, wave_numbers
from participants.use_cases.invite_absent import invite_absent
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.move_participants import move_participants
from tests import factories

pytestmark = pytest.mark.django_db

MURUNG_PUDAK, JARO, MUARA_UYA = factories.MURUNG_PUDAK, factories.JARO, factories.MUARA_UYA
BEFORE = factories.NOW
AFTER = BEFORE + timedelta(days=60)


@pytest.fixture
def official():
    factories.regions("63.09", "15.71")
    return factories.user()


@pytest.fixture
def program(official):
    """Two waves of 4 and 3 heads, both invited, and 2 heads in a kecamatan of no wave."""
    made = factories.program()
    for district, people, number in ((MURUNG_PUDAK, 4, 1), (JARO, 3, 2)):
        factories.heads(people, district=district)
        wave = factories.wave(program=made, areas=(district,), number=number, on=factories.WAVE_DAY)
        factories.session(wave=wave)
        invite_participants(wave_id=wave.pk, by=official, now=BEFORE)
    factories.heads(2, district=MUARA_UYA)
    return made


def waves_of(program):
    return list(program.waves.select_related("program__region").order_by("number"))


def people(wave):
    return list(Enrolment.objects.filter(wave=wave).order_by("pk"))


def come(enrolment, official):
    session = enrolment.wave.training_sessions.first()
    Attendance.objects.create(enrolment=enrolment, session=session, marked_at=BEFORE, marked_by=official)


def every_number(subject, user, now=AFTER):
    total = (program_numbers if hasattr(subject, "waves") else wave_numbers)(subject, user, now=now).total
    return {name: getattr(total, name) for name in (*HEAD_RULES, *RULES, *SUMS)}


def assert_it_adds_up(subject, user, now=AFTER):
    found = (program_numbers if hasattr(subject, "waves") else wave_numbers)(subject, user, now=now).total
    outside = found.from_outside + found.continued + found.vacant
    assert found.allocated == found.target - found.elsewhere - found.stranded - found.unplaced + outside
    assert found.allocated == found.invited + found.uninvited
    assert found.invited == found.present + found.represented + found.absent + found.pending
    assert found.invited == found.told + found.untold == found.answered + found.unanswered
    for name in (*HEAD_RULES, *RULES, *SUMS):
        assert people_in(subject, user, name, now=now).count() == getattr(found, name), name


def test_a_programme_counts_heads_with_and_without_a_wave(program, official):
    found = every_number(program, official, BEFORE)
    assert (found["target"], found["allocated"], found["invited"], found["unplaced"]) == (9, 7, 7, 2)
    assert (found["absent"], found["pending"]) == (0, 7)
    assert_it_adds_up(program, official, BEFORE)


def test_when_a_wave_is_over_whoever_was_in_no_session_is_absent(program, official):
    wave = waves_of(program)[0]
    first, second, third, _ = people(wave)
    come(first, official)
    Enrolment.objects.filter(pk=second.pk).update(answer="represented", answered_at=BEFORE, substitute_name="Rusdi")
    come(second, official)
    Certificate.objects.create(
        enrolment=first, program=program, serial=1, number="1", holder="a", share=100, check_code="a",
        issued_at=AFTER, issued_by=official,
    )  # fmt: skip
    Certificate.objects.create(
        enrolment=second, program=program, serial=2, number="2", holder="b", share=100, check_code="b",
        issued_at=AFTER, issued_by=official, revoked_at=AFTER, revoked_by=official,
    )  # fmt: skip
    for person in (first, third):
        Payment.objects.create(enrolment=person, amount=1, received_by="a", paid_at=AFTER, recorded_by=official)
    found = every_number(wave, official)
    assert [found[name] for name in ("present", "represented", "absent", "certified", "paid")] == [1, 1, 2, 1, 2]
    assert (found["uncertified"], found["unpaid"], found["paid_absent"]) == (1, 1, 1)
    assert_it_adds_up(wave, official)
    assert_it_adds_up(program, official)


def test_somebody_who_moved_is_in_the_later_wave_and_once_in_the_programme(program, official):
    first, second = waves_of(program)
    move_participants(
        enrolment_ids=[people(first)[0].pk],
        from_wave_id=first.pk,
        to_wave_id=second.pk,
        actor=official,
        now=BEFORE,
    )
    one, other = every_number(first, official), every_number(second, official)
    assert (one["target"], one["elsewhere"], one["allocated"], one["invited"]) == (4, 1, 3, 3)
    assert (other["target"], other["from_outside"], other["allocated"], other["invited"]) == (3, 1, 4, 4)
    assert every_number(program, official)["invited"] == 7
    for subject in (first, second, program):
        assert_it_adds_up(subject, official)


def test_whoever_was_absent_and_is_continued_stays_absent_there_and_counts_once_in_the_programme(program, official):
    first, second = waves_of(program)
    come(people(first)[0], official)
    later = factories.wave(
        program=program, areas=(), number=3, is_catch_up=True, on=factories.WAVE_DAY + timedelta(days=30)
    )
    invite_absent(wave_id=first.pk, to_wave_id=later.pk, actor=official, now=first.ends_at)
    later.refresh_from_db()
    now = first.ends_at
    one, third, whole = (every_number(subject, official, now) for subject in (first, later, program))
    assert (one["invited"], one["present"], one["absent"], one["elsewhere"]) == (4, 1, 3, 0)
    # Nobody has opened its invitations yet.
    assert (third["target"], third["continued"], third["allocated"], third["invited"]) == (0, 3, 3, 0)
    assert (whole["allocated"], whole["invited"], whole["absent"]) == (7, 4, 3)
    invite_participants(wave_id=later.pk, by=official, now=now)
    assert every_number(program, official, now)["invited"] == 7
    for subject in (first, second, later, program):
        assert_it_adds_up(subject, official, now)


def test_a_cancelled_wave_gives_nobody_a_place_in_the_programme(program, official):
    first = waves_of(program)[0]
    program.waves.filter(pk=first.pk).update(cancelled_at=BEFORE)
    first.wave_areas.all().delete()
    first.refresh_from_db()
    found = every_number(program, official)
    assert (found["target"], found["stranded"], found["allocated"], found["invited"]) == (9, 4, 3, 3)
    listed = every_number(first, official)
    assert (listed["invited"], listed["absent"], listed["pending"]) == (4, 0, 4)
    for subject in (first, program):
        assert_it_adds_up(subject, official)


def test_a_place_belongs_to_the_office_whoever_holds_it(program, official):
    wave = waves_of(program)[0]
    succeeded, vacant = (person.head for person in people(wave)[:2])
    RTHead.objects.filter(pk__in=[succeeded.pk, vacant.pk]).update(is_current=False)
    RTHead.objects.create(rt=succeeded.rt, name="Pengganti")
    found = every_number(wave, official)
    assert (found["target"], found["vacant"], found["waiting"], found["invited"]) == (3, 1, 0, 4)
    assert_it_adds_up(wave, official)
    assert_it_adds_up(program, official)


def test_newcomers_wait_for_their_invitation(program, official):
    wave = waves_of(program)[1]
    factories.head(district=JARO, number="077")
    found = every_number(wave, official)
    assert (found["target"], found["allocated"], found["invited"], found["uninvited"]) == (4, 4, 3, 1)
    assert people_in(wave, official, "uninvited", now=AFTER).get().rt.number == "077"
    assert_it_adds_up(wave, official)
    assert_it_adds_up(program, official)


def test_an_operator_sees_the_own_kecamatan_only_and_the_areas_add_up(program, official):
    operator = factories.user(role="district_operator", region=JARO)
    mine = program_numbers(program, operator, now=BEFORE)
    assert [row.district.name for row in mine.districts] == ["Jaro"]
    assert mine.total.target == mine.total.invited == 3
    assert not people_in(program, operator, "invited", MURUNG_PUDAK, now=BEFORE).exists()
    whole = program_numbers(program, official, now=BEFORE)
    for row in whole.districts:
        assert sum(one.numbers.invited for one in row.villages) == row.numbers.invited
        assert people_in(program, official, "invited", row.district.code, now=BEFORE).count() == row.numbers.invited
    assert sum(row.numbers.allocated for row in whole.districts) == whole.total.allocated


def test_the_number_of_queries_does_not_grow(program, official, django_assert_num_queries):
    official.assignments.exists()
    wave = waves_of(program)[0]
    wave_numbers(wave, official)
    with django_assert_num_queries(5):
        wave_numbers(wave, official)
    with django_assert_num_queries(4):
        program_numbers(program, official)
    factories.heads(40, district=factories.TANJUNG)
    with django_assert_num_queries(4):
        program_numbers(program, official)
