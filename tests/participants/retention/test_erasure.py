"""Deletion that is granted goes everywhere at once, and takes nobody else's data along."""

from datetime import timedelta

import pytest

from participants.models import (
    DataCorrection,
    DataRequest,
    EnrolmentSuccession,
    RosterUndo,
    RTHead,
)
from participants.retention.erasure import WITHDRAWN_WORDS
from participants.use_cases.answer_data_request import AnswerRefused, answer_data_request
from participants.use_cases.cancel_wave import cancel_wave
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.replace_head import replace_head
from participants.use_cases.request_data import request_data
from rtportal.accounts.row_guard import acting_as
from rtportal.lib.errors import InputError
from rtportal.messaging import leases
from rtportal.messaging.models import DeliveryAttempt, InboxItem, Message, Reply
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.retry_message import retry_message
from rtportal.privacy.retention import GONE
from tests import factories
from tests.factories import NOW
from tests.participants import rosters

pytestmark = pytest.mark.django_db
PHONE, MAIL = "+6281234567890", "ahmad@rt.test"
# After the wave of these tests.
LATER = NOW + timedelta(days=60)
TOLD = ("Ahmad Fauzi", "81234567890", MAIL)
WHERE = (RTHead, Message, DeliveryAttempt, InboxItem, Reply, DataCorrection, RosterUndo)


def traces(*told: str) -> set[str]:
    """The tables in which one of these stands, as the program reads them."""
    return {
        model.__name__
        for model in WHERE
        for row in model.objects.all()
        if any(word in str(row.__dict__) for word in told)
    }


def erase(head: RTHead, *, now=LATER) -> None:
    asked = request_data(head=head, kind="erasure", came_by="letter", note="", by=factories.user(), now=now)
    note, admin = "Dihapus sesuai permintaan.", factories.user(role="admin")
    # PostgreSQL shows and takes no more than in a request of the office.
    with acting_as(admin):
        answer_data_request(request_pk=asked.pk, is_done=True, note=note, by=admin, now=now)


def reply(number: int, address: str, message: Message | None = None) -> Reply:
    return Reply.objects.create(
        channel="email",
        external_id=str(number),
        address=address,
        sender_name=address,
        text=f"Dari {address}",
        received_at=NOW,
        message=message,
        region_code=message.region_code if message else "",
    )


@pytest.fixture
def by():
    factories.regions()
    return factories.user()


@pytest.fixture
def wave(by):
    """Ahmad Fauzi and a neighbour on the same telephone came with rosters, were invited and told."""
    for lately in ("lama.", ""):
        rows = [
            rosters.row(phone=PHONE, email=f"{lately}{MAIL}", nik=rosters.NIK),
            rosters.row(number="6", name="Rusdi", phone=PHONE, email=f"{lately}rusdi@rt.test"),
        ]
        rosters.applied(rosters.xlsx(rows))
    made = factories.wave()
    invite_participants(wave_id=made.pk, by=by, now=NOW)
    deliver_due_messages(now_fn=lambda: NOW)
    return made


def cancelled(wave, by) -> None:
    wave.refresh_from_db()
    cancel_wave(wave=wave, version=wave.version, reason="Banjir", targets={}, actor=by, now=NOW)


def correction(head: RTHead, wave) -> DataCorrection:
    return DataCorrection.objects.create(
        enrolment=wave.enrolments.get(rt=head.rt_id),
        head=head,
        village_id=head.rt.village_id,
        wanted={"name": f"{head.name} S.H."},
        before={"name": head.name},
        note=f"Nama {head.name}",
        state="refused",
        requested_at=NOW,
        due_at=NOW,
        decided_at=NOW,
        decided_by=factories.user(),
        decision_note=f"{head.name} sudah benar",
    )


def test_nothing_of_the_person_is_left_and_everything_of_others_stays(wave, by) -> None:
    ahmad, rusdi = rosters.current(), rosters.current("006")
    for number, head in enumerate((ahmad, rusdi)):
        correction(head, wave)
        reply(number, head.email, Message.objects.get(about_id=wave.enrolments.get(head=head).pk))
        reply(number + 10, head.email)
    reply(20, PHONE)
    replace_head(head=ahmad, name="Nor Hayati", starts_on=NOW.date(), phone="0813-1111-2222", by=by, now=NOW)
    assert traces(*TOLD) == {model.__name__ for model in WHERE} - {"DeliveryAttempt"}
    before = {model: others(model, rusdi) for model in WHERE}
    erase(ahmad)
    assert traces("Ahmad Fauzi", MAIL) == set()
    # The number is the neighbour's as well, and whose reply it was nobody knew.
    for model, rows in before.items():
        assert others(model, rusdi) == rows
    ahmad.refresh_from_db()
    assert (ahmad.name, ahmad.phone) == (GONE, "")
    assert Reply.objects.filter(text=GONE).count() == 2
    mine = DataCorrection.objects.get(head=ahmad)
    assert (mine.state, mine.wanted, mine.before, mine.decision_note) == ("refused", {}, {}, GONE)
    newest = RosterUndo.objects.order_by("pk").last()
    assert [ahmad.pk, {}, ""] in newest.changes["changed"]


def others(model, rusdi: RTHead) -> list[str]:
    """What stands of the neighbour, and of whom nobody knows."""
    seats = list(rusdi.enrolments.values_list("pk", flat=True))
    rows = {
        RTHead: RTHead.objects.exclude(rt__number="005", is_current=False),
        Message: Message.objects.filter(about_id__in=seats),
        DeliveryAttempt: DeliveryAttempt.objects.filter(message__about_id__in=seats),
        InboxItem: InboxItem.objects.filter(message__about_id__in=seats),
        Reply: Reply.objects.filter(address__in=["rusdi@rt.test", PHONE]),
        DataCorrection: DataCorrection.objects.filter(head=rusdi),
    }
    if model is RosterUndo:
        return [str(row) for one in RosterUndo.objects.all() for row in one.changes["changed"] if row[0] == rusdi.pk]
    assert rows[model].exists() or model is DeliveryAttempt
    return [str(list(row.items())) for row in rows[model].order_by("pk").values()]


def test_a_telephone_that_is_nobody_elses_goes_from_replies_of_unknown_senders_too(wave, by) -> None:
    RTHead.objects.filter(rt__number="006").update(phone="")
    ahmad = rosters.current()
    DataCorrection.objects.filter(pk=correction(ahmad, wave).pk).update(before={"email": f"sangat.lama.{MAIL}"})
    reply(1, PHONE)
    reply(2, f"sangat.lama.{MAIL}")
    replace_head(head=ahmad, name="Nor Hayati", starts_on=NOW.date(), by=by, now=NOW)
    Message.objects.filter(about_id=wave.enrolments.get(rt__number="006").pk).update(route=[])
    erase(ahmad)
    assert traces(*TOLD) == set()


def test_what_the_predecessor_was_told_goes_and_what_the_successor_was_told_stays(wave, by) -> None:
    ahmad = rosters.current()
    replace_head(head=ahmad, name="Nor Hayati", email="nor@rt.test", starts_on=NOW.date(), by=by, now=NOW)
    assert EnrolmentSuccession.objects.get().at == Message.objects.earliest("pk").queued_at
    erase(ahmad)
    assert traces(*TOLD[::2]) == set()
    assert Message.objects.get(recipient_name="Nor Hayati").address == "nor@rt.test"


def test_a_message_that_waits_is_withdrawn_and_cannot_be_sent_to_nobody(wave, by) -> None:
    ahmad = rosters.current()
    cancelled(wave, by)
    RTHead.objects.filter(pk=ahmad.pk).update(is_current=False, left_office_on=NOW.date())
    seat = wave.enrolments.get(head=ahmad)
    erase(ahmad)
    waiting = Message.objects.filter(about_id=seat.pk, kind="wave_cancelled").get()
    assert (waiting.state, waiting.detail, waiting.address) == ("withdrawn", WITHDRAWN_WORDS, "")
    deliver_due_messages(now_fn=lambda: LATER)
    assert not InboxItem.objects.filter(message__about_id=seat.pk).exists()
    with pytest.raises(InputError, match="Batas waktu"):
        retry_message(message=waiting, over="same", by=by, now=LATER)


def test_nobody_is_deleted_while_a_message_to_them_is_under_way(wave, by) -> None:
    ahmad = rosters.current()
    cancelled(wave, by)
    leases.claim(now=LATER, size=50)
    RTHead.objects.filter(pk=ahmad.pk).update(is_current=False, left_office_on=NOW.date())
    with pytest.raises(AnswerRefused, match="sedang dikirim"):
        erase(ahmad)
    ahmad.refresh_from_db()
    assert (ahmad.name, DataRequest.objects.get().state) == ("Ahmad Fauzi", "open")


def test_an_import_that_replaced_them_cannot_bring_them_back(by) -> None:
    rosters.applied(rosters.xlsx([rosters.row(phone=PHONE, email=MAIL)]))
    made = rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK)]))
    erase(RTHead.objects.get(name="Ahmad Fauzi"), now=NOW)
    assert traces(*TOLD) == set()
    assert rosters.undone(made).stayed == 1
    assert rosters.current().name == "Nor Hayati"
    assert "sudah dimusnahkan" in made.preview["undone"]["stays"][0][2]
