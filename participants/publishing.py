"""A wave's schedule as everybody outside the office knows it: read from the rows, compared in words, published.

Rows of waves and sessions are the office's working copy. What is published is a copy of them, version by version, so
nobody reads a draft by accident and every message can say which version it told.
"""

from datetime import UTC, datetime

from participants.corrections import correct_told
from participants.models import Enrolment
from participants.publication_changes import concerns_agenda_alone, differences_in_words
from programs.clashes import are_neighbours
from programs.errors import Refusal
from programs.models import HallBooking, Venue, Wave, WavePublication
from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.audit.record import record
from rtportal.lib import clock
from sessions.bookings import rebook_wave
from sessions.models import ROLE_RANK, SessionSpeaker, TrainingSession
from sessions.speaker_notices import correct_speakers


def facts_of(wave: Wave) -> dict:
    """The schedule of the wave's rows as a publication keeps it, ready for JSON; needs `venue` and `program.region`.

    Keys: `starts_at`, `ends_at` (ISO, UTC), `venue_id`, `venue`, `address`, `latitude` and `longitude` (degrees or
    None; older publications do not have them), `zone` (IANA), and `agenda`, a list in order of time of dicts with
    `session`, `kind`, `title`, `starts_at`, `ends_at`, `room`, `group` and `speakers`, dicts with `part`, `speaker`
    (ids), `title`, `institution`, `role` and `status`. Two queries however long it is.
    """
    items = {
        session.pk: {
            "session": session.pk,
            "kind": session.kind,
            "title": session.title,
            "starts_at": _text(session.starts_at),
            "ends_at": _text(session.ends_at),
            "room": session.room,
            "group": session.group,
            "speakers": [],
        }
        for session in TrainingSession.objects.filter(wave=wave).order_by("starts_at", "id")
    }
    parts = SessionSpeaker.objects.filter(session__wave=wave).select_related("speaker").order_by("id")
    for part in sorted(parts, key=lambda part: ROLE_RANK[part.role]):
        # A session added between the two queries has no place here yet.
        if part.session_id in items:
            items[part.session_id]["speakers"].append(
                {
                    "part": part.pk,
                    "speaker": part.speaker_id,
                    "title": part.speaker.title,
                    "institution": part.speaker.institution,
                    "role": part.role,
                    "status": part.status,
                }
            )
    return {
        "starts_at": _text(wave.starts_at),
        "ends_at": _text(wave.ends_at),
        "venue_id": wave.venue_id,
        "venue": wave.venue.name,
        "address": wave.venue.address,
        "latitude": wave.venue.latitude,
        "longitude": wave.venue.longitude,
        "zone": wave.zone,
        "agenda": list(items.values()),
    }


def unpublished_changes(wave: Wave) -> list[dict[str, str]]:
    """What publishing now would change for others: label, before, after; of a draft it is the whole schedule.

    Needs `publication`, `venue` and `program.region`; two queries.
    """
    return differences_in_words(wave.publication.facts if wave.publication else None, facts_of(wave))


def has_unpublished_changes(wave: Wave) -> bool:
    """Whether a published wave's rows say something that nobody outside the office knows yet. False for a draft."""
    return wave.publication_id is not None and bool(unpublished_changes(wave))


def agenda_alone_changed(wave: Wave) -> bool:
    """Whether day, hours and place of a published wave are what people know. Needs what `unpublished_changes` needs."""
    return wave.publication is not None and concerns_agenda_alone(wave.publication.facts, facts_of(wave))


def publish(
    *,
    wave: Wave,
    acknowledged: list[dict[str, str]],
    actor: User | None,
    now: datetime,
    tells_participants: bool = True,
) -> WavePublication:
    """Write the wave's rows as its next published version. The caller has locked the wave and checked for clashes.

    Takes the hall and the speakers who said yes. `acknowledged` are the warnings knowingly accepted: `key` and
    `sentence`. Call it inside a transaction.
    Refuses (Refusal): a hall or a speaker that somebody else has at that time.
    """
    version = add_version(wave=wave, acknowledged=acknowledged, actor=actor, now=now)
    record(
        at=now,
        actor=actor,
        action="schedule.published",
        sentence=_sentence(wave, version),
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"publication": version.number, "changes": version.changes, "acknowledged": acknowledged},
    )
    if tells_participants:
        correct_told(Enrolment.objects.filter(wave=wave), now=now)
    correct_speakers(wave, now=now)
    return version


def add_version(
    *, wave: Wave, acknowledged: list[dict[str, str]], actor: User | None, now: datetime
) -> WavePublication:
    """The step of `publish` before anybody hears of it: the version, the hall and the speakers' hours."""
    facts = facts_of(wave)
    before = WavePublication.objects.filter(wave=wave).first()
    version = WavePublication.objects.create(
        wave=wave,
        number=before.number + 1 if before else 1,
        published_at=now,
        published_by=actor,
        facts=facts,
        changes=differences_in_words(before.facts if before else None, facts),
        acknowledged=acknowledged,
    )
    wave.publication = version
    wave.save(update_fields=["publication"])
    _take_hall(wave)
    rebook_wave(wave, facts)
    return version


def _take_hall(wave: Wave) -> None:
    # Whoever wants the same hall waits here, and then finds it taken.
    list(Venue.objects.select_for_update(no_key=True).filter(pk=wave.venue_id).values_list("pk"))
    _refuse_taken_hall(wave)
    hours = {"venue_id": wave.venue_id, "starts_at": wave.starts_at, "ends_at": wave.ends_at}
    HallBooking.objects.update_or_create(wave=wave, defaults=hours)


@beyond_scope("a hall that is taken is taken, and of an office elsewhere the sentence says no more")
def _refuse_taken_hall(wave: Wave) -> None:
    others = HallBooking.objects.filter(venue=wave.venue_id, starts_at__lt=wave.ends_at, ends_at__gt=wave.starts_at)
    taken = others.exclude(wave=wave).select_related("wave__program__region").first()
    if taken:
        other = taken.wave
        span = clock.span_words(taken.starts_at, taken.ends_at, wave.zone)
        who = f"{other.title} {other.program.name}" if are_neighbours(wave, other) else "kegiatan di wilayah lain"
        raise Refusal(
            f"{wave.venue.name} sudah dipakai {who} pada waktu itu ({span}). Pilih tempat lain atau waktu lain.",
            field="venue",
        )


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _sentence(wave: Wave, version: WavePublication) -> str:
    if version.number == 1:
        return f"Menerbitkan jadwal {wave.title} {wave.program.name}: {wave.span_words}, {wave.venue.name}."
    listed = "; ".join(f"{change['label']}: {change['before']} → {change['after']}" for change in version.changes)
    return f"Menerbitkan jadwal {wave.title} {wave.program.name}, terbitan ke-{version.number}. {listed}".strip()
