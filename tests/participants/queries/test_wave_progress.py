import pytest

from participants.models import Attendance, Enrolment
from participants.queries.enrolment_list import ANSWER_FILTERS, PRESENT_FILTERS, TOLD_FILTERS, people_of
from participants.queries.reconciliation import wave_numbers
from participants.queries.wave_pages import current_heads, seats_of
from participants.queries.wave_progress import correction_progress
from participants.use_cases.invite_participants import invite_participants
from rtportal.messaging.models import Message
from tests import factories
from tests.participants import announcements

pytestmark = pytest.mark.django_db

MURUNG_PUDAK, JARO = factories.MURUNG_PUDAK, factories.JARO


@pytest.fixture
def official():
    factories.regions("63.09", "15.71")
    return factories.user()


@pytest.fixture
def opened(official):
    """A wave of 8 + 3 heads, one of them without an address; two answered, one came."""
    factories.heads(7, district=MURUNG_PUDAK)
    factories.head(district=MURUNG_PUDAK, number="090", email="", phone="")
    factories.heads(3, district=JARO)
    wave = factories.wave(areas=(MURUNG_PUDAK, JARO))
    session = factories.session(wave=wave)
    invite_participants(wave_id=wave.pk, by=official, now=factories.NOW)
    wave.refresh_from_db()
    first, second = Enrolment.objects.filter(wave=wave, village__code__startswith=JARO).order_by("pk")[:2]
    for person, answer in ((first, "confirmed"), (second, "declined")):
        person.answer, person.answered_at = answer, factories.NOW
        person.save()
    Attendance.objects.create(enrolment=first, session=session, marked_at=factories.NOW, marked_by=official)
    return wave


def funnel(wave, user):
    found = wave_numbers(wave, user, now=factories.NOW)
    return found.districts, found.total


def test_before_the_invitations_open_the_target_is_counted_and_nobody_is_invited(official):
    factories.heads(5, district=MURUNG_PUDAK)
    wave = factories.wave(areas=(MURUNG_PUDAK,))
    districts, total = funnel(wave, official)
    assert [(row.district.name, row.numbers.target) for row in districts] == [("Murung Pudak", 5)]
    assert (total.target, total.invited, total.told, total.answered, total.came) == (5, 0, 0, 0, 0)


def test_substitutes_are_counted_apart(opened, official):
    opened.program.substitute_letter = True
    first, second, third = Enrolment.objects.filter(wave=opened, village__code__startswith=MURUNG_PUDAK)[:3]
    for person, state, letter in (
        (first, "pending", None),
        (second, "approved", None),
        (third, "approved", factories.NOW),
    ):
        person.answer, person.answered_at, person.substitute_name = "represented", factories.NOW, f"Wakil {person.pk}"
        person.substitute_state, person.substitute_letter_at = state, letter
        person.save()
    session = opened.training_sessions.get()
    Attendance.objects.create(enrolment=third, session=session, marked_at=factories.NOW, marked_by=official)
    districts, total = funnel(opened, official)
    assert (total.answered, total.by_substitute, total.to_approve, total.without_letter) == (5, 3, 1, 2)
    assert (total.came, total.represented) == (2, 1)
    assert {row.district.code: row.numbers.by_substitute for row in districts} == {MURUNG_PUDAK: 3, JARO: 0}
    assert people_of(opened, official, answer="wakil-menunggu").get() == first
    opened.program.substitute_letter = False
    assert funnel(opened, official)[1].without_letter == 0


def test_the_funnel_counts_each_kecamatan_and_its_sum(opened, official):
    Message.objects.queued().filter(
        about_id__in=Enrolment.objects.filter(village__code__startswith=MURUNG_PUDAK)
    ).update(state="accepted")
    districts, total = funnel(opened, official)
    rows = {row.district.name: row.numbers for row in districts}
    jaro, murung = rows["Jaro"], rows["Murung Pudak"]
    assert (jaro.target, jaro.invited, jaro.told, jaro.answered, jaro.came) == (3, 3, 2, 2, 1)
    assert (murung.target, murung.invited, murung.told, murung.answered, murung.came) == (8, 8, 7, 0, 0)
    assert (total.target, total.invited, total.told, total.answered, total.came) == (11, 11, 9, 2, 1)


def test_an_operator_sees_the_numbers_of_the_own_kecamatan_only(opened):
    operator = factories.user(role="district_operator", region=JARO)
    districts, total = funnel(opened, operator)
    assert [row.district.name for row in districts] == ["Jaro"]
    assert total.target == total.invited == 3


def test_seats_count_companions_where_they_are_required(official):
    factories.heads(5, district=JARO)
    retreat = factories.program(companions="required")
    wave = factories.wave(program=retreat, areas=(JARO,), venue=factories.venue(capacity=8))
    seats = seats_of(wave)
    assert (seats.heads, seats.needed, seats.capacity, seats.missing) == (5, 10, 8, 2)


def test_heads_in_another_wave_of_the_programme_are_not_counted_again(opened):
    other = factories.wave(program=opened.program, number=2, areas=())
    other.wave_areas.create(program=factories.program(), region_id=f"{MURUNG_PUDAK}.1001")
    assert not current_heads(other).exists()


def test_each_filter_of_the_list_keeps_its_rows(opened, official):
    Message.objects.queued().update(state="accepted")

    def count(**asked):
        return people_of(opened, official, **asked).count()

    assert {value: count(answer=value) for value in ANSWER_FILTERS} == {
        "belum": 9,
        "hadir": 1,
        "wakil": 0,
        "wakil-menunggu": 0,
        "wakil-ditolak": 0,
        "berhalangan": 1,
        "menjawab": 2,
    }
    assert {value: count(told=value) for value in TOLD_FILTERS} == {
        "sudah": 10,
        "antre": 0,
        "manual": 0,
        "surat": 1,
        "menyerah": 0,
    }
    assert {value: count(present=value) for value in PRESENT_FILTERS} == {"ya": 1, "tidak": 10}
    assert count(area=JARO) == 3
    assert count(area="63") == 11
    assert count(answer="apa saja") == 11


def test_the_search_finds_names_and_telephone_numbers(opened, official):
    person = opened.enrolments.filter(village__code__startswith=JARO).first()
    assert people_of(opened, official, search=person.head.name.lower()).get() == person
    local = "0" + person.head.phone.removeprefix("+62")
    assert people_of(opened, official, search=local).get() == person
    assert not people_of(opened, official, search="tidak ada orangnya").exists()


def test_changes_that_were_told_are_counted_by_kind_and_state(official):
    wave = factories.wave()
    assert correction_progress(wave, official) == []
    announcements.invited(wave, 3)
    announcements.deliver()
    factories.publish(announcements.moved(wave))
    Message.objects.filter(pk=announcements.waiting()[0].pk).update(state="failed")
    (line,) = correction_progress(wave, official)
    assert (line.label, line.queued, line.sent, line.failed, line.dropped) == ("Perubahan jadwal", 2, 0, 1, 0)
    assert correction_progress(wave, factories.user(region=factories.JAMBI)) == []
