"""The office answers what a head asked to be done with the data."""

from datetime import datetime, timedelta

from django.db import transaction

from participants.models import DataRequest, RTHead
from participants.retention.erasure import erase_head
from participants.retention.heads import free_heads
from participants.succession import lock_roster
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.privacy.retention import Expiry

_SHORTEST, _LONGEST = 10, 500
_STILL_NEEDED = (
    "Orang ini masih menjabat, termasuk program yang masih berjalan, atau permintaannya yang lain belum dijawab: "
    "datanya masih diperlukan untuk tugas pemerintah daerah (Pasal 20 ayat (2) huruf e UU 27/2022), jadi portal tidak "
    "menghapusnya. Tolak dengan alasan itu, atau kosongkan sebagian lewat perbaikan data."
)


class AnswerRefused(InputError):
    """Nothing was decided; the sentence says what is missing."""


@transaction.atomic
def answer_data_request(*, request_pk: int, is_done: bool, note: str, by: User, now: datetime) -> DataRequest:
    """The caller has checked Right.ANSWER_FOR, for deletion Right.MANAGE_PRIVACY.

    Does: writes the decision with its words. Deletion that is granted empties name, addresses, NIK and answers of the
    person at once, in messages, replies, corrections and what rosters keep for undoing too; messages that wait are
    withdrawn; counts stay.
    Refuses: AnswerRefused without words, where somebody else was faster, deletion of whoever is still needed, and
    while a message to the person is being sent.
    Tells: the head, on the own page; one audit line.
    """
    words = " ".join(storable(note).split())[:_LONGEST]
    if len(words) < _SHORTEST:
        what = "apa yang dilakukan" if is_done else "alasannya"
        raise AnswerRefused(f"Tulis {what}, paling sedikit {_SHORTEST} huruf: jawaban ini dibaca ketua RT.")
    rows = DataRequest.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("head__rt__village", "region").get(pk=request_pk)
    if row.state != DataRequest.State.OPEN:
        at = clock.moment_words(row.decided_at, row.region.time_zone)
        raise AnswerRefused(f"Permintaan ini sudah {row.get_state_display()} oleh {row.decided_by} pada {at}.")
    name = str(row.head)
    row.state = DataRequest.State.DONE if is_done else DataRequest.State.REFUSED
    row.decided_at, row.decided_by, row.decision_note = now, by, words
    row.save()
    if is_done and row.kind == DataRequest.Kind.ERASURE:
        _erase(row, now)
        name = "Seorang mantan ketua RT"
    record(
        at=now,
        actor=by,
        action=f"data_request.{row.state}",
        sentence=f"Permintaan {name} ({row.head.rt}) {row.get_state_display()}: {row.get_kind_display()}. {words}",
        region_code=row.region_id,
        subject=f"head:{row.head_id}",
        data={"head": row.head_id, "request": row.pk},
    )
    return row


def _erase(row: DataRequest, now: datetime) -> None:
    """Whoever has left office and is in nothing that goes on."""
    # No roster gives them back their office meanwhile.
    lock_roster(row.region_id)
    # They may have left today, which is tomorrow in UTC at the other end of the country's night.
    free = free_heads(Expiry(row.region_id, now + timedelta(days=2), now)).filter(pk=row.head_id)
    if not free.exists():
        raise AnswerRefused(_STILL_NEEDED)
    try:
        erase_head(RTHead.objects.select_related("rt").get(pk=row.head_id), now=now)
    except InputError as refused:
        raise AnswerRefused(refused.sentence) from None
