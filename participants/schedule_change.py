"""What an official sees before a published schedule changes: what changes, what clashes, and who was told what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from participants.corrections import Impact, impact
from participants.models import Reminder
from participants.publication_changes import differences_in_words
from participants.publishing import facts_of
from participants.queries.clashes import clashes_of
from programs.clash import Clash
from programs.models import Wave
from sessions.models import Speaker, SpeakerInvitation


@dataclass(frozen=True)
class Acceptance:
    """What an official accepted: the very preview she saw, and the warnings she ticked, by key."""

    token: str
    acknowledged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReminderMove:
    """A reminder that was not sent yet, at its former and its new time; `state` is that of the new one."""

    label: str
    before: datetime
    after: datetime
    state: str


@dataclass(frozen=True)
class SpeakersConcerned:
    """Names of those on the agenda: who was invited hears of a change, the others were told nothing yet."""

    invited: list[str]
    others: list[str]


@dataclass(frozen=True)
class ChangePreview:
    """A change of a published wave before it takes effect; `token` stands for exactly this."""

    changes: list[dict[str, str]]
    clashes: list[Clash]
    # Keys of the warnings accepted for the schedule that is published now.
    known: frozenset[str]
    impact: Impact
    reminders: list[ReminderMove]
    speakers: SpeakersConcerned
    token: str

    @property
    def refused(self) -> list[Clash]:
        return [clash for clash in self.clashes if clash.is_refused]

    @property
    def warnings(self) -> list[Clash]:
        return [clash for clash in self.clashes if not clash.is_refused]

    @property
    def refusal_words(self) -> str:
        """Why it cannot take effect and how to mend that; "" if it can."""
        return " ".join(f"{clash.sentence} {clash.mend}" for clash in self.refused)

    def is_accepted_by(self, acceptance: Acceptance | None) -> bool:
        """Whether she saw this and ticked every warning."""
        if acceptance is None or acceptance.token != self.token:
            return False
        return all(clash.key in acceptance.acknowledged for clash in self.warnings)

    def acknowledged(self) -> list[dict[str, str]]:
        """The warnings as a publication keeps them."""
        return [{"key": clash.key, "sentence": clash.sentence} for clash in self.warnings]


def preview_change(wave: Wave, *, reminders_before: Mapping[int, datetime]) -> ChangePreview:
    """Of rows that are changed but not published: a draft, or a change in a transaction that is undone or goes on.

    `wave` comes with publication, venue and `program.region`; `reminders_before` are the former times of its pending
    reminders (`pending_reminders`).
    """
    facts, clashes = facts_of(wave), clashes_of(wave)
    known = wave.publication
    found = impact(wave, facts)
    return ChangePreview(
        changes=differences_in_words(known.facts if known else None, facts),
        clashes=clashes,
        known=frozenset(entry["key"] for entry in known.acknowledged) if known else frozenset(),
        impact=found,
        reminders=_moved(wave, reminders_before),
        speakers=_speakers(wave),
        # Another edit or another clash is another question; and whether anybody hears of it at all.
        token=_digest(
            [wave.version, wave.publication_id, facts, sorted(clash.key for clash in clashes), found.due > 0]
        ),
    )


def pending_reminders(wave: Wave) -> dict[int, datetime]:
    """When the wave's pending reminders are due, by primary key."""
    return dict(wave.reminders.filter(state=Reminder.State.PENDING).values_list("pk", "due_at"))


def _moved(wave: Wave, before: Mapping[int, datetime]) -> list[ReminderMove]:
    rows = wave.reminders.select_related("rule").filter(pk__in=list(before))
    return [
        ReminderMove(str(row.rule), before[row.pk], row.due_at, row.state)
        for row in rows
        if row.due_at != before[row.pk] or row.state != Reminder.State.PENDING
    ]


def _speakers(wave: Wave) -> SpeakersConcerned:
    invited = set(SpeakerInvitation.objects.filter(wave=wave).values_list("speaker_id", flat=True))
    speakers = Speaker.objects.filter(training_sessions__wave=wave).distinct().order_by("name", "position")
    names: dict[bool, list[str]] = {True: [], False: []}
    for speaker in speakers:
        names[speaker.pk in invited].append(str(speaker))
    return SpeakersConcerned(invited=names[True], others=names[False])


def _digest(parts: list) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
