"""What proves an event and its money: certificates, receipts, signed papers, photos and reports."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from participants.models import Certificate, Payment, WavePhoto, WaveReport
from rtportal.documents.models import SignedPaper
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="bukti",
            label="Sertifikat, tanda terima uang, dan surat bertanda tangan",
            since="sesudah terbit, dibayar, atau diunggah",
            what=f"Nama pada sertifikat dan tanda terima menjadi “{GONE}”; surat bertanda tangan dihapus. Nomor, "
            "jumlah, dan waktunya tetap.",
            why="Bukti pengeluaran daerah ialah arsip: paling sedikit lima tahun di sini, selebihnya menurut jadwal "
            "retensi arsip daerah (Pasal 44 ayat (1) huruf a UU 27/2022).",
            months=120,
            least=60,
            most=360,
            stores=(
                Store("Sertifikat", _expired_certificates, _purge_certificates),
                Store("Tanda terima uang", _expired_payments, _purge_payments),
                Store("Surat bertanda tangan", _expired_papers, _purge_papers),
            ),
        )
    )
    retention_class(
        RetentionClass(
            key="dokumentasi",
            label="Foto dan notulen kegiatan",
            since="sesudah gelombangnya selesai",
            what="Foto dihapus; notulen, evaluasi, dan simpulan dikosongkan.",
            why="Lampiran laporan kegiatan: menurut jadwal retensi arsip daerah (Pasal 44 ayat (1) huruf a "
            "UU 27/2022).",
            months=60,
            least=12,
            most=360,
            stores=(
                Store("Foto kegiatan", _expired_photos, _purge_photos),
                Store("Laporan kegiatan", _expired_reports, _purge_reports),
            ),
        )
    )


def _expired_certificates(asked: Expiry) -> QuerySet[Certificate]:
    here = within_q("enrolment__village_id", [asked.region_code])
    return Certificate.objects.filter(here, issued_at__lte=asked.until).exclude(holder=GONE).order_by("pk")


def _purge_certificates(keys: Sequence, now: datetime) -> list[str]:
    Certificate.objects.filter(pk__in=keys).update(holder=GONE, represents="", revoke_reason="")
    return []


def _expired_payments(asked: Expiry) -> QuerySet[Payment]:
    here = within_q("enrolment__village_id", [asked.region_code])
    return Payment.objects.filter(here, paid_at__lte=asked.until).exclude(received_by=GONE).order_by("pk")


def _purge_payments(keys: Sequence, now: datetime) -> list[str]:
    Payment.objects.filter(pk__in=keys).update(received_by=GONE)
    return []


def _expired_papers(asked: Expiry) -> QuerySet[SignedPaper]:
    here = within_q("region_code", [asked.region_code])
    return SignedPaper.objects.filter(here, uploaded_at__lte=asked.until).order_by("pk")


def _purge_papers(keys: Sequence, now: datetime) -> list[str]:
    rows = SignedPaper.objects.filter(pk__in=keys)
    paths = list(rows.values_list("path", flat=True))
    rows.delete()
    return paths


def _ended(asked: Expiry) -> Q:
    return within_q("wave__program__region_id", [asked.region_code]) & Q(wave__ends_at__lte=asked.until)


def _expired_photos(asked: Expiry) -> QuerySet[WavePhoto]:
    return WavePhoto.objects.filter(_ended(asked)).order_by("pk")


def _purge_photos(keys: Sequence, now: datetime) -> list[str]:
    rows = WavePhoto.objects.filter(pk__in=keys)
    paths = list(rows.values_list("path", flat=True))
    rows.delete()
    return paths


def _expired_reports(asked: Expiry) -> QuerySet[WaveReport]:
    return WaveReport.objects.filter(_ended(asked)).exclude(minutes="", evaluation="", conclusion="").order_by("pk")


def _purge_reports(keys: Sequence, now: datetime) -> list[str]:
    WaveReport.objects.filter(pk__in=keys).update(minutes="", evaluation="", conclusion="")
    return []
