"""Sessions of officials and their invitations, and what of the platform the purge leaves alone."""

from collections.abc import Sequence
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from rtportal.privacy.retention import Expiry, KeptClass, RetentionClass, Store, kept_class, retention_class
from rtportal.regions.codes import within_q


def register() -> None:
    retention_class(
        RetentionClass(
            key="sesi",
            label="Sesi petugas",
            since="sesudah berakhir",
            what="Dihapus bersama alamat IP dan nama perambannya.",
            why="Sesudah berakhir tidak diperlukan lagi. Berlaku untuk seluruh portal.",
            months=1,
            least=1,
            most=1,
            stores=(
                Store("Sesi", _expired_sessions, _delete_sessions),
                Store("Daftar sesi", _expired_lists, _delete_lists),
            ),
            is_portal_wide=True,
        )
    )
    retention_class(
        RetentionClass(
            key="undangan-petugas",
            label="Undangan petugas",
            since="sesudah berakhir",
            what="Dihapus. Siapa yang mengundang siapa, dan kapan, tetap ada pada riwayat.",
            why="Sesudah diterima, ditarik, atau lewat waktunya tidak diperlukan lagi (Pasal 43 ayat (1) huruf a "
            "UU 27/2022).",
            months=6,
            least=1,
            most=24,
            stores=(Store("Undangan petugas", _expired_invitations, _delete_invitations),),
        )
    )
    kept_class(
        KeptClass(
            "riwayat",
            "Riwayat (jejak audit)",
            "selama portal dipakai",
            "Perekaman kegiatan pemrosesan wajib (Pasal 31 UU 27/2022), dan riwayat yang dapat dihapus tidak "
            "membuktikan apa pun.",
        )
    )
    kept_class(
        KeptClass(
            "akun",
            "Akun petugas",
            "selama petugas bertugas; sesudah itu akunnya dinonaktifkan",
            "Riwayat menunjuk kepada akun yang berbuat.",
        )
    )
    kept_class(
        KeptClass(
            "jabatan",
            "Narahubung, pejabat, dan panitia",
            "sampai diganti atau dihapus petugas",
            "Data jabatan pada surat yang sudah terbit.",
        )
    )
    kept_class(
        KeptClass(
            "berkas-ekspor",
            "Berkas ekspor dan surat yang dibuat portal",
            f"{settings.FILE_DAYS} hari",
            "Dihapus setiap malam oleh pekerjaan lain portal; lamanya diatur pengelola server (FILE_DAYS).",
        )
    )


def _expired_sessions(asked: Expiry) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=asked.until).order_by("pk")


def _delete_sessions(keys: Sequence, now: datetime) -> list[str]:
    UserSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(pk__in=keys).delete()
    return []


def _expired_lists(asked: Expiry) -> QuerySet[UserSession]:
    """Those whose session is gone already, as after signing out."""
    rows = UserSession.objects.filter(last_seen_at__lte=asked.until)
    return rows.exclude(session_key__in=Session.objects.values("session_key")).order_by("pk")


def _delete_lists(keys: Sequence, now: datetime) -> list[str]:
    UserSession.objects.filter(pk__in=keys).delete()
    return []


def _invitations():
    # That room stands beside this one on the shelf and knows nothing of it.
    return apps.get_model("trust", "OfficialInvitation").objects.all()


def _expired_invitations(asked: Expiry) -> QuerySet:
    here = within_q("region_id", [asked.region_code])
    return _invitations().filter(here, expires_at__lte=asked.until).order_by("pk")


def _delete_invitations(keys: Sequence, now: datetime) -> list[str]:
    _invitations().filter(pk__in=keys).delete()
    return []
