"""Heads who have left office long ago lose name and addresses; what they were counted in stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.models import DataCorrection, DataRequest, Enrolment, EnrolmentSuccession, RTHead
from participants.retention.answers import empty_enrolments
from programs.queries.open_groups import open_programs
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="mantan-ketua",
            label="Ketua RT yang tidak menjabat lagi",
            since="sesudah masa baktinya dan gelombang terakhirnya berakhir",
            what=f"Nama menjadi “{GONE}”; nomor HP, e-mail, dan NIK dikosongkan; jumlah undangan dan kehadiran tetap.",
            why="Selama kegiatan dapat diperiksa dan sesuai jadwal retensi arsip daerah (Pasal 44 ayat (1) huruf a "
            "UU 27/2022). Orang dalam program yang masih berjalan tidak disentuh.",
            months=24,
            least=12,
            most=120,
            stores=(Store("Ketua RT", expired_heads, anonymise_heads),),
        )
    )


def expired_heads(asked: Expiry) -> QuerySet[RTHead]:
    """Out of office, and in nothing that ended after `asked.until` or belongs to an open programme."""
    seats = Enrolment.objects.filter(head=OuterRef("pk"))
    busy = seats.filter(Q(wave__ends_at__gt=asked.until) | Q(program__in=open_programs(asked.now)))
    waiting = {"head": OuterRef("pk"), "state": "open"}
    rows = RTHead.objects.filter(within_q("rt__village_id", [asked.region_code]), is_current=False)
    # Where nobody said when the term ended, the end of the last wave counts, or a succession.
    ended = Q(term_ends_on__lt=asked.until.date()) | Q(term_ends_on=None)
    return (
        rows.filter(ended)
        .exclude(name=GONE)
        .exclude(Exists(busy))
        .exclude(Exists(EnrolmentSuccession.objects.filter(from_head=OuterRef("pk"), at__gt=asked.until)))
        .exclude(Exists(DataCorrection.objects.filter(**waiting)))
        .exclude(Exists(DataRequest.objects.filter(**waiting)))
        .order_by("pk")
    )


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
