"""The people of a large wave are divided into parallel groups by whole kelurahan/desa."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from participants.corrections import correct_told
from participants.models import Enrolment
from participants.moving import MoveRefused, locked_waves
from programs.models import Wave
from programs.planner import Area, Plan, Problem, Slot, solve
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.regions.models import Region

MOST_GROUPS, LONGEST_NAME = 20, 60


def split_into_groups(*, wave: Wave, names: Sequence[str], actor: User, now: datetime) -> dict[str, int]:
    """Returns how many people each group has. `wave` comes with programme, region and venue; the caller has checked
    Right.SCHEDULE.

    Does: gives every kelurahan/desa to one group, the groups as equal as whole villages allow; without names everybody
    is in no group again. Where nothing differs nothing is written.
    Refuses (MoveRefused): a wave that is over or cancelled, one name, a name twice or too long, more groups than
    villages, people who came or left while it was reckoned.
    Tells: those whose hours or room differ in their new group, if they were told before, by one correction.
    """
    wanted = _names(names)
    if wave.is_cancelled or now >= wave.ends_at:
        raise MoveRefused(f"{wave.title} sudah selesai atau dibatalkan, jadi kelompoknya tidak diubah lagi.")
    people = _people_by_village(wave)
    # Reckoned before anything is locked: with many villages it takes seconds.
    groups = _divide(wave, people, wanted) if wanted else dict.fromkeys(people, "")
    return _assign(wave, people, groups, wanted, actor, now)


def _names(names: Sequence[str]) -> list[str]:
    wanted = [name for name in (" ".join(name.replace("\0", " ").split()) for name in names) if name]
    if len(wanted) == 1:
        raise MoveRefused("Isi paling sedikit dua kelompok, satu nama di tiap baris.")
    if len(wanted) > MOST_GROUPS:
        raise MoveRefused(f"Paling banyak {MOST_GROUPS} kelompok.")
    if long := [name for name in wanted if len(name) > LONGEST_NAME]:
        raise MoveRefused(f"Nama kelompok paling panjang {LONGEST_NAME} huruf: {long[0][:LONGEST_NAME]}…")
    if len(set(wanted)) < len(wanted):
        raise MoveRefused("Setiap kelompok perlu nama sendiri.")
    return wanted


def _people_by_village(wave: Wave) -> dict[str, int]:
    rows = Enrolment.objects.active().filter(wave=wave).order_by("village_id")
    return dict(rows.values_list("village_id").annotate(people=Count("pk")))


def _divide(wave: Wave, people: dict[str, int], names: list[str]) -> dict[str, str]:
    """Village code → name of its group."""
    if len(people) < len(names):
        raise MoveRefused(f"Pesertanya dari {len(people)} kelurahan/desa, jadi paling banyak {len(people)} kelompok.")
    regions = Region.objects.in_bulk(list(people))
    areas = tuple(
        Area(
            code=code,
            name=regions[code].name,
            seats=count,
            heads=count,
            parent=regions[code].parent_id or "",
            latitude=regions[code].latitude,
            longitude=regions[code].longitude,
        )
        for code, count in people.items()
    )
    everybody = sum(people.values())
    slots = tuple(
        Slot(key=name, venue=number, venue_name=name, day=wave.local_day, capacity=everybody)
        for number, name in enumerate(names)
    )
    plan = solve(Problem(areas=areas, slots=slots, wave_count=len(names)))
    if not isinstance(plan, Plan):
        raise MoveRefused("Pembagian menjadi kelompok sebanyak itu tidak ditemukan. Kurangi jumlah kelompoknya.")
    return plan.assignment


@transaction.atomic
def _assign(
    wave: Wave, people: dict[str, int], groups: dict[str, str], names: list[str], actor: User, now: datetime
) -> dict[str, int]:
    locked_waves([wave.pk])
    if _people_by_village(wave) != people:
        raise MoveRefused("Pesertanya berubah saat kelompok dihitung. Bagi sekali lagi.")
    rows = Enrolment.objects.active().filter(wave=wave)
    changed = []
    for name in names or [""]:
        villages = [code for code, group in groups.items() if group == name]
        others = rows.filter(village_id__in=villages).exclude(group=name)
        changed += others.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
        others.update(group=name)
    sizes = {name: sum(people[code] for code, group in groups.items() if group == name) for name in names}
    if not changed:
        return sizes
    correct_told(Enrolment.objects.filter(pk__in=changed), now=now)
    listed = ", ".join(f"{name} {thousands(size)} orang" for name, size in sizes.items())
    record(
        at=now,
        actor=actor,
        action="participants.grouped",
        sentence=f"Membagi peserta {wave.title}: {listed}." if listed else f"Menghapus kelompok peserta {wave.title}.",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"groups": groups},
    )
    return sizes
