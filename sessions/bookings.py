"""When speakers who said yes are taken: rows of `SpeakerBooking` follow publication and answer.

Whoever calls holds the wave's row, so that publication and answer cannot cross. The speakers' rows are locked here in
the order of their keys: of two waves that want the same speaker at once the second is told a sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from programs.clashes import are_neighbours
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib import clock
from sessions.models import SessionSpeaker, Speaker, SpeakerBooking
from sessions.speaker_facts import own_session, own_sessions

# Who stands by may stand by in two places.
BOOKED_ROLES = (SessionSpeaker.Role.SPEAKER, SessionSpeaker.Role.MODERATOR)


@dataclass(frozen=True)
class _Hours:
    part_id: int
    speaker_id: int
    title: str
    starts_at: datetime
    ends_at: datetime


def rebook_wave(wave: Wave, facts: dict) -> None:
    """Make the wave's bookings those of its published `facts`; {} takes all of them away.

    Refuses (Refusal): a speaker who said yes to something else at that time, in this wave or in another.
    """
    wanted = [
        _Hours(
            part_id=part["part"],
            speaker_id=part["speaker"],
            title=item["title"],
            starts_at=datetime.fromisoformat(item["starts_at"]),
            ends_at=datetime.fromisoformat(item["ends_at"]),
        )
        for item in facts.get("agenda", [])
        for part in item["speakers"]
        if part["status"] == SessionSpeaker.Status.CONFIRMED and part["role"] in BOOKED_ROLES
    ]
    lock_speakers({hours.speaker_id for hours in wanted})
    SpeakerBooking.objects.filter(wave=wave).delete()
    _take(wave, wanted)


def book_part(part: SessionSpeaker) -> None:
    """Take the speaker for the session's published hours, if the part binds: said yes, no stand-by, wave published.

    `part` comes with `session.wave.publication` and `session.wave.program.region`. Refuses (Refusal): a speaker who
    said yes to something else at that time.
    """
    lock_speakers({part.speaker_id})
    release_part(part)
    wave = part.session.wave
    if wave.publication is None or wave.is_cancelled:
        return
    own = own_session(wave.publication.facts, part.speaker_id, part.session_id)
    if own and part.status == SessionSpeaker.Status.CONFIRMED and part.role in BOOKED_ROLES:
        _take(wave, [_Hours(part.pk, part.speaker_id, own.title, own.starts_at, own.ends_at)])


def release_part(part: SessionSpeaker) -> None:
    """The speaker is free again at the hours of that session; `part` comes as for `book_part`."""
    mine = Q(part=part)
    wave = part.session.wave
    own = wave.publication and own_session(wave.publication.facts, part.speaker_id, part.session_id)
    if own:
        # A part taken out of the draft and put in again is another row.
        mine |= Q(part=None, wave=wave, speaker=part.speaker_id, starts_at=own.starts_at)
    SpeakerBooking.objects.filter(mine).delete()


def lock_speakers(speaker_ids: set[int]) -> None:
    """Hold the speakers' rows until the transaction ends, the lowest key first; the wave's row is held already."""
    list(Speaker.objects.select_for_update(no_key=True).filter(pk__in=speaker_ids).order_by("pk").values_list("pk"))


def _take(wave: Wave, wanted: list[_Hours]) -> None:
    if not wanted:
        return
    _refuse_taken_elsewhere(wanted, wave)
    _refuse_overlap(wanted, wave)
    SpeakerBooking.objects.bulk_create(
        SpeakerBooking(
            part_id=hours.part_id,
            speaker_id=hours.speaker_id,
            wave=wave,
            starts_at=hours.starts_at,
            ends_at=hours.ends_at,
        )
        for hours in wanted
    )


@beyond_scope("whoever said yes elsewhere is taken; of an office elsewhere the sentence says no more")
def _refuse_taken_elsewhere(wanted: list[_Hours], wave: Wave) -> None:
    around = SpeakerBooking.objects.filter(
        speaker__in={hours.speaker_id for hours in wanted},
        starts_at__lt=max(hours.ends_at for hours in wanted),
        ends_at__gt=min(hours.starts_at for hours in wanted),
    )
    around = around.select_related("speaker", "part", "wave__publication", "wave__program__region")
    for taken in around.order_by("starts_at"):
        for hours in _overlapping(taken, wanted):
            raise Refusal(
                f"{taken.speaker} sudah bersedia pada {_told(taken, wave)}, bertepatan dengan “{hours.title}”. "
                "Ubah waktu salah satu sesi, atau tanyakan lagi kesediaannya."
            )


def _told(taken: SpeakerBooking, wave: Wave) -> str:
    span = clock.span_words(taken.starts_at, taken.ends_at, wave.zone)
    if not are_neighbours(wave, taken.wave):
        # What an office elsewhere plans is its own; that the speaker is taken must be told.
        return f"kegiatan di wilayah lain ({span})"
    return f"“{_published_title(taken)}” di {taken.wave.title} {taken.wave.program.name} ({span})"


def _published_title(taken: SpeakerBooking) -> str:
    """As people know it: the session may be called otherwise in the draft, or be gone from it."""
    sessions = own_sessions(taken.wave.publication.facts, taken.speaker_id)
    known = taken.part.session_id if taken.part else None
    there = (own for own in sessions if own.session_id == known or (known is None and own.starts_at == taken.starts_at))
    return next((own.title for own in there), "sesi lain")


def _refuse_overlap(wanted: list[_Hours], wave: Wave) -> None:
    for place, hours in enumerate(wanted):
        for other in _overlapping(hours, wanted[place + 1 :]):
            who = Speaker.objects.get(pk=hours.speaker_id)
            spans = " dan ".join(
                f"“{one.title}” ({clock.span_words(one.starts_at, one.ends_at, wave.zone)})" for one in (hours, other)
            )
            raise Refusal(f"{who} tercantum bersedia di dua sesi pada waktu yang sama: {spans}.")


def _overlapping(one: _Hours | SpeakerBooking, others: Iterable[_Hours]) -> list[_Hours]:
    return [
        other
        for other in others
        if other.speaker_id == one.speaker_id and other.starts_at < one.ends_at and one.starts_at < other.ends_at
    ]
