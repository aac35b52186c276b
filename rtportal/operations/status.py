"""How the portal is doing, in sentences for officials: what works, what does not, and what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min
from redis.exceptions import RedisError

from rtportal.accounts.row_guard import beyond_scope
from rtportal.documents.models import GeneratedFile
from rtportal.lib.clock import length_words
from rtportal.lib.numbers import thousands
from rtportal.messaging.alarms import LONGEST_SILENCE, LONGEST_WAIT
from rtportal.messaging.channel_health import WORKER
from rtportal.messaging.channels import label_of
from rtportal.messaging.models import ChannelState, Heartbeat, Message
from rtportal.operations.alarms import BEAT, troubles_of_backup
from rtportal.operations.models import BackupRun
from rtportal.web.health import Trouble, troubles_by_part

OK, INFO, WARN, BAD = "ok", "info", "warn", "bad"
_HAVE_LINES = {"messages", "timetable", "backup"}
_ASK = "Hubungi pengelola peladen."
# A disk with less left than this needs somebody today; with less than the second, at once.
_LITTLE, _ALMOST_NONE = 0.15, 0.05


@dataclass(frozen=True)
class Line:
    """`look` is how `status-<look>` paints it; `detail` is for admins alone."""

    part: str
    look: str
    sentence: str
    advice: str = ""
    detail: str = ""


# What an app has waiting for its worker: how many, in words ("2 berkas daftar ketua RT").
WaitingSource = Callable[[], tuple[int, str]]
_waiting: dict[str, WaitingSource] = {}


def waiting_source(app: str, source: WaitingSource) -> None:
    """Registers what an app above has waiting; the same app again replaces it."""
    _waiting[app] = source


@beyond_scope("how the portal is doing is one answer for everybody, and names nobody")
def status_lines(now: datetime) -> list[Line]:
    """A handful of queries. Needs the database; everything else may be away."""
    return [
        *_messages(now),
        *_channels(now),
        *_workers(now),
        _broker(),
        _files(),
        _backup(now),
        *_disks(),
        *(Line("Perhatian", BAD, trouble.sentence) for trouble in _told_by_others(now)),
        Line("Versi", INFO, f"Portal RT {settings.VERSION}."),
    ]


def _told_by_others(now: datetime) -> list[Trouble]:
    """What parts know that have no line of their own here."""
    parts = troubles_by_part(now)
    return [trouble for part, found in parts.items() if part not in _HAVE_LINES for trouble in found]


def _messages(now: datetime) -> Iterator[Line]:
    due = Message.objects.due(now).order_by().aggregate(count=Count("pk"), oldest=Min("due_at"))
    if not due["count"]:
        yield Line("Pengiriman pesan", OK, "Tidak ada pesan yang antre.")
        return
    waited = now - due["oldest"]
    sentence = f"{thousands(due['count'])} pesan antre; yang paling lama sudah {length_words(waited)}."
    if waited > LONGEST_WAIT:
        yield Line(
            "Pengiriman pesan",
            WARN,
            sentence,
            "Lihat papan pengiriman. Saluran dengan batas harian memang mengirim sedikit demi sedikit.",
        )
    else:
        yield Line("Pengiriman pesan", OK, sentence)


def _channels(now: datetime) -> Iterator[Line]:
    for state in ChannelState.objects.order_by("channel"):
        part = f"Saluran {label_of(state.channel)}"
        if state.unavailable_since:
            yield Line(
                part,
                BAD,
                f"Tidak melayani sejak {length_words(now - state.unavailable_since)} yang lalu. Portal mencoba lagi "
                "sendiri, dan memakai saluran lain bila ada.",
                _ASK,
                state.detail,
            )
        elif state.paused_until and state.paused_until > now:
            rest = length_words(state.paused_until - now)
            yield Line(part, INFO, f"Beristirahat {rest} lagi.", detail=state.pause_reason)
        elif state.last_accepted_at:
            yield Line(part, OK, f"Terakhir menerima pesan {length_words(now - state.last_accepted_at)} yang lalu.")


def _workers(now: datetime) -> Iterator[Line]:
    beaten = dict(Heartbeat.objects.values_list("name", "beaten_at"))
    for part, name in (("Pekerja latar", WORKER), ("Penjadwal", BEAT)):
        at = beaten.get(name)
        if at is None:
            yield Line(part, WARN, "Belum pernah memberi tanda.", f"Tunggu semenit bila baru dinyalakan. {_ASK}")
        elif now - at > LONGEST_SILENCE:
            yield Line(
                part,
                BAD,
                f"Tidak memberi tanda sejak {length_words(now - at)} yang lalu: pesan, pengingat, dan berkas tidak "
                "dibuat. Jawaban ketua RT tetap tersimpan.",
                _ASK,
            )
        else:
            yield Line(part, OK, "Bekerja.")


def _broker() -> Line:
    try:
        cache.get("keadaan")
    except (RedisError, OSError):
        return Line("Antrean tugas", BAD, "Redis tidak menjawab: pekerjaan menunggu, tidak ada yang hilang.", _ASK)
    return Line("Antrean tugas", OK, "Redis menjawab.")


def _files() -> Line:
    found = [(GeneratedFile.objects.filter(state__in=["queued", "running"]).count(), "berkas unduhan")]
    found += [source() for source in _waiting.values()]
    waiting = [f"{thousands(count)} {words}" for count, words in found if count]
    if waiting:
        return Line("Berkas dan impor", INFO, f"Sedang menunggu giliran: {', '.join(waiting)}.")
    return Line("Berkas dan impor", OK, "Tidak ada yang menunggu.")


def _backup(now: datetime) -> Line:
    last = BackupRun.objects.filter(fault="").first()
    if not settings.BACKUP_FOLDER and last is None:
        return Line(
            "Cadangan", WARN, "Pencadangan belum diatur di peladen ini.", f"Data hilang bila mesinnya rusak. {_ASK}"
        )
    newest = BackupRun.objects.first()
    detail = newest.fault if newest else ""
    if troubles := troubles_of_backup(now):
        return Line("Cadangan", BAD, troubles[0].sentence, detail=detail)
    ago = length_words(now - last.finished_at)
    megabytes = thousands(max(1, last.size_bytes // 1_000_000))
    sentence = f"Cadangan terakhir {ago} yang lalu, {megabytes} MB."
    return Line("Cadangan", WARN if detail else OK, sentence, detail=detail or last.name)


def _disks() -> Iterator[Line]:
    places = {"Ruang simpan": settings.VAR_DIR}
    if settings.BACKUP_FOLDER:
        places["Ruang cadangan"] = Path(settings.BACKUP_FOLDER)
    for part, place in places.items():
        try:
            usage = shutil.disk_usage(place)
        except OSError:
            yield Line(part, BAD, "Foldernya tidak dapat dibuka.", _ASK, str(place))
            continue
        share = usage.free / usage.total
        look = OK if share > _LITTLE else WARN if share > _ALMOST_NONE else BAD
        advice = "" if look == OK else f"Kosongkan ruang sebelum penuh: portal berhenti menyimpan. {_ASK}"
        gigabytes = thousands(usage.free // 1_000_000_000)
        yield Line(part, look, f"Tersisa {share * 100:.0f}% ({gigabytes} GB).", advice, str(place))


def is_well(lines: list[Line]) -> bool:
    return not any(line.look in {WARN, BAD} for line in lines)
