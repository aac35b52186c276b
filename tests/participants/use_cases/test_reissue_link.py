import pytest

from participants.models import Enrolment, RetiredPass, RTHead
from participants.use_cases.reissue_link import ReissueRefused, reissue_link
from rtportal.audit.models import AuditEvent
from rtportal.messaging import leases
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(db):
    factories.regions(MURUNG_PUDAK)
    return factories.user()


def enrolled(email: str = "ahmad@rt.test") -> Enrolment:
    return factories.enrolment(wave=factories.wave(), head=factories.head(email=email))


def test_the_old_link_dies_and_the_new_one_opens(official, client):
    enrolment = enrolled()
    old = factories.personal_path(enrolment)
    assert reissue_link(enrolment=enrolment, by=official, now=NOW)
    new = factories.personal_path(Enrolment.objects.get())
    assert new != old
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200


def test_what_died_is_remembered_with_why(official):
    enrolment = enrolled()
    first = (enrolment.link_hash, enrolment.short_code)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    Enrolment.objects.update(link_revoked_at=NOW)
    second = Enrolment.objects.values_list("link_hash", "short_code").get()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    dead = RetiredPass.objects.order_by("pk").values_list("link_hash", "short_code", "cause")
    assert list(dead) == [(*first, "reissued"), (*second, "revoked")]


def test_two_officials_who_read_the_same_link_both_replace_it(official):
    one, same = (Enrolment.objects.select_related("head__rt").get(pk=pk) for pk in [enrolled().pk] * 2)
    reissue_link(enrolment=one, by=official, now=NOW)
    reissue_link(enrolment=same, by=official, now=NOW)
    assert RetiredPass.objects.count() == 2


def test_it_goes_to_the_address_that_holds_now(official):
    enrolment = enrolled()
    # Put right after the page was read.
    RTHead.objects.update(email="baru@rt.test")
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert Message.objects.get().address == "baru@rt.test"


def test_a_new_invitation_is_written_each_time(official):
    enrolment = enrolled()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    first = Message.objects.get()
    assert first.dedupe_key == f"invitation:{enrolment.pk}:{enrolment.link_id}"
    Message.objects.update(state="accepted")
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert sorted(Message.objects.values_list("state", flat=True)) == ["accepted", "queued"]
    assert AuditEvent.objects.filter(action="link.reissued", subject=enrolment.wave.group).count() == 2


def test_an_invitation_that_still_waits_is_replaced_so_nobody_gets_two(official):
    enrolment = enrolled()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert sorted(Message.objects.values_list("state", flat=True)) == ["queued", "withdrawn"]


def test_a_revoked_link_is_replaced_by_one_that_works(official, client):
    enrolment = enrolled()
    Enrolment.objects.update(link_revoked_at=NOW)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert client.get(factories.personal_path(enrolment)).status_code == 200


def test_a_head_without_an_address_is_told_by_an_operator(official):
    assert reissue_link(enrolment=enrolled(email=""), by=official, now=NOW) is True
    assert Message.objects.get().channel == "manual"


def test_a_task_in_somebodys_hands_shows_the_old_link_and_is_called_off(official):
    enrolment = enrolled(email="")
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    Message.objects.update(started_at=NOW)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "task"]


def test_an_older_one_that_a_worker_gives_back_does_not_go_out_beside_the_new_one(official):
    enrolment = enrolled()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    lease = leases.claim(now=NOW, size=10)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    leases.release(lease, lease.messages)
    deliver_due_messages(now_fn=lambda: NOW)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "accepted"]


def test_a_head_whom_no_channel_reaches_must_be_told_another_way(official):
    enrolment = enrolled(email="")
    enrolment.wave.program.reach_chain = ["inbox"]
    enrolment.wave.program.save()
    assert reissue_link(enrolment=enrolment, by=official, now=NOW) is False
    assert not Message.objects.exists()


def test_a_wave_that_has_begun_needs_no_new_link(official):
    enrolment = enrolled()
    with pytest.raises(ReissueRefused, match="sudah dimulai"):
        reissue_link(enrolment=enrolment, by=official, now=enrolment.wave.starts_at)
    assert Enrolment.objects.get().link_hash == enrolment.link_hash


@pytest.mark.parametrize("state", ["accepted", "failed", "unknown"])
def test_an_older_invitation_that_fails_is_followed_by_nothing(official, state):
    enrolment = enrolled()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    Message.objects.update(state=state, route=[["letter", "RT 001"]])
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    Message.objects.exclude(state="queued").update(state="failed")
    assert pass_on_failures(now=NOW) == 0
    assert Message.objects.count() == 2
