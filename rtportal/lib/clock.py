"""Dates and times in Indonesian words, and the way between local days and UTC instants.

An *instant* is an aware datetime; a naive one raises ValueError, because guessing its zone moves a
meeting by an hour. A *zone* is what `parse_zone` takes: "WIB", "Asia/Makassar" or a tzinfo.
Nothing here depends on the locale of the machine.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from rtportal.lib.errors import InputError

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_NAMES = {key.casefold(): name for key, name in ZONES.items()} | {
    name.casefold(): name for name in (*ZONES.values(), "Asia/Pontianak", "Asia/Ujung_Pandang")
}

Zone = str | tzinfo


class ClockError(InputError):
    """A time zone that Indonesia does not have."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def parse_zone(zone: Zone) -> tzinfo:
    """Takes "WIB", "WITA", "WIT" or an Indonesian IANA name, in any case, as tzinfo; a tzinfo stays itself.

    Raises ClockError for anything else.
    """
    if isinstance(zone, tzinfo):
        return zone
    name = _NAMES.get(str(zone).strip().casefold())
    if name is None:
        raise ClockError(f"Zona waktu “{str(zone)[:40]}” tidak dikenal. Pilih WIB, WITA, atau WIT.")
    return ZoneInfo(name)


def length_words(length: timedelta) -> str:
    """How long something has lasted, roughly: "1 menit", "119 menit", "2 jam", "47 jam", "2 hari"."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 120:
        return f"{max(1, minutes)} menit"
    return f"{minutes // 60} jam" if minutes < 48 * 60 else f"{minutes // (24 * 60)} hari"


def date_words(day: date) -> str:
    """date(2023, 11, 8) -> "Rabu, 8 November 2023"."""
    _refuse_instant(day)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """date(2023, 11, 8) -> "8 Nov 2023"."""
    _refuse_instant(day)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def days_words(first: date, last: date) -> str:
    """From one day to another, one day said once: "Rabu, 8 – Jumat, 10 November 2023"."""
    if first == last:
        return date_words(first)
    start = date_words(first).split(" ")
    # What both days share is said once: the year, and with it the month.
    shared = 2 if (first.year, first.month) == (last.year, last.month) else int(first.year == last.year)
    return f"{' '.join(start[: len(start) - shared])} – {date_words(last)}"


def short_days(first: date, last: date) -> str:
    """The same where room is scarce: "8–10 Nov 2023", "30 Nov – 2 Des 2023"."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_date(last)}"
    start = short_date(first)
    return f"{start.rpartition(' ')[0] if first.year == last.year else start} – {short_date(last)}"


def time_words(instant: datetime, zone: Zone) -> str:
    """The local time of an instant: "08.00 WITA"."""
    return f"{_hours(_local(instant, zone))} {zone_label(zone, instant)}"


def moment_words(instant: datetime, zone: Zone) -> str:
    """The local day and time of an instant: "Rabu, 8 November 2023, 08.00 WITA"."""
    return f"{date_words(local_date(instant, zone))}, {time_words(instant, zone)}"


def soon_words(instant: datetime, zone: Zone, *, now: datetime) -> str:
    """When something is to come, as one says it on the present day: "08.05 WITA", "besok 07.30 WITA"; later in full."""
    days = (local_date(instant, zone) - local_date(now, zone)).days
    if days == 0:
        return time_words(instant, zone)
    return f"besok {time_words(instant, zone)}" if days == 1 else moment_words(instant, zone)


def deadline_words(due: datetime, *, now: datetime) -> str:
    """How long until a deadline, or since: "sisa 2 hari 5 jam", "sisa 40 menit", "lewat 3 jam"."""
    minutes = int(abs(due - now).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        words = f"{days} hari {hours} jam" if hours else f"{days} hari"
    else:
        words = f"{hours} jam" if hours else f"{minutes} menit"
    return f"{'sisa' if now < due else 'lewat'} {words}"


def short_moment(instant: datetime, zone: Zone) -> str:
    """The same where room is scarce, such as a cell of a table: "8 Nov 2023 08.05 WITA"."""
    local = _local(instant, zone)
    return f"{short_date(local.date())} {_hours(local)} {local.tzname()}"


def span_words(start: datetime, end: datetime, zone: Zone) -> str:
    """From one instant to another, the day said once if it is one day.

    "Rabu, 8 November 2023, 08.00–15.30 WITA", or over several days
    "Rabu, 8 November 2023, 08.00 – Jumat, 10 November 2023, 12.00 WIB".
    """
    if start == end:
        return moment_words(start, zone)
    first, last = _local(start, zone), _local(end, zone)
    if first.date() == last.date():
        return f"{date_words(first.date())}, {_hours(first)}–{time_words(end, zone)}"
    return f"{date_words(first.date())}, {_hours(first)} – {moment_words(end, zone)}"


def zone_label(zone: Zone, at: datetime) -> str:
    """What people call the zone at that instant: "WIB", "WITA" or "WIT" ("UTC" for UTC)."""
    return _local(at, zone).tzname() or ""


def local_date(instant: datetime, zone: Zone) -> date:
    """The calendar day that people in the zone have at that instant."""
    return _local(instant, zone).date()


def local_instant(day: date, at: time, zone: Zone) -> datetime:
    """The instant, in UTC, at which clocks in the zone show this day and this (naive) time."""
    _refuse_instant(day)
    if at.tzinfo is not None:
        raise ValueError("a local time carries no zone of its own")
    return datetime.combine(day, at, tzinfo=parse_zone(zone)).astimezone(UTC)


def end_of_local_day(day: date, zone: Zone) -> datetime:
    """The last whole second of a local day, 23:59:59, in UTC: a deadline that still counts as in time.

    Shown to people it reads "23.59 WITA", the day they were told, not midnight of the next one.
    """
    return local_instant(day, time(23, 59, 59), zone)


def _local(instant: datetime, zone: Zone) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant must be timezone-aware")
    return instant.astimezone(parse_zone(zone))


def _hours(local: datetime) -> str:
    return f"{local.hour:02d}.{local.minute:02d}"


def _refuse_instant(day: date) -> None:
    # A datetime is a date to Python; its .day is the UTC day, wrong from 16.00 or 17.00 local on.
    if isinstance(day, datetime):
        raise TypeError("give a local day; take it from an instant with local_date(instant, zone)")
