"""Agendas to start from: the portal's own, and those that officials of a kabupaten/kota saved.

Times are relative: `day` 0 is the wave's first day, `starts` (`08.00`) is local, so a template fits every wave.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

from programs.models import Wave
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from sessions.models import AgendaTemplate, TrainingSession

Kind = TrainingSession.Kind


@dataclass(frozen=True)
class TemplateItem:
    """One session of a template, as `AgendaTemplate.items` keeps it."""

    kind: str
    title: str
    day: int
    starts: str
    minutes: int
    room: str = ""
    group: str = ""

    def starts_at(self, wave: Wave) -> datetime:
        hour, minute = (int(part) for part in self.starts.split("."))
        return clock.local_instant(wave.local_day + timedelta(days=self.day), time(hour, minute), wave.zone)

    def session(self, wave: Wave) -> TrainingSession:
        """The session that this item is in the wave, not saved."""
        begin = self.starts_at(wave)
        return TrainingSession(
            wave=wave,
            kind=self.kind,
            title=self.title,
            starts_at=begin,
            ends_at=begin + timedelta(minutes=self.minutes),
            room=self.room,
            group=self.group,
        )


@dataclass(frozen=True)
class Template:
    """`key` is what a form sends; `pk` is None for the portal's own, which nobody deletes."""

    key: str
    name: str
    items: tuple[TemplateItem, ...]
    pk: int | None = None


def _day(*items: tuple[str, str, str, int]) -> tuple[TemplateItem, ...]:
    return tuple(TemplateItem(kind, title, 0, starts, minutes) for kind, title, starts, minutes in items)


# The programmes that this portal was made for: Tabalong's day of a bimtek and Jambi's day of a retreat.
BUILT_IN = (
    Template(
        "bimtek-sehari",
        "Bimtek sehari",
        _day(
            (Kind.REGISTRATION, "Registrasi peserta", "08.00", 30),
            (Kind.OPENING, "Pembukaan", "08.30", 45),
            (Kind.MATERIAL, "Materi 1", "09.15", 90),
            (Kind.MATERIAL, "Materi 2", "10.45", 75),
            (Kind.BREAK, "ISHOMA", "12.00", 60),
            (Kind.MATERIAL, "Materi 3", "13.00", 60),
            (Kind.DISCUSSION, "Diskusi dan tanya jawab", "14.00", 45),
            (Kind.CLOSING, "Penutupan", "14.45", 15),
        ),
    ),
    Template(
        "retret-sehari-penuh",
        "Retret sehari penuh",
        _day(
            (Kind.REGISTRATION, "Registrasi peserta", "07.00", 60),
            (Kind.OPENING, "Upacara pembukaan", "08.00", 60),
            (Kind.MATERIAL, "Materi 1", "09.00", 90),
            (Kind.MATERIAL, "Materi 2", "10.30", 90),
            (Kind.BREAK, "ISHOMA", "12.00", 60),
            (Kind.MATERIAL, "Materi 3", "13.00", 90),
            (Kind.BREAK, "Rehat kopi", "14.30", 30),
            (Kind.DISCUSSION, "Diskusi kelompok", "15.00", 90),
            (Kind.BREAK, "ISHOMA", "16.30", 150),
            (Kind.MATERIAL, "Materi 4", "19.00", 90),
            (Kind.CLOSING, "Penutupan", "20.30", 30),
        ),
    ),
)


def templates_for(region_code: str) -> list[Template]:
    """The portal's own, then those saved in the region, by name. One query."""
    saved = AgendaTemplate.objects.filter(region=region_code)
    return [*BUILT_IN, *(_saved(row) for row in saved)]


def template_of(key: str, region_code: str) -> Template | None:
    """The template with that key, if the region may use it."""
    built_in = next((template for template in BUILT_IN if template.key == key), None)
    pk = parse_key(key)
    if built_in or pk is None:
        return built_in
    row = AgendaTemplate.objects.filter(region=region_code, pk=pk).first()
    return _saved(row) if row else None


def items_of(wave: Wave) -> list[dict]:
    """The wave's agenda as `AgendaTemplate.items` keeps it, without speakers and notes."""
    zone = clock.parse_zone(wave.zone)
    return [
        asdict(
            TemplateItem(
                kind=session.kind,
                title=session.title,
                day=(clock.local_date(session.starts_at, zone) - wave.local_day).days,
                starts=f"{session.starts_at.astimezone(zone):%H.%M}",
                minutes=int((session.ends_at - session.starts_at).total_seconds() // 60),
                room=session.room,
                group=session.group,
            )
        )
        for session in wave.training_sessions.all()
    ]


def _saved(row: AgendaTemplate) -> Template:
    return Template(str(row.pk), row.name, tuple(TemplateItem(**item) for item in row.items), row.pk)
