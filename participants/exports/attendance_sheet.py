"""The attendance sheet of a session to print and sign, each kelurahan/desa on sheets of its own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.http import Http404
from django.utils.text import slugify

from participants.models import Enrolment
from participants.queries.paper_sheets import printed_people, sheet_of
from programs.letterheads import letterhead_of, signature_of
from programs.queries.papers import paper_settings
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import Paper, register
from rtportal.lib import clock, phones
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.lib.row_codes import make_row_code, show_row_code
from sessions.models import TrainingSession


class NothingToSign(InputError):
    """The session's sheet has no rows yet."""


@register
class AttendanceSheet(Paper):
    """Row codes, names and a place for each signature. Row numbers are given before, by `number_rows`."""

    identifier = "daftar-hadir"
    label = "Daftar hadir"
    about = "session"
    template = "attendance_sheet"
    right = Right.MARK_ATTENDANCE
    unit = "baris"

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("session", "")))
        sessions = TrainingSession.objects.visible_to(user).select_related(
            "wave__program__office__region", "wave__program__region", "wave__venue"
        )
        found = None if key is None else sessions.filter(pk=key).first()
        if found is None or not found.takes_attendance:
            raise Http404("no such session")
        self.session, self.wave = found, found.wave
        self.params = {"session": found.pk}
        self.region_code = self.wave.program.region_id
        self.subject = self.wave.group
        self.title = f"Daftar hadir {found.title}, {self.wave.title}, {self.wave.program.name}"
        self.filename = slugify(f"daftar hadir {found.title} {self.wave.title} {self.wave.program.name}")[:120]
        sheet = sheet_of(found)
        self._people = printed_people(found, sheet) if sheet else Enrolment.objects.none()

    def count(self) -> int:
        return self._people.count()

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        data = self.data(now)
        typeset(self.template, data, target, look=lambda: tell(0))
        tell(sum(len(village["rows"]) for village in data["villages"]))

    def data(self, now: datetime) -> dict:
        """All that the sheet tells, as JSON holds it. Raises NothingToSign."""
        people = list(self._people)
        if not people:
            raise NothingToSign("Belum ada baris. Cetak daftar hadir dari halaman Lembar tanda tangan.")
        wave = self.wave
        office, last_day = wave.program.office, clock.local_date(wave.ends_at, wave.zone)
        pptk = paper_settings(wave.program_id).pptk
        return {
            "title": self.title,
            "office": letterhead_of(office),
            "facts": self._facts(),
            "total": f"{thousands(len(people))} orang",
            "printed": clock.short_moment(now, wave.zone),
            "villages": list(_villages(people)),
            "pptk": signature_of(pptk, office, day=last_day) | {"position": "PPTK"},
        }

    def _facts(self) -> list[tuple[str, str]]:
        session, wave, zone = self.session, self.wave, self.wave.zone
        start, end = session.starts_at, session.ends_at
        group = f" ({session.group})" if session.group else ""
        return [
            ("Acara", f"{wave.program.name}, {wave.title}"),
            ("Sesi", session.title + group),
            ("Hari, tanggal", clock.date_words(clock.local_date(start, zone))),
            ("Waktu", f"{clock.time_words(start, zone).split()[0]}–{clock.time_words(end, zone)}"),
            ("Tempat", ", ".join(word for word in (session.room, wave.venue.name) if word)),
        ]


def _villages(people: list[Enrolment]) -> Iterator[dict]:
    for village, group in groupby(people, key=lambda person: person.village):
        rows = [_row(person) for person in group]
        yield {
            "name": village.full_name,
            "district": village.parent.full_name,
            "count": f"{thousands(len(rows))} orang",
            "rows": rows,
        }


def _row(person: Enrolment) -> dict:
    is_represented = person.answer == Enrolment.AnswerKind.REPRESENTED
    return {
        "number": person.row_number,
        "code": show_row_code(make_row_code(person.row_number)),
        "name": person.head.full_name,
        "substitute": person.substitute_name if is_represented else "",
        "unit": person.head.rt.label,
        "phone": phones.masked(person.head.phone) if person.head.phone else "–",
    }
