"""Who looked at a person's data and changed it: lines of the history, officials by their role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from participants.data_copy.spans import Subject
from participants.models import Enrolment
from rtportal.accounts.models import Assignment
from rtportal.audit.models import AuditEvent
from rtportal.audit.record import SYSTEM
from rtportal.documents.registry import thing_of
from rtportal.regions.codes import ancestors

# Their sentences name a file and nobody.
_FILES = ("file.exported", "file.downloaded")
# Files about one person name that person: those about this one have a subject of their own (`head:12`).
_OF_ONE = {"enrolment", "head", ""}
# What the other lines are told as: their sentences may name other people.
_WORDS = {
    "answer.recorded": "Jawaban dicatat",
    "correction.requested": "Perbaikan data diminta",
    "correction.accepted": "Perbaikan data diterima",
    "correction.refused": "Perbaikan data ditolak",
    "head.channel_preferred": "Saluran pesan dipilih",
    "head.replaced": "Ketua RT berganti",
    "invitation.succeeded": "Undangan beralih kepada ketua RT yang baru",
    "link.disowned": "Pembuka tautan menyatakan bukan orangnya",
    "link.reissued": "Tautan pribadi diganti",
    "link.revoked": "Tautan pribadi dicabut",
    "own_data.paused": "Empat angka salah beberapa kali; halaman data dijeda",
    "own_data.copied": "Salinan semua data diambil",
    "data_request.received": "Permintaan data diterima",
    "data_request.done": "Permintaan data dipenuhi",
    "data_request.refused": "Permintaan data ditolak",
    "attendance.marked": "Kehadiran dicatat",
    "attendance.unmarked": "Catatan kehadiran dibatalkan",
    "attendance.settled": "Catatan kehadiran diputuskan",
    "paper.settled": "Lembar tanda tangan diputuskan",
    "payments.recorded": "Uang transpor dicatat",
    "payment.taken_back": "Catatan uang transpor dibatalkan",
    "walk_in.matched": "Kedatangan tanpa undangan dicocokkan",
}
_OTHER = "Data diubah atau dilihat"
_HEAD_SELF, _PORTAL = "lewat tautan pribadi", "portal"


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    who: str
    what: str


def history_of(who: Subject) -> list[HistoryLine]:
    """The oldest first; three queries."""
    waves: dict[str, list[int]] = {}
    for pk, wave in Enrolment.objects.filter(pk__in=who.spans).values_list("pk", "wave_id"):
        waves.setdefault(f"wave:{wave}", []).append(pk)
    villages = {head.rt.village_id for head in who.heads}
    regions = {f"region:{code}" for village in villages for code in [village, *ancestors(village)]}
    own = [f"head:{key}" for key in who.head_keys]
    rows = AuditEvent.objects.filter(subject__in=[*own, *waves, *regions]).order_by("at", "pk")
    found = [row for row in rows.iterator(2_000) if _is_about(row, who, waves)]
    roles = _roles({row.actor_id for row in found if row.actor_id})
    return list(_lines(found, roles))


def _is_about(row: AuditEvent, who: Subject, waves: dict[str, list[int]]) -> bool:
    """`waves`: the person's enrolments by what the history calls their wave."""
    data = row.data
    if row.subject in {f"head:{key}" for key in who.head_keys}:
        return True
    if row.action in _FILES:
        if thing_of(data.get("export", "")) in _OF_ONE:
            return False
        # A list of a whole region names all its heads, one of a wave those who were in it.
        return row.subject not in waves or any(who.had(key, row.at) for key in waves[row.subject])
    if row.action == "head.replaced":
        return bool({data.get("from"), data.get("to")} & set(who.head_keys))
    if data.get("head") in who.head_keys:
        return True
    keys = [data.get("enrolment"), *(data.get("enrolments") or [])]
    return any(isinstance(key, int) and (who.had(key, row.at) or who.had_until(key, row.at)) for key in keys)


def _roles(keys: set[int]) -> dict[int, str]:
    """Accounts with their roles as they are now."""
    roles: dict[int, list[str]] = {}
    for one in Assignment.objects.filter(user__in=keys).select_related("region"):
        roles.setdefault(one.user_id, []).append(f"{one.get_role_display()} {one.region.full_name}")
    return {key: ", ".join(words) for key, words in roles.items()}


def _lines(rows: list[AuditEvent], roles: dict[int, str]) -> Iterator[HistoryLine]:
    for row in rows:
        if row.actor_id:
            actor = roles.get(row.actor_id, "petugas yang tidak bertugas lagi")
        else:
            actor = _PORTAL if row.actor_label == SYSTEM else _HEAD_SELF
        yield HistoryLine(row.at, actor, row.sentence if row.action in _FILES else _WORDS.get(row.action, _OTHER))
