"""A head wants a copy of the data, its deletion, or that it is used less."""

from datetime import datetime

from django.db import IntegrityError, transaction

from participants.models import DataRequest, RTHead
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError

_LONGEST = 500


class RequestRefused(InputError):
    """It was not written down; the sentence says why."""


def request_data(
    *,
    head: RTHead,
    kind: str,
    came_by: str,
    note: str,
    by: User | None,
    now: datetime,
    received_at: datetime | None = None,
) -> DataRequest:
    """`head` comes with `rt.village`. `by` is the operator who writes it down; None where the head asks on the own page
    behind the four digits. The clock runs from `received_at` (a letter's arrival), or from now.

    Does: writes the request with its deadline.
    Refuses: RequestRefused for an unknown kind, a moment to come, or while the same request waits.
    Tells: whoever answers for the head, on the list of requests; one audit line.
    """
    received = received_at or now
    if kind not in DataRequest.Kind.values or came_by not in DataRequest.CameBy.values:
        raise RequestRefused("Pilih apa yang diminta.")
    if received > now:
        raise RequestRefused("Waktu diterima belum tiba. Periksa tanggalnya.")
    try:
        with transaction.atomic():
            row = DataRequest.objects.create(
                head=head,
                region_id=head.rt.village_id,
                kind=kind,
                came_by=came_by,
                note=storable(note).strip()[:_LONGEST],
                requested_at=received,
                due_at=received + DataRequest.TIME_TO_DECIDE,
                recorded_by=by,
            )
            record(
                at=now,
                actor=by,
                action="data_request.received",
                sentence=f"{head} ({head.rt}) meminta: {row.get_kind_display()}, lewat {row.get_came_by_display()}; "
                f"batas waktu {clock.moment_words(row.due_at, head.rt.village.time_zone)}.",
                region_code=row.region_id,
                subject=f"head:{head.pk}",
                actor_label="" if by else f"{head} (tautan pribadi)",
                data={"head": head.pk, "request": row.pk, "kind": kind},
            )
    except IntegrityError as error:
        raise RequestRefused("Permintaan yang sama masih menunggu jawaban.") from error
    return row
