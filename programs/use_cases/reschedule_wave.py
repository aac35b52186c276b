"""Change a wave: its time, venue, number or areas."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Substr

from participants.models import Enrolment
from participants.moving import PROMOTION_TASK
from participants.publishing import publish
from participants.queries.head_counts import head_counts
from participants.reminders import move_pending_reminders
from participants.schedule_change import Acceptance, ChangePreview, pending_reminders, preview_change
from programs import rules
from programs.errors import Refusal
from programs.models import Venue, Wave, WaveArea
from programs.queries.changes import changed_words, differences, wave_values
from programs.use_cases._editing import lock_hall, locked_wave, refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit
from rtportal.regions.area_keys import area_q
from rtportal.regions.models import Region
from sessions.models import TrainingSession

# Length of a kecamatan's code.
_DISTRICT = 8


class NeedsAcceptance(Refusal):
    """People may know the present schedule: the official must see `preview` and accept it first.

    `is_new` says that she accepted another one than this.
    """

    def __init__(self, preview: ChangePreview, *, is_new: bool):
        super().__init__("Jadwal gelombang ini sudah terbit. Periksa siapa saja yang sudah diberi tahu, lalu terapkan.")
        self.preview, self.is_new = preview, is_new


@transaction.atomic
def reschedule_wave(
    *,
    wave: Wave,
    version: int,
    number: int,
    venue: Venue,
    starts_at: datetime,
    ends_at: datetime,
    areas: Iterable[str],
    accepted_seats: int = 0,
    acceptance: Acceptance | None = None,
    actor: User | None,
    now: datetime,
) -> Wave:
    """Does: saves the wave and an audit line of what changed; without a difference nothing is written.

    On another day its sessions move along by as many days and keep their hours; pending reminders move with it. New
    hours or another hall of a published wave are published at once as its next version, its agenda as it stands.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); what `schedule_wave` refuses
    (a start that has passed only if it is new); taking out an area whose heads were already invited; a cancelled
    wave; for a published wave new hours or another hall without the acceptance of exactly this preview
    (NeedsAcceptance), or with a clash that must not be.
    Tells: of a published wave everybody who was told something else; of a draft nobody.
    """
    row = locked_wave(wave.pk)
    owner = row.program
    refuse_stale(row, row.group, version)
    if row.is_cancelled:
        raise Refusal("Gelombang ini sudah dibatalkan, jadi tidak dapat diubah lagi.")
    published_as = (row.starts_at, row.ends_at, row.venue_id)
    reminders_before = pending_reminders(row)
    before, first_day = wave_values(row), row.local_day
    rules.check_times(starts_at, ends_at)
    if starts_at != row.starts_at:
        rules.check_future(starts_at, now)
    rules.check_venue(owner, venue)
    others = WaveArea.objects.filter(program=owner).exclude(wave=row).select_related("wave", "region")
    keys = list(areas)
    chosen = rules.check_areas(owner, keys, others) if keys or not row.is_catch_up else []
    _refuse_losing_invited(row, chosen)
    heads = sum(head_counts([area.key for area in chosen]).values())
    # What was accepted for one hall says nothing about another.
    accepted = max(accepted_seats, row.seats_acknowledged if venue.pk == row.venue_id else 0)
    # People may have come by hand, from other areas or to catch up.
    people = max(heads, Enrolment.objects.filter(wave=row).seated().count())
    save_or_refuse(
        row,
        number=number,
        venue=venue,
        starts_at=starts_at,
        ends_at=ends_at,
        seats_acknowledged=rules.check_seats(people * owner.seats_per_head, venue.capacity, accepted),
    )
    _set_areas(row, chosen)
    changes = differences(before, wave_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    # A larger hall may have a seat for somebody who waits.
    wake_after_commit(PROMOTION_TASK)
    if days := row.local_day - first_day:
        TrainingSession.objects.filter(wave=row).update(
            starts_at=F("starts_at") + days, ends_at=F("ends_at") + days, version=F("version") + 1
        )
    move_pending_reminders(row, now)
    record(
        at=now,
        actor=actor,
        action="wave.changed",
        sentence=f"Mengubah {row.title} {owner.name}: {changed_words(changes)}",
        region_code=owner.region_id,
        subject=row.group,
        data={"version": row.version, "changes": changes},
    )
    if row.publication_id and published_as != (row.starts_at, row.ends_at, row.venue_id):
        lock_hall(row)
        preview = preview_change(row, reminders_before=reminders_before)
        # What was written so far is undone by the refusal: the preview is made of the change itself.
        if preview.refused:
            raise Refusal(preview.refusal_words)
        if not preview.is_accepted_by(acceptance):
            raise NeedsAcceptance(preview, is_new=acceptance is not None and acceptance.token != preview.token)
        publish(wave=row, acknowledged=preview.acknowledged(), actor=actor, now=now)
    return row


def _refuse_losing_invited(wave: Wave, chosen: list[WaveArea]) -> None:
    former, kept = (
        area_q([area.key for area in areas], village="village_id", rw="head__rt__rw")
        for areas in (wave.wave_areas.all(), chosen)
    )
    lost = (
        Enrolment.objects.filter(former, wave=wave)
        .exclude(kept)
        .values(district=Substr("village_id", 1, _DISTRICT))
        .annotate(people=Count("id"))
        .order_by("district")
    )
    if counts := {entry["district"]: entry["people"] for entry in lost}:
        names = Region.objects.in_bulk(list(counts))
        listed = ", ".join(f"{names[code].full_name} ({thousands(people)} ketua RT)" for code, people in counts.items())
        raise Refusal(
            f"Undangan gelombang ini sudah dibuka, jadi wilayah yang ketua RT-nya sudah diundang tidak dapat "
            f"dikeluarkan: {listed}. Tanggal dan tempat masih dapat diubah.",
            field="areas",
        )


def _set_areas(wave: Wave, chosen: list[WaveArea]) -> None:
    present = {area.key: area.pk for area in wave.wave_areas.all()}
    wanted = {area.key: area for area in chosen}
    wave.wave_areas.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    added = [area for key, area in wanted.items() if key not in present]
    for area in added:
        area.wave = wave
    WaveArea.objects.bulk_create(added)
