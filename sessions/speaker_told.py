"""What speakers were told of their sessions: read from the outbox, compared with what holds now.

Each announcement (invitation or correction) is about a `SpeakerInvitation` and keeps as `edition` the primary key of
the publication its text told. *Told* is the newest one that was sent, may have been sent (unknown) or is in a
worker's hands (leased): who may have read something must be corrected.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from programs.models import Wave, WavePublication
from rtportal.messaging.models import REACHED, Message
from sessions.models import SessionSpeaker
from sessions.speaker_facts import OwnSession, own_sessions

INVITATION, CORRECTION, PROMOTION = "speaker_invitation", "speaker_schedule_changed", "speaker_promoted"
REMINDER = "speaker_reminder"
ANNOUNCEMENTS = (INVITATION, CORRECTION)

State = Message.State
_TOLD = {*REACHED, State.UNKNOWN, State.SENDING, State.TASK}
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Heard:
    """What the outbox holds about one invitation. Of `told` with `edition` None nobody knows what it says."""

    told: Message | None = None
    newest: Message | None = None
    queued: list[Message] = field(default_factory=list)
    # Something is in a worker's hands and was not begun: nobody knows yet what it says.
    has_open: bool = False

    def waits(self, *kinds: str) -> bool:
        """Whether an announcement of one of these kinds is queued."""
        return any(message.kind in kinds for message in self.queued)

    @property
    def came_to_nothing(self) -> bool:
        """Nothing was told, and nothing is on its way: the newest announcement failed, expired or was called off."""
        return self.told is None and not self.queued and self.newest is not None


def heard_by(invitation_ids: Iterable[int], *, without: Iterable[int] = ()) -> dict[int, Heard]:
    """By invitation, whoever was never written to is left out; the messages in `without` do not count. One query."""
    rows = Message.objects.filter(kind__in=ANNOUNCEMENTS, about_id__in=set(invitation_ids)).exclude(pk__in=without)
    heard: dict[int, Heard] = {}
    for message in rows.order_by("pk"):
        one = heard.setdefault(message.about_id, Heard())
        one.newest = message
        if message.is_waiting:
            one.queued.append(message)
            continue
        one.has_open |= message.state == State.SENDING and message.started_at is None
        if message.state in _TOLD and (one.told is None or _place(message) > _place(one.told)):
            one.told = message
    return heard


def _place(message: Message) -> tuple[bool, datetime, int]:
    # An older message may be sent again after a newer one; what is under way comes last.
    is_open = message.state == State.SENDING and message.started_at is None
    return (is_open, message.started_at or _EARLIEST, message.pk)


@dataclass(frozen=True, slots=True)
class Differences:
    """Between the sessions somebody was told and those that hold now; `changed` pairs are told, present."""

    changed: tuple[tuple[OwnSession, OwnSession], ...] = ()
    gone: tuple[OwnSession, ...] = ()
    new: tuple[OwnSession, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.new)

    @property
    def last_moment(self) -> datetime:
        """When the last of these sessions ends: nobody needs to hear of them later. Only where there is one."""
        changed = [own for pair in self.changed for own in pair]
        return max(own.ends_at for own in (*changed, *self.gone, *self.new))


def schedule_of(wave: Wave) -> dict | None:
    """The facts that hold for the wave now: None while nothing is published or once it is cancelled."""
    return None if wave.publication is None or wave.is_cancelled else wave.publication.facts


@dataclass(frozen=True)
class Versions:
    """What was ever published of some waves: the schedules by primary key, and who last declined which session."""

    facts: dict[int, dict]
    declined: set[tuple[int, int]]

    @classmethod
    def of(cls, wave_ids: Iterable[int]) -> "Versions":
        """One query."""
        facts, last = {}, {}
        for publication in WavePublication.objects.filter(wave__in=set(wave_ids)).order_by("number"):
            facts[publication.pk] = publication.facts
            for item in publication.facts["agenda"]:
                last |= {(item["session"], part["speaker"]): part["status"] for part in item["speakers"]}
        return cls(facts, {key for key, status in last.items() if status == SessionSpeaker.Status.DECLINED})

    def declined_by(self, speaker_id: int) -> set[int]:
        """Sessions, some of them gone by now, that the speaker declined."""
        return {session for session, speaker in self.declined if speaker == speaker_id}


def differences(told: dict | None, present: dict | None, speaker_id: int, declined: set[int]) -> Differences:
    """What a speaker who was told one schedule must hear of another; None is a schedule without any session.

    A session that the speaker declined, then or since (`declined`), is nothing to hear about.
    """
    before, after = _own(told, speaker_id), _own(present, speaker_id)
    olds = {key: own for key, own in before.items() if not own.is_declined and key not in declined}
    news = {key: own for key, own in after.items() if not own.is_declined}
    place_before, place_after = _place_of(told), _place_of(present)
    return Differences(
        changed=tuple(
            (olds[key], own)
            for key, own in news.items()
            if key in olds and (_matter(olds[key]), place_before) != (_matter(own), place_after)
        ),
        gone=tuple(own for key, own in olds.items() if key not in news),
        new=tuple(own for key, own in news.items() if key not in olds),
    )


def _own(facts: dict | None, speaker_id: int) -> dict[int, OwnSession]:
    return {own.session_id: own for own in own_sessions(facts, speaker_id)} if facts else {}


def _matter(own: OwnSession) -> tuple:
    """What a speaker acts on. Role, status and who else speaks may change without a message."""
    return (own.title, own.starts_at, own.ends_at, own.room)


def _place_of(facts: dict | None) -> tuple:
    return (facts["venue_id"], facts["venue"], facts["address"]) if facts else ()
