"""Speakers who have not spoken for long lose name and addresses; their sessions stay in the agendas."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q
from sessions.models import SessionSpeaker, Speaker


def register() -> None:
    """Makes the class known to `rtportal/privacy/retention.py`."""
    retention_class(
        RetentionClass(
            key="narasumber",
            label="Narasumber",
            since="sesudah sesi terakhirnya",
            what=f"Nama menjadi “{GONE}”; nomor HP, e-mail, topik, dan alasan menolak dikosongkan. Jabatan dan sesinya "
            "tetap.",
            why="Selama dapat diundang lagi dan kegiatannya dapat diperiksa (Pasal 44 ayat (1) huruf a UU 27/2022).",
            months=60,
            least=12,
            most=120,
            stores=(Store("Narasumber", _expired_speakers, _purge_speakers),),
        )
    )


def _expired_speakers(asked: Expiry) -> QuerySet[Speaker]:
    """Whoever has not been asked yet is not expired: nobody knows since when they are there."""
    parts = SessionSpeaker.objects.filter(speaker=OuterRef("pk"))
    rows = Speaker.objects.filter(within_q("region_id", [asked.region_code])).exclude(name=GONE)
    is_busy = Exists(parts.filter(session__ends_at__gt=asked.until))
    return rows.filter(Exists(parts)).exclude(is_busy).order_by("pk")


def _purge_speakers(keys: Sequence, now: datetime) -> list[str]:
    Speaker.objects.filter(pk__in=keys).update(
        gelar_depan="", name=GONE, gelar_belakang="", phone="", email="", topics="", link_id=None, link_hash=None
    )
    SessionSpeaker.objects.filter(speaker__in=keys).update(decline_reason="")
    return []
