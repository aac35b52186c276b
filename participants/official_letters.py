"""What all official letters of a programme have in common, for `templates/print/office_letter.typ`."""

from datetime import date, datetime

from participants.publication_changes import place_of, span_of
from programs.letterheads import letterhead_of, signature_of
from programs.models import Program, Wave
from programs.queries.papers import paper_settings
from rtportal.lib import clock

# Numbers that the office's own register gives are written by hand.
BY_HAND = "……………………"


def frame_of(program: Program, *, day: date) -> dict:
    """`office`, `nature`, `copies` (one receiver each), `signature`; needs `office.region`. One query and one file."""
    settings = paper_settings(program.pk)
    return {
        "office": letterhead_of(program.office),
        "nature": settings.nature,
        "copies": settings.copies_to.splitlines(),
        "signature": signature_of(settings.signer, program.office, day=day),
    }


def place_and_day(program: Program, day: date) -> str:
    """`Tanjung, 8 November 2023`; only the day where the office has not said its town."""
    return signature_of(None, program.office, day=day)["place_date"]


def schedule_facts(wave: Wave) -> dict:
    """Time and place as they were published; of a draft, as they stand in the office's working copy."""
    if wave.publication:
        return wave.publication.facts
    return {
        "starts_at": wave.starts_at.isoformat(),
        "ends_at": wave.ends_at.isoformat(),
        "zone": wave.zone,
        "venue": wave.venue.name,
        "address": wave.venue.address,
    }


def event_rows(wave: Wave) -> list[tuple[str, str]]:
    """Hari, waktu, tempat and acara of a wave as a letter lists them; without what is not known."""
    facts = schedule_facts(wave)
    starts_at, ends_at = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    zone = facts["zone"]
    first, last = (clock.local_date(at, zone) for at in (starts_at, ends_at))
    hours = f"{clock.time_words(starts_at, zone).split()[0]}–{clock.time_words(ends_at, zone)}"
    rows = [
        ("Hari, tanggal", clock.days_words(first, last)),
        ("Waktu", hours if first == last else f"{clock.time_words(starts_at, zone)} hari pertama sampai selesai"),
        ("Tempat", facts["venue"]),
        ("Alamat", facts["address"]),
        ("Acara", f"{wave.program.name}, {wave.title}"),
    ]
    return [row for row in rows if row[1]]


def event_values(wave: Wave) -> dict[str, str]:
    """The words that texts of letters about a wave know beside those of the programme."""
    facts = schedule_facts(wave)
    return {"gelombang": wave.title, "waktu": span_of(facts), "tempat": place_of(facts)}
