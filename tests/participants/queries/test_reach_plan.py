"""Every invited head is in exactly one of five, whatever became of their invitations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Enrolment
from participants.queries.enrolment_list import TOLD_FILTERS, people_of
from participants.queries.reach_plan import BUCKETS, reach_plan, reason_words, with_reach
from rtportal.messaging.models import REACHED, Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(factories.TABALONG)
    return factories.user()


def message(enrolment: Enrolment, number: int = 0, **fields) -> Message:
    """An invitation as it may stand."""
    values = {"kind": "invitation", "state": "queued", "channel": "inbox", "route": []} | fields
    if values["state"] == "sending":
        values |= {"lease": "x", "lease_until": NOW}
    return Message.objects.create(
        dedupe_key=f"invitation:{enrolment.pk}:{number}",
        address="a@rt.test",
        recipient_name="A",
        region_code=enrolment.village_id,
        group=f"wave:{enrolment.wave_id}",
        about_id=enrolment.pk,
        queued_at=NOW,
        due_at=NOW,
        **values,
    )


def expected(enrolment: Enrolment, messages: list[dict]) -> str:
    """The rules as an official would say them."""
    if enrolment.answer:
        return "told"
    if not messages:
        return "given_up"
    newest = messages[-1]
    if newest["state"] in REACHED:
        return "told"
    if newest["state"] == "unknown":
        return "manual"
    if newest["state"] == "task":
        return "letter" if newest["channel"] == "letter" else "manual"
    is_followed = newest["state"] == "failed" and newest["route"] and not newest["passed_on_at"]
    return "queued" if newest["state"] in {"queued", "sending"} or is_followed else "given_up"


ROWS = st.fixed_dictionaries(
    {
        "state": st.sampled_from(Message.State.values),
        "channel": st.sampled_from(["whatsapp", "gateway", "email", "inbox", "manual", "letter"]),
        "route": st.sampled_from([[], [["letter", "RT 001"]]]),
        "failure": st.sampled_from(["", *Message.Failure.values]),
        "passed_on_at": st.sampled_from([None, NOW]),
    }
)
PEOPLE = st.lists(st.tuples(st.sampled_from(["", "", "confirmed", "declined"]), st.lists(ROWS, max_size=3)), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_the_five_numbers_add_up_to_the_invited_and_nobody_is_in_two(official, people):
    Message.objects.all().delete()
    Enrolment.objects.all().delete()
    wave = factories.wave(areas=())
    wanted = dict.fromkeys(BUCKETS, 0)
    for index, (answer, messages) in enumerate(people):
        head = factories.head(district=(JARO, MURUNG_PUDAK)[index % 2], number=f"{wave.pk % 900:03d}{index}")
        answered = {"answer": answer, "answered_at": NOW} if answer else {}
        enrolment = factories.enrolment(wave=wave, head=head, **answered)
        for number, fields in enumerate(messages):
            message(enrolment, number, **fields)
        wanted[expected(enrolment, messages)] += 1
    plan = reach_plan(wave, official)
    assert {bucket: getattr(plan.total, bucket) for bucket in BUCKETS} == wanted
    assert plan.total.invited == len(people) == sum(row.standing.invited for row in plan.districts)
    for bucket in BUCKETS:
        assert sum(getattr(row.standing, bucket) for row in plan.districts) == wanted[bucket]
    assert sum(plan.total.reasons.values()) == plan.total.given_up
    assert "" not in plan.total.reasons
    # The bars open exactly the people they count.
    filters = dict(zip(TOLD_FILTERS, BUCKETS, strict=True))
    assert {bucket: people_of(wave, official, told=value).count() for value, bucket in filters.items()} == wanted


def test_the_reasons_are_said_in_words(official):
    wave = factories.wave(areas=())
    states = [
        {"state": "failed", "failure": "address"},
        {"state": "failed"},
        {"state": "expired"},
        {"state": "withdrawn"},
        None,
    ]
    for index, fields in enumerate(states):
        enrolment = factories.enrolment(wave=wave, head=factories.head(number=f"{index:03d}"))
        if fields:
            message(enrolment, **fields)
    assert reach_plan(wave, official).total.reasons == {
        "alamat atau nomor tidak dapat dipakai": 1,
        "pengirimannya gagal": 1,
        "terlambat: waktunya habis sebelum terkirim": 1,
        "undangannya ditarik": 1,
        "tidak ada saluran dalam rantai yang menjangkau mereka": 1,
    }
    assert reason_words("told") == ""


def test_a_reminder_is_no_invitation(official):
    wave = factories.wave(areas=())
    message(factories.enrolment(wave=wave, head=factories.head()), kind="reminder_unanswered", state="accepted")
    assert with_reach(Enrolment.objects.all()).get().reach == "given_up:none"


def test_an_operator_counts_the_own_kecamatan_only(official):
    wave = factories.wave(areas=())
    for index, district in enumerate((JARO, MURUNG_PUDAK)):
        factories.enrolment(wave=wave, head=factories.head(district=district, number=f"{index:03d}"))
    operator = factories.user(role="district_operator", region=JARO)
    assert reach_plan(wave, operator).total.invited == 1
    assert [row.district.code for row in reach_plan(wave, operator).districts] == [JARO]


def test_many_people_cost_as_many_queries_as_one(official):
    wave = factories.wave(areas=())
    # What they may see is read once.
    reach_plan(wave, official)
    counts = []
    for people in (1, 30):
        for index in range(people):
            message(factories.enrolment(wave=wave, head=factories.head(number=f"{people}{index:03d}")))
        with CaptureQueriesContext(connection) as queries:
            reach_plan(wave, official)
        counts.append(len(queries))
    assert counts == [2, 2]


@pytest.mark.parametrize("state", ["withdrawn", "failed", "task", "sending"])
def test_who_got_an_earlier_link_after_all_was_told(official, state):
    enrolment = factories.enrolment(wave=factories.wave(areas=()), head=factories.head())
    first = message(enrolment, state="delivered", passed_on_at=NOW)
    second = message(enrolment, 1, state=state)
    Message.objects.filter(pk=second.pk).update(dedupe_key=f"{first.dedupe_key}@inbox")
    assert with_reach(Enrolment.objects.all()).get().reach == "told"


def test_a_new_link_is_not_told_because_the_old_one_was(official):
    enrolment = factories.enrolment(wave=factories.wave(areas=()), head=factories.head())
    message(enrolment, state="delivered")
    message(enrolment, 1, state="queued")
    assert with_reach(Enrolment.objects.all()).get().reach == "queued"
