"""The roster of a wave: for the letter's attachment, the door and the accounts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.http import Http404
from django.utils.text import slugify

from participants import nik_store
from participants.models import Answer, Enrolment
from participants.queries.filtered_people import as_params, asked_filters, filter_words, filtered_people
from participants.queries.roster import RosterEntry, roster, sessions_with_attendance
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column, Sheet
from rtportal.lib import clock, names, phones
from rtportal.lib.keys import parse_key

UNANSWERED = "Belum menjawab"
PRESENT = "Hadir"
SYNTHETIC = "data contoh"
_ANSWERS = {"": UNANSWERED, **dict(Enrolment.AnswerKind.choices)}
_CHANNELS = dict(Answer.Channel.choices)
_STATES = {"": "", **dict(Enrolment.SubstituteState.choices)}
_ANSWER_ORDER = (*Enrolment.AnswerKind.values, "")


@register
class RosterExport(Export):
    """One row for each participant, with the answer that counts and the attendance in each session."""

    identifier = "daftar-peserta"
    label = "Daftar peserta"
    about = "wave"
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        self.wave = _wave(user, params.get("wave"))
        program = self.wave.program
        self.asked = asked_filters(params)
        self.params = {"wave": self.wave.pk, **as_params(self.asked)}
        self.region_code = program.region_id
        self.subject = self.wave.group
        self.title = f"{self.label} {self.wave.title}, {program.name}"
        self.filename = slugify(f"{self.label} {self.wave.title} {self.wave.local_day} {program.name}")[:120]
        self.people = filtered_people(self.wave, user, self.asked)
        self.sessions = sessions_with_attendance(self.wave)
        self.has_companions = program.companions == Program.Companions.REQUIRED
        # Made-up people are marked wherever they stand; a wave of real ones needs no column for it.
        self.has_synthetic = self.people.filter(head__is_synthetic=True).exists()
        # Likewise parallel groups, and people continued in a catch-up wave or come from an earlier one.
        self.has_groups = self.people.exclude(group="").exists()
        self.has_continued = self.people.filter(Q(follows__isnull=False) | Q(superseded_at__isnull=False)).exists()
        # Likewise decisions about substitutes and their letters.
        self.has_decisions = self.people.exclude(substitute_state="").exists()
        self.has_letters = program.substitute_letter or self.people.exclude(substitute_letter_at=None).exists()
        # By code and name of the kecamatan.
        self._tally: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def count(self) -> int:
        return self.people.count()

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        return filter_words(self.asked)

    def columns(self) -> Sequence[Column]:
        zone = self.wave.zone
        # By their place, so that a choice of columns fits the next wave too.
        return [column for column, _ in self._parts()] + [
            Column(f"Kehadiran: {one.title}, {clock.time_words(one.starts_at, zone)}", 16, name=f"kehadiran-{place}")
            for place, one in enumerate(self.sessions, start=1)
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        self._tally.clear()
        cells = [cell for _, cell in self._parts()]
        sessions = [session.pk for session in self.sessions]
        for number, entry in enumerate(roster(self.people), start=1):
            self._count(entry)
            present = entry.present_in
            yield (
                *[cell(number, entry) for cell in cells],
                *[PRESENT if session in present else "" for session in sessions],
            )

    def closing_sheets(self) -> Iterator[Sheet]:
        """Numbers by kecamatan, counted from the very rows above, so that both sheets agree."""
        headings = ("Peserta", *(_ANSWERS[answer] for answer in _ANSWER_ORDER), "Tercatat hadir di tempat")
        columns = [Column("Kecamatan", 28), *(Column(heading, 16) for heading in headings)]
        keys = ("invited", *_ANSWER_ORDER, "present")
        total = sum(self._tally.values(), Counter())
        rows = [(name, *(tally[key] for key in keys)) for (_, name), tally in sorted(self._tally.items())]
        yield Sheet("Rekap", columns, rows, totals=("Jumlah", *(total[key] for key in keys)))

    def _count(self, entry: RosterEntry) -> None:
        tally = self._tally[entry.place.district_code, entry.place.district]
        tally["invited"] += 1
        tally[entry.answer] += 1
        if entry.present_in:
            tally["present"] += 1

    def _parts(self) -> list[tuple[Column, Callable[[int, RosterEntry], Cell]]]:
        """The columns before the sessions, each with how its cell is made of number and entry."""
        zone = clock.parse_zone(self.wave.zone)
        # All that is told in full is asked for once and not for each row.
        nik, phone = (nik_store.opened, phones.display) if self.is_unmasked else (nik_store.masked, _masked)
        code = {"is_code": True}
        parts = [
            (Column("No", 6, name="no"), lambda number, _entry: number),
            (Column("Nama", 32, name="nama"), lambda _n, e: names.full_name(e.gelar_depan, e.name, e.gelar_belakang)),
            (Column("NIK", 18, name="nik", **code), lambda _n, e: nik(e.nik_encrypted)),
            (Column("RT", 6, name="rt", **code), lambda _n, e: e.rt),
            (Column("RW", 6, name="rw", **code), lambda _n, e: e.rw),
            (Column("Kelurahan/desa", 24, name="kelurahan"), lambda _n, e: e.place.village),
            (Column("Kecamatan", 20, name="kecamatan"), lambda _n, e: e.place.district),
            (Column("Nomor HP", 16, name="hp", **code), lambda _n, e: phone(e.phone)),
            (Column("Jawaban", 15, name="jawaban"), lambda _n, e: _ANSWERS[e.answer]),
            (Column("Nama wakil", 24, name="wakil"), lambda _n, e: e.substitute_name),
            (Column("Nomor HP wakil", 16, name="hp-wakil", **code), lambda _n, e: phone(e.substitute_phone)),
            (Column("Hubungan wakil", 18, name="hubungan-wakil"), lambda _n, e: e.substitute_relation),
            (Column("Alasan", 24, name="alasan"), lambda _n, e: e.reason),
            (Column("Dijawab lewat", 15, name="saluran"), lambda _n, e: _CHANNELS.get(e.channel, "")),
            (Column("Dicatat oleh", 24, name="pencatat"), lambda _n, e: e.written_by),
            (Column("Dijawab pada", 24, name="dijawab"), lambda _n, e: _moment(e.answered_at, zone)),
        ]
        if self.has_letters:
            parts.insert(12, (Column("Surat tugas wakil", 24, name="surat-wakil"), lambda _n, e: _letter(e, zone)))
        if self.has_decisions:
            decided = Column("Persetujuan wakil", 22, name="persetujuan-wakil")
            parts.insert(12, (decided, lambda _n, e: _STATES[e.substitute_state]))
        if self.has_companions:
            parts.insert(12, (Column("Nama pendamping", 24, name="pendamping"), lambda _n, e: e.companion_name))
        if self.has_groups:
            parts.insert(7, (Column("Kelompok", 20, name="kelompok"), lambda _n, e: e.group))
        if self.has_continued:
            parts.append((Column("Susulan", 30, name="susulan"), lambda _n, e: _continuation(e)))
        if self.has_synthetic:
            parts.append((Column("Catatan", 14, name="catatan"), lambda _n, e: SYNTHETIC if e.is_synthetic else ""))
        return parts


def _masked(phone: str) -> str:
    return phones.masked(phone) if phone else ""


def _continuation(entry: RosterEntry) -> str:
    words = [f"dilanjutkan ke Gelombang {entry.continued_in}"] if entry.continued_in else []
    words += [f"tidak hadir di Gelombang {entry.follows_from}"] if entry.follows_from else []
    return ", ".join(words)


def _letter(entry: RosterEntry, zone: clock.Zone) -> str:
    if entry.answer != Enrolment.AnswerKind.REPRESENTED:
        return ""
    return _moment(entry.substitute_letter_at, zone) or "belum ada"


def _moment(instant: datetime | None, zone: clock.Zone) -> str:
    return clock.short_moment(instant, zone) if instant else ""


def _wave(user: User, typed: object) -> Wave:
    """The wave of that key in the user's scope; Http404 for none and for what is no key."""
    found = Wave.objects.visible_to(user).select_related("program__region").filter(pk=parse_key(str(typed))).first()
    if found is None:
        raise Http404("no such wave")
    return found
