"""The history of the reader's regions, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region


@dataclass(frozen=True)
class HistoryKind:
    """Actions that people look for under one word: `beginnings` of their names before the dot, or whole names."""

    name: str
    label: str
    beginnings: tuple[str, ...]

    def rows(self) -> Q:
        whole = Q(action__in=[name for name in self.beginnings if "." in name])
        return reduce(or_, (Q(action__startswith=f"{name}.") for name in self.beginnings if "." not in name), whole)

    def has(self, action: str) -> bool:
        return action in self.beginnings or action.partition(".")[0] in self.beginnings


OTHERS = "lainnya"
# Sessions of an agenda; `session.ended` is one of a browser.
_SESSION = ("session.created", "session.updated", "session.moved", "session.swapped", "session.deleted")
KINDS = (
    HistoryKind("akun", "Masuk dan pengaman akun", ("sign_in", "sign_out", "factor", "password", "session.ended")),
    HistoryKind("petugas", "Petugas dan peran", ("assignment", "official")),
    HistoryKind("penolakan", "Akses yang ditolak", ("refusal",)),
    HistoryKind("berkas", "Ekspor, unduhan, dan berkas", ("file", "signed_paper", "wording")),
    HistoryKind("pribadi", "Data pribadi", ("data", "data_request", "retention", "own_data", "correction", "incident")),
    HistoryKind("ketua-rt", "Daftar ketua RT", ("roster", "head", "rows")),
    HistoryKind(
        "program",
        "Program, gelombang, dan jadwal",
        ("program", "wave", "plan", "schedule", "venue", "special_day", "special_days", "feed"),
    ),
    HistoryKind("agenda", "Agenda dan materi", (*_SESSION, "agenda", "agenda_template", "material")),
    HistoryKind("narasumber", "Narasumber dan honornya", ("speaker", "speakers", "speaker_fees")),
    HistoryKind(
        "peserta",
        "Undangan, jawaban, dan peserta",
        ("invitation", "invitations", "answer", "participants", "waiting", "substitute", "link"),
    ),
    HistoryKind(
        "pesan", "Pesan dan surat", ("message", "messages", "reply", "letters", "whatsapp_template", "sending_hours")
    ),
    HistoryKind("kehadiran", "Kehadiran dan pintu", ("attendance", "door", "paper", "walk_in")),
    HistoryKind("uang", "Sertifikat dan pembayaran", ("certificate", "certificates", "payment", "payments")),
    HistoryKind("portal", "Pengelolaan portal", ("backup", "keys", "chain")),
    HistoryKind("kantor", "Kantor dan kop surat", ("office", "signatory")),
)
CHOICES = [(kind.name, kind.label) for kind in KINDS] + [(OTHERS, "Lainnya")]


@dataclass(frozen=True)
class HistoryFilter:
    """Days are those of the reader's zone, both included; `who` and `words` are parts of what the lines say."""

    since: date | None = None
    until: date | None = None
    kind: str = ""
    who: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self == HistoryFilter()


def history_areas(user: User) -> list[str]:
    """Codes of the regions whose history the reader may read."""
    return scope_of(user).areas_with(Right.READ_HISTORY)


def history_zone(areas: list[str]) -> str:
    """The zone of the first of the regions; one query."""
    return Region.objects.filter(code__in=areas[:1]).values_list("time_zone", flat=True).first() or "UTC"


def history(areas: list[str], asked: HistoryFilter, zone: str) -> QuerySet[AuditEvent]:
    """Lines of the regions, the newest first."""
    rows = AuditEvent.objects.filter(within_q("region_code", areas))
    if asked.since:
        rows = rows.filter(at__gte=_begin(asked.since, zone))
    if asked.until:
        rows = rows.filter(at__lt=_begin(asked.until + timedelta(days=1), zone))
    if asked.kind == OTHERS:
        rows = rows.exclude(reduce(or_, (kind.rows() for kind in KINDS)))
    elif asked.kind:
        rows = rows.filter(next(kind.rows() for kind in KINDS if kind.name == asked.kind))
    if asked.who:
        rows = rows.filter(actor_label__icontains=asked.who)
    if asked.words:
        rows = rows.filter(sentence__icontains=asked.words)
    return rows


def place_names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Region code → full name, of the regions in these lines; one query."""
    rows = Region.objects.filter(code__in={event.region_code for event in events})
    return {region.code: region.full_name for region in rows}


def _begin(day: date, zone: str) -> datetime:
    return clock.local_instant(day, time(0), zone)
