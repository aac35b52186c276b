"""Roster files as they were uploaded, what was seen of them, and what could be undone."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from participants.models import RosterImport, RosterUndo
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="berkas-impor",
            label="Berkas daftar yang diunggah",
            since="sesudah diunggah",
            what="Berkas, pratinjau, dan baris bermasalah dihapus; jumlah barisnya tetap. Impor yang belum diterapkan "
            "dibatalkan.",
            why="Sesudah diterapkan, yang berlaku ialah daftar ketua RT itu sendiri (Pasal 43 ayat (1) huruf a "
            "UU 27/2022).",
            months=3,
            least=1,
            most=24,
            stores=(
                Store("Impor", _expired_imports, _purge_imports),
                Store("Urungan impor", _expired_undos, _purge_undos),
            ),
        )
    )


def _expired_imports(asked: Expiry) -> QuerySet[RosterImport]:
    rows = RosterImport.objects.filter(within_q("region_id", [asked.region_code]), uploaded_at__lte=asked.until)
    # What the worker has in its hands is finished first.
    return rows.exclude(state__in=RosterImport.WAITING).exclude(filename=GONE).order_by("pk")


def _purge_imports(keys: Sequence, now: datetime) -> list[str]:
    rows = RosterImport.objects.filter(pk__in=keys)
    paths = [path for path in rows.values_list("path", flat=True) if path]
    rows.exclude(state__in=RosterImport.CLOSED).update(state=RosterImport.State.CANCELLED)
    rows.update(filename=GONE, path="", decisions={}, questions=[], faults=[], preview={}, refusal="")
    return paths


def _expired_undos(asked: Expiry) -> QuerySet[RosterUndo]:
    here = within_q("roster_import__region_id", [asked.region_code])
    return RosterUndo.objects.filter(here, until__lte=asked.until).order_by("pk")


def _purge_undos(keys: Sequence, now: datetime) -> list[str]:
    RosterUndo.objects.filter(pk__in=keys).delete()
    return []
