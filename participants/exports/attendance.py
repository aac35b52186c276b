"""Attendance of each session: who was there, since when, who recorded it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.http import Http404

from participants.models import Enrolment
from participants.queries.attendance import STATUS_FILTERS
from participants.queries.attendance_rows import AttendanceEntry, attendance_entries, entry_count, people_in_session
from participants.queries.roster import sessions_with_attendance
from programs.queries.exported import exported_thing
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column, Sheet
from rtportal.lib import clock, names, phones
from rtportal.web.search import typed_words
from sessions.models import TrainingSession

_ANSWERS = {"": "Belum menjawab", **dict(Enrolment.AnswerKind.choices)}


@register
class AttendanceExport(Export):
    """A row for each participant and session; `sesi`, `status` and `cari` are those of the tab Kehadiran."""

    identifier = "kehadiran"
    label = "Kehadiran per sesi"
    about = "wave"
    also_about = ("program",)
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        self.user = user
        self.thing = exported_thing(user, params)
        self.search, status = typed_words(str(params.get("cari", ""))), str(params.get("status", ""))
        self.status = status if status in STATUS_FILTERS else ""
        self.sessions = [session for wave in self.thing.waves for session in sessions_with_attendance(wave)]
        asked = str(params.get("sesi", ""))
        if asked:
            self.sessions = [session for session in self.sessions if str(session.pk) == asked]
            if not self.sessions:
                raise Http404("no such session")
        kept = {"sesi": asked, "cari": self.search, "status": self.status}
        self.params = self.thing.params | {name: value for name, value in kept.items() if value}
        self.region_code = self.thing.program.region_id
        self.subject = self.thing.subject
        self.title = self.thing.title(self.label)
        self.filename = self.thing.filename(self.label)
        self._came: dict[int, list[int]] = {}

    def count(self) -> int:
        if self.search or self.status or "sesi" in self.params:
            return sum(self._people(session).count() for session in self.sessions)
        return entry_count(self.sessions, self.user)

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        words = [("Sesi", self.sessions[0].title)] if "sesi" in self.params else []
        words += [("Kehadiran", STATUS_FILTERS[self.status][0])] if self.status else []
        return words + ([("Dicari", self.search)] if self.search else [])

    def columns(self) -> Sequence[Column]:
        return [
            Column("No", 6, name="no"),
            Column("Gelombang", 14, name="gelombang"),
            Column("Sesi", 36, name="sesi"),
            Column("Tanggal", 26, name="tanggal"),
            Column("Mulai", 12, name="mulai"),
            Column("Kecamatan", 20, name="kecamatan"),
            Column("Kelurahan/desa", 26, name="kelurahan"),
            Column("RW", 6, is_code=True, name="rw"),
            Column("RT", 6, is_code=True, name="rt"),
            Column("Nama", 34, name="nama"),
            Column("Nomor HP", 18, is_code=True, name="hp"),
            Column("Jawaban", 16, name="jawaban"),
            Column("Nama wakil", 26, name="wakil"),
            Column("Kehadiran", 14, name="kehadiran"),
            Column("Hadir sejak", 22, name="sejak"),
            Column("Keluar pada", 22, name="keluar"),
            Column("Menit hadir", 10, name="menit"),
            Column("Dicatat oleh", 26, name="pencatat"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        self._came = {session.pk: [0, 0] for session in self.sessions}
        number = 0
        for session in self.sessions:
            for entry in attendance_entries(session, self._people(session)):
                number += 1
                self._came[session.pk][0] += 1
                self._came[session.pk][1] += entry.marked_at is not None
                yield self._row(number, session, entry)

    def closing_sheets(self) -> Iterator[Sheet]:
        """Numbers by session, counted from the very rows above."""
        columns = [
            Column("Gelombang", 14),
            Column("Sesi", 40),
            Column("Peserta", 12),
            Column("Hadir", 12),
            Column("Tidak hadir", 12),
        ]
        rows = []
        for session in self.sessions:
            people, came = self._came[session.pk]
            rows.append((session.wave.title, session.title, people, came, people - came))
        yield Sheet("Per sesi", columns, rows)

    def _people(self, session: TrainingSession):
        # One session is the list of its tab; of all of them, nobody is absent from a session of another group.
        is_for_them = "sesi" not in self.params
        return people_in_session(session, self.user, search=self.search, status=self.status, is_for_them=is_for_them)

    def _row(self, number: int, session: TrainingSession, entry: AttendanceEntry) -> Sequence[Cell]:
        zone = session.wave.zone
        phone = phones.display if self.is_unmasked else phones.masked
        return (
            number,
            session.wave.title,
            session.title,
            clock.date_words(clock.local_date(session.starts_at, zone)),
            clock.time_words(session.starts_at, zone),
            entry.village.parent.name,
            entry.village.full_name,
            entry.rw,
            entry.rt,
            names.full_name(entry.gelar_depan, entry.name, entry.gelar_belakang),
            phone(entry.phone) if entry.phone else "",
            _ANSWERS[entry.answer],
            entry.substitute_name,
            "Hadir" if entry.marked_at else "Tidak hadir",
            _moment(entry.marked_at, zone),
            _moment(entry.left_at, zone),
            "" if entry.minutes is None else entry.minutes,
            entry.recorded_by,
        )


def _moment(instant: datetime | None, zone: str) -> str:
    return clock.short_moment(instant, zone) if instant else ""
