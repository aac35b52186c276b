"""What a programme or a wave says, field by field, and what others changed in it since a version.

The audit line of each edit keeps the new version and the changed fields, so the official who saves second can be
told who changed what.
"""

from programs.errors import Change
from programs.models import Office, Program, ReminderRule, SpecialDay, Venue, Wave
from programs.queries.reach_chain import chain_words
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock, coordinates, phones
from rtportal.lib.numbers import thousands

EMPTY = "(kosong)"


def program_values(program: Program) -> dict[str, str]:
    """Label → value as people read it."""
    return {
        "Nama program": program.name,
        "Penyelenggara": program.office.name,
        "Jenis": program.get_kind_display(),
        "Tujuan": program.aim,
        "Nomor surat undangan": program.letter_number,
        "Pendamping": program.get_companions_display(),
        "Wakil": program.get_substitutes_display(),
        "Wakil paling banyak": f"{thousands(program.substitute_limit)} per gelombang"
        if program.substitute_limit
        else "tanpa batas",
        "Surat tugas wakil": "wajib" if program.substitute_letter else "tidak perlu",
        "Yang perlu dibawa": program.bring,
        "Catat saat keluar": "ya" if program.records_hours else "tidak",
        "Batas jawaban": f"H-{program.answer_days_before}",
        "Jam pelajaran": f"{program.minutes_per_jp} menit",
        "Rantai pengiriman": chain_words(program.reach_chain),
    }


def rule_values(rules: list[ReminderRule]) -> dict[str, str]:
    return {"Pengingat": "; ".join(rule_words(rule) for rule in rules)}


def rule_words(rule: ReminderRule) -> str:
    """`H-7 pukul 08.00, yang belum menjawab`, `H+1 pukul …`, with `(nonaktif)` behind it where it does not run."""
    words = f"{rule.day_label} pukul {rule.local_time:%H.%M}, {rule.get_audience_display()}"
    return words if rule.is_active else f"{words} (nonaktif)"


def wave_values(wave: Wave) -> dict[str, str]:
    """Label → value as people read it; one query for the names of the areas."""
    return {
        "Gelombang ke": str(wave.number),
        "Waktu": wave.span_words,
        "Tempat": wave.venue.name,
        "Wilayah peserta": ", ".join(area.name for area in wave.wave_areas.select_related("region")),
        "Kekurangan kursi": f"disetujui untuk {thousands(wave.seats_acknowledged)} kursi"
        if wave.seats_acknowledged
        else "",
    }


def office_values(office: Office) -> dict[str, str]:
    return {
        "Nama kantor": office.name,
        "Narahubung": office.contact_name,
        "Telepon narahubung": phones.display(office.contact_phone),
        "Salam pembuka": office.greeting,
    }


def venue_values(venue: Venue) -> dict[str, str]:
    is_placed = venue.latitude is not None
    return {
        "Nama tempat": venue.name,
        "Alamat": venue.address,
        "Kapasitas": f"{thousands(venue.capacity)} kursi",
        "Jam buka": f"{venue.opens_at:%H.%M}–{venue.closes_at:%H.%M}" if venue.opens_at else "",
        "Koordinat": coordinates.words(venue.latitude, venue.longitude) if is_placed else "",
    }


def special_day_values(day: SpecialDay) -> dict[str, str]:
    return {
        "Nama": day.name,
        "Jenis": day.get_kind_display(),
        "Mulai": clock.date_words(day.starts_on),
        "Sampai": clock.date_words(day.ends_on),
        "Keadaan": "berlaku" if day.is_active else "tidak berlaku",
    }


def differences(before: dict[str, str], after: dict[str, str]) -> list[dict[str, str]]:
    """Fields that differ, as the audit line keeps them: label, before, after."""
    return [
        {"label": label, "before": before[label] or EMPTY, "after": after[label] or EMPTY}
        for label in after
        if before[label] != after[label]
    ]


def changed_labels(changes: list[dict[str, str]]) -> str:
    """`nama kantor, narahubung`: what an audit sentence says of long fields."""
    return ", ".join(change["label"].lower() for change in changes)


def changed_words(changes: list[dict[str, str]]) -> str:
    """`kapasitas 300 kursi → 350 kursi; jam buka (kosong) → 07.00–17.00`."""
    return "; ".join(f"{change['label'].lower()} {change['before']} → {change['after']}" for change in changes)


def changes_since(subject: str, version: int, part: str = "") -> list[Change]:
    """What the edits after `version` changed in `wave:12` or `program:3`, one entry for each field.

    `part` is something with versions of its own inside the subject, such as `session:7`: its audit lines hold
    `version` and `changes` under that key. A field that was changed and changed back is left out.
    """
    path = f"data__{part}__version__gt" if part else "data__version__gt"
    found: dict[str, Change] = {}
    for event in AuditEvent.objects.filter(subject=subject, **{path: version}).order_by("id"):
        for change in (event.data[part] if part else event.data).get("changes", []):
            label = change["label"]
            before = found[label].before if label in found else change["before"]
            found[label] = Change(label, before, change["after"], event.actor_label, event.at)
    return [change for change in found.values() if change.before != change.after]
