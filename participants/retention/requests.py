"""What people asked about their data, once it is long answered."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from participants.models import DataCorrection, DataRequest
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="permintaan",
            label="Perbaikan dan permintaan data",
            since="sesudah dijawab",
            what="Isi permintaan dan jawabannya dikosongkan; jenis, waktu, dan keputusannya tetap.",
            why="Untuk membuktikan bahwa hak dipenuhi tepat waktu (Pasal 30, 32, dan 41 UU 27/2022).",
            months=24,
            least=12,
            most=60,
            stores=(
                Store("Perbaikan data", _expired_corrections, empty_corrections),
                Store("Permintaan data", _expired_requests, _purge_requests),
            ),
        )
    )


def _expired_corrections(asked: Expiry) -> QuerySet[DataCorrection]:
    here = within_q("village_id", [asked.region_code])
    rows = DataCorrection.objects.filter(here, decided_at__lte=asked.until)
    return rows.exclude(decision_note=GONE).order_by("pk")


def empty_corrections(keys: Sequence, now: datetime) -> list[str]:
    """What was asked, what stood there and why is gone; that it was decided, and when, stays. No files."""
    DataCorrection.objects.filter(pk__in=keys).update(wanted={}, before={}, note="", decision_note=GONE)
    return []


def _expired_requests(asked: Expiry) -> QuerySet[DataRequest]:
    here = within_q("region_id", [asked.region_code])
    return DataRequest.objects.filter(here, decided_at__lte=asked.until).exclude(decision_note=GONE).order_by("pk")


def _purge_requests(keys: Sequence, now: datetime) -> list[str]:
    DataRequest.objects.filter(pk__in=keys).update(note="", decision_note=GONE)
    return []
