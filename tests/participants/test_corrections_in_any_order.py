"""Whatever officials do and in whatever order, each person's newest message says what holds at present.

The heads of each wave are reached by another chain, and every link of it may fail.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from participants.models import Enrolment, RTHead
from participants.schedule_change import Acceptance, preview_change
from participants.told import ANNOUNCEMENTS, SCHEDULE_CHANGED, WAVE_CANCELLED, matter_of
from participants.use_cases.cancel_wave import cancel_wave
from participants.use_cases.invite_participants import InvitationRefused, invite_participants
from participants.use_cases.move_participants import move_participants
from programs.errors import Refusal
from programs.models import Wave, WavePublication
from programs.use_cases.publish_schedule import publish_schedule
from programs.use_cases.reschedule_wave import NeedsAcceptance, reschedule_wave
from rtportal.lib.errors import InputError
from rtportal.messaging import leases
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.close_tasks import close_tasks
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.mark_printed import mark_printed
from rtportal.messaging.use_cases.open_task import open_task
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.recover_leases import recover_leases
from sessions.models import TrainingSession
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW, TANJUNG, WAVE_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DISTRICTS = (MURUNG_PUDAK, JARO, TANJUNG)
WAVES = st.integers(0, 2)


class Desk(RuleBasedStateMachine):
    """Three waves of a programme in one hall on three days, two heads each, one official, one worker at a time.

    Everybody has an e-mail address, a telephone and a house; the second of each wave wants to be called first.
    """

    def __init__(self):
        super().__init__()
        # Each sequence begins with an empty database.
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.held: list[tuple[leases.Lease, dict]] = []
        self.keys: list[int] = []

    @initialize()
    def open_desk(self):
        factories.regions(*DISTRICTS)
        self.official = factories.user()
        program = factories.program()
        for number, district in enumerate(DISTRICTS, start=1):
            _, second = factories.heads(2, district=district)
            RTHead.objects.filter(pk=second.pk).update(preferred_channel="manual")
            day = WAVE_DAY + timedelta(days=7 * number)
            wave = factories.wave(program=program, number=number, on=day, areas=(district,))
            factories.session(wave=wave)
            self.keys.append(factories.publish(wave).pk)

    def wave(self, index: int) -> Wave:
        return Wave.objects.select_related("program__region", "venue", "publication").get(pk=self.keys[index])

    def tick(self) -> None:
        self.now += timedelta(minutes=1)

    # What officials do.

    @rule(index=WAVES)
    def invite(self, index):
        self.tick()
        with suppress(InvitationRefused):
            invite_participants(wave_id=self.keys[index], by=self.official, now=self.now)

    @rule(index=WAVES, hours=st.integers(-2, 2), days=st.sampled_from([0, 0, -1, 1]))
    def reschedule(self, index, hours, days):
        self.tick()
        wave, by = self.wave(index), timedelta(days=days, hours=hours)
        wishes = {
            "wave": wave,
            "version": wave.version,
            "number": wave.number,
            "venue": wave.venue,
            "starts_at": wave.starts_at + by,
            "ends_at": wave.ends_at + by,
            "areas": [area.key for area in wave.wave_areas.all()],
            "actor": self.official,
            "now": self.now,
        }
        before = self.corrections()
        try:
            reschedule_wave(**wishes)
        except NeedsAcceptance as needed:
            accepted = Acceptance(needed.preview.token, frozenset(clash.key for clash in needed.preview.warnings))
            reschedule_wave(**wishes, acceptance=accepted)
            self.at_most_one_more(before)
        except Refusal:
            pass

    @rule(index=WAVES, room=st.sampled_from(["", "Ruang A"]), title=st.sampled_from(["Materi", "Bahan"]))
    def publish_agenda(self, index, room, title):
        self.tick()
        wave = self.wave(index)
        TrainingSession.objects.filter(wave=wave).update(room=room, title=title)
        preview = preview_change(wave, reminders_before={})
        accepted = Acceptance(preview.token, frozenset(clash.key for clash in preview.warnings))
        before = self.corrections()
        try:
            publish_schedule(wave=wave, version=wave.version, acceptance=accepted, actor=self.official, now=self.now)
        except Refusal:
            return
        self.at_most_one_more(before)

    @rule(which=st.integers(0, 5), index=WAVES)
    def move_somebody(self, which, index):
        self.tick()
        people = list(Enrolment.objects.order_by("pk"))
        if which >= len(people):
            return
        person = people[which]
        with suppress(InputError):
            move_participants(
                enrolment_ids=[person.pk],
                from_wave_id=person.wave_id,
                to_wave_id=self.keys[index],
                actor=self.official,
                now=self.now,
            )

    @rule(index=WAVES, pour_into=st.sampled_from([None, 0, 1, 2]))
    def cancel(self, index, pour_into):
        self.tick()
        wave = self.wave(index)
        goal = {} if pour_into is None else dict.fromkeys(DISTRICTS, self.keys[pour_into])
        before = self.corrections()
        try:
            cancel_wave(
                wave=wave, version=wave.version, reason="Banjir", targets=goal, actor=self.official, now=self.now
            )
        except Refusal:
            return
        self.at_most_one_more(before)

    # What workers do.

    @rule()
    def deliver_all(self):
        self.tick()
        deliver_due_messages(now_fn=lambda: self.now)

    @rule(size=st.integers(1, 4))
    def take_some(self, size):
        """A worker takes messages and writes their texts; what it says is from then on a thing of the past."""
        self.tick()
        lease = leases.claim(now=self.now, size=size)
        if lease.messages:
            self.held.append((lease, render(lease.messages)))

    @precondition(lambda self: self.held)
    @rule(outcome=st.sampled_from([Message.State.ACCEPTED, Message.State.UNKNOWN, Message.State.FAILED, None]))
    def go_on(self, outcome):
        """It goes on where it was: sends, does not know, is refused, or gives back."""
        self.tick()
        lease, contents = self.held.pop(0)
        for message in lease.messages:
            content = contents[message.pk]
            if not isinstance(content, Content) or outcome is None:
                leases.release(lease, [message])
                continue
            try:
                leases.turn(lease, start=message, edition=content.edition, now=self.now)
                close = leases.Closing(
                    message=message, state=outcome, at=self.now, outcome=DeliveryAttempt.Outcome.ACCEPTED
                )
                leases.turn(lease, close=close, now=self.now)
            except leases.LeaseLost:
                return

    @rule()
    def open_on_a_telephone(self):
        self.tick()
        open_task(region_code=factories.TABALONG, by=self.official, now=self.now)

    @rule()
    def print_letters(self):
        self.tick()
        contents = render(Message.objects.tasks().filter(channel="letter"))
        unfit = {pk: content for pk, content in contents.items() if isinstance(content, Unfit)}
        mark_printed(printed={pk: contents[pk] for pk in contents.keys() - unfit}, unfit=unfit, now=self.now)

    @rule(outcome=st.sampled_from(["told", "failed"]), channel=st.sampled_from(["manual", "letter"]))
    def close(self, outcome, channel):
        self.tick()
        begun = Message.objects.tasks().filter(channel=channel, started_at__isnull=False)
        close_tasks(messages=list(begun[:2]), outcome=outcome, by=self.official, now=self.now)

    @rule()
    def follow_up_failures(self):
        pass_on_failures(now=self.now)

    @precondition(lambda self: self.held)
    @rule(has_begun=st.booleans())
    def die(self, has_begun):
        """It is killed, before its first send or in the middle of it."""
        lease, contents = self.held.pop(0)
        message = lease.messages[0]
        content = contents[message.pk]
        if has_begun and isinstance(content, Content):
            leases.turn(lease, start=message, edition=content.edition, now=self.now)
        self.now += leases.LEASE
        recover_leases(now=self.now)

    # What must hold.

    def corrections(self) -> dict[int, int]:
        rows = Message.objects.filter(kind__in=[SCHEDULE_CHANGED, WAVE_CANCELLED])
        counts: dict[int, int] = {}
        for about in rows.values_list("about_id", flat=True):
            counts[about] = counts.get(about, 0) + 1
        return counts

    def at_most_one_more(self, before: dict[int, int]) -> None:
        assert all(count <= before.get(about, 0) + 1 for about, count in self.corrections().items())

    @invariant()
    def nobody_has_two_corrections_waiting(self):
        waiting = Message.objects.waiting().filter(kind__in=[SCHEDULE_CHANGED, WAVE_CANCELLED])
        people = list(waiting.values_list("about_id", flat=True))
        assert len(people) == len(set(people))

    def teardown(self):
        try:
            if self.keys:
                self.everybody_knows_in_the_end()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def everybody_knows_in_the_end(self) -> None:
        while self.held:
            self.go_on(Message.State.ACCEPTED)
        # Long enough for whatever was put off.
        for _ in range(4):
            self.now += timedelta(minutes=20)
            deliver_due_messages(now_fn=lambda: self.now)
        for channel in ["manual", "letter"] * 10:
            self.print_letters()
            self.open_on_a_telephone()
            self.close("told", channel)
        assert not Message.objects.filter(state__in=["queued", "sending", "task"]).exists()
        for person in Enrolment.objects.select_related("wave__publication"):
            self.says_what_holds(person)

    def says_what_holds(self, person: Enrolment) -> None:
        written = Message.objects.filter(kind__in=ANNOUNCEMENTS, about_id=person.pk).exclude(state="withdrawn")
        newest = written.exclude(state="expired").order_by("-started_at", "-pk").first()
        if newest is None or newest.state == Message.State.FAILED:
            # Never told, or not to be reached: officials see both by name.
            return
        wave = person.wave
        if wave.is_cancelled:
            assert newest.kind == WAVE_CANCELLED
            return
        assert newest.kind != WAVE_CANCELLED
        told = WavePublication.objects.get(pk=newest.edition)
        assert told.wave_id == wave.pk
        assert matter_of(told.facts, "") == matter_of(wave.publication.facts, "")


def test_the_newest_message_of_everybody_says_what_holds():
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
