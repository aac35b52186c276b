"""Heads who have left office long ago lose name and addresses; what they were counted in stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.models import DataCorrection, DataRequest, Enrolment, EnrolmentSuccession, RTHead
from participants.retention.answers import empty_enrolments
from participants.roster_file.undo_rows import heads_in_undos
from programs.queries.open_groups import open_programs
from rtportal.audit.models import AuditEvent
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import REGENCY, VILLAGE, within_q

_LEFT_BY = ("head.replaced", "roster.applied", "roster.undone")


def register() -> None:
    retention_class(
        RetentionClass(
            key="mantan-ketua",
            label="Ketua RT yang tidak menjabat lagi",
            since="sesudah berhenti menjabat dan gelombang terakhirnya berakhir",
            what=f"Nama menjadi “{GONE}”; nomor HP, e-mail, dan NIK dikosongkan; jumlah undangan dan kehadiran tetap.",
            why="Selama kegiatan dapat diperiksa dan sesuai jadwal retensi arsip daerah (Pasal 44 ayat (1) huruf a "
            "UU 27/2022). Orang dalam program yang masih berjalan, dan ketua yang dapat kembali menjabat bila impor "
            "diurungkan, tidak disentuh.",
            months=24,
            least=12,
            most=120,
            stores=(Store("Ketua RT", expired_heads, anonymise_heads),),
        )
    )


def expired_heads(asked: Expiry) -> QuerySet[RTHead]:
    """Those of `free_heads` whom no roster can still bring back into office, and of whom it is known since when."""
    seats = Enrolment.objects.filter(head=OuterRef("pk"))
    rows = free_heads(asked).exclude(~Exists(seats), left_office_on=None, term_ends_on=None)
    named = heads_in_undos(asked.region_code, now=asked.now)
    if not named:
        return rows
    # Few of them have left office, whatever the roster's length.
    return rows.exclude(pk__in=named.intersection(rows.values_list("pk", flat=True)))


def free_heads(asked: Expiry) -> QuerySet[RTHead]:
    """Out of office since before `asked.until`, and in nothing that ended after it or belongs to an open programme.

    What was recorded counts besides the term: whoever stayed on after a term of years ago has left only now.
    """
    seats = Enrolment.objects.filter(head=OuterRef("pk"))
    busy = seats.filter(Q(wave__ends_at__gt=asked.until) | Q(program__in=open_programs(asked.now)))
    waiting = {"head": OuterRef("pk"), "state": "open"}
    rows = RTHead.objects.filter(within_q("rt__village_id", [asked.region_code]), is_current=False)
    day = asked.until.date()
    # Where nobody said when the term ended, the day on which they left counts alone.
    ended = Q(term_ends_on__lt=day) | Q(term_ends_on=None)
    left = Q(left_office_on__lt=day) | Q(left_office_on=None) & ~Exists(_changes_since(asked.until))
    return (
        rows.filter(ended)
        .filter(left)
        .exclude(name=GONE)
        .exclude(Exists(busy))
        .exclude(Exists(EnrolmentSuccession.objects.filter(from_head=OuterRef("pk"), at__gt=asked.until)))
        .exclude(Exists(DataCorrection.objects.filter(**waiting)))
        .exclude(Exists(DataRequest.objects.filter(**waiting)))
        .order_by("pk")
    )


def _changes_since(until: datetime) -> QuerySet[AuditEvent]:
    """Lines of the history with which a head of the RT may have left, for those whom an older program let go without
    writing down the day.
    """
    village = "rt__village"
    here = Q(region_code=OuterRef(f"{village}_id"))
    for _ in range(REGENCY, VILLAGE):
        village += "__parent"
        here |= Q(region_code=OuterRef(f"{village}_id"))
    return AuditEvent.objects.filter(here, action__in=_LEFT_BY, at__gt=until)


def anonymise_heads(keys: Sequence, now: datetime) -> list[str]:
    """Empty what tells who they were, and what they answered."""
    RTHead.objects.filter(pk__in=keys).update(
        gelar_depan="",
        name=GONE,
        gelar_belakang="",
        phone="",
        email="",
        preferred_channel="",
        nik_encrypted="",
        nik_digest="",
    )
    seats = list(Enrolment.objects.filter(head__in=keys).values_list("pk", flat=True))
    # Nobody is behind the link any more.
    Enrolment.objects.filter(pk__in=seats, link_revoked_at=None).update(link_revoked_at=now)
    empty_enrolments(seats)
    return []
