"""Messages, replies, and what providers reported."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from rtportal.messaging.models import ChannelEvent, DeliveryAttempt, InboxItem, Message, Reply
from rtportal.privacy.retention import (
    GONE,
    Expiry,
    KeptClass,
    RetentionClass,
    Store,
    kept_class,
    open_groups,
    retention_class,
)
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="pesan",
            label="Pesan dan percobaan kirim",
            since="sesudah pesannya selesai",
            what="Nama, nomor, alamat, perihal, dan keterangan kirim dikosongkan; jumlah dan waktunya tetap.",
            why="Diperlukan selama programnya berjalan dan bila ada keberatan tentang undangan; sesudah itu tidak lagi "
            "(Pasal 43 ayat (1) huruf a UU 27/2022). Pesan program yang masih berjalan tidak disentuh.",
            months=12,
            least=3,
            most=60,
            stores=(Store("Pesan", _expired_messages, empty_messages),),
        )
    )
    retention_class(
        RetentionClass(
            key="balasan",
            label="Balasan pesan",
            since="sesudah diterima",
            what="Isi, nomor, dan nama pengirim dikosongkan; jumlahnya tetap.",
            why="Sesudah dijawab tidak diperlukan lagi (Pasal 43 ayat (1) huruf a UU 27/2022).",
            months=12,
            least=3,
            most=60,
            stores=(Store("Balasan", _expired_replies, empty_replies),),
        )
    )
    retention_class(
        RetentionClass(
            key="laporan-saluran",
            label="Laporan mentah penyedia pesan",
            since="sesudah diterima",
            what="Dihapus; yang berarti sudah dibaca ke dalam pesannya.",
            why="Hanya untuk mencari sebab gangguan. Berlaku untuk seluruh portal.",
            months=3,
            least=3,
            most=3,
            stores=(
                Store("Laporan penyedia", _expired_events, _delete_events),
                Store("Balasan pengirim tidak dikenal", _expired_strangers, empty_replies),
            ),
            is_portal_wide=True,
        )
    )
    kept_class(
        KeptClass(
            "berhenti-pesan",
            "Permintaan berhenti menerima pesan",
            "sampai pemiliknya mengakhirinya",
            "Tanpa catatan ini pemiliknya akan dikirimi pesan lagi.",
        )
    )
    kept_class(
        KeptClass(
            "sehari",
            "Pemakaian saluran",
            "sehari",
            "Dihapus setiap jam oleh pekerjaan lain portal; hanya untuk menghitung batas kirim penyedia.",
        )
    )


def _expired_messages(asked: Expiry) -> QuerySet[Message]:
    rows = Message.objects.filter(within_q("region_code", [asked.region_code]), closed_at__lte=asked.until)
    needed = open_groups(asked.region_code, asked.now)
    return rows.exclude(recipient_name=GONE).exclude(group__in=needed).order_by("pk")


def empty_messages(keys: Sequence, now: datetime) -> list[str]:
    """Who got these messages, and what was tried, is gone; that they were sent stays. No files."""
    rows = Message.objects.filter(pk__in=keys)
    # An office's own words may name the person in the subject.
    empty = dict.fromkeys(("address", "subject", "reference", "detail", "urgent_reason"), "")
    rows.update(recipient_name=GONE, route=[], **empty)
    DeliveryAttempt.objects.filter(message__in=keys).update(detail="")
    InboxItem.objects.filter(message__in=keys).delete()
    return []


def _expired_replies(asked: Expiry) -> QuerySet[Reply]:
    rows = Reply.objects.filter(within_q("region_code", [asked.region_code]), received_at__lte=asked.until)
    return rows.exclude(text=GONE).order_by("pk")


def _expired_strangers(asked: Expiry) -> QuerySet[Reply]:
    return Reply.objects.filter(region_code="", received_at__lte=asked.until).exclude(text=GONE).order_by("pk")


def empty_replies(keys: Sequence, now: datetime) -> list[str]:
    """Who wrote and what is gone; that somebody wrote stays. No files."""
    Reply.objects.filter(pk__in=keys).update(text=GONE, address="", sender_name="", note="")
    return []


def _expired_events(asked: Expiry) -> QuerySet[ChannelEvent]:
    # What nobody has read yet is still to be read.
    return ChannelEvent.objects.filter(received_at__lte=asked.until, processed_at__isnull=False).order_by("pk")


def _delete_events(keys: Sequence, now: datetime) -> list[str]:
    ChannelEvent.objects.filter(pk__in=keys).delete()
    return []
