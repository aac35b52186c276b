"""The eight words of the rail, and what the frame of every page knows about its reader."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.models import Region
from rtportal.web.health import Trouble, troubles


@dataclass(frozen=True)
class Entry:
    """One word of the menu; `paths` are the beginnings of addresses that belong to it."""

    label: str
    url_name: str
    icon: str
    paths: tuple[str, ...]
    # On a phone five words stand in the bottom bar, the others under "Lainnya".
    is_on_phone: bool = True


_PROGRAM = ("/program/", "/rencana/", "/gelombang/", "/sesi/", "/peserta/", "/meja/", "/tamu/")
_SETTINGS = (
    *("/pengaturan/", "/keadaan/", "/tempat/", "/kantor/", "/hari-khusus/"),
    *("/petugas/", "/riwayat/", "/data-pribadi/"),
)
MENU = (
    Entry("Beranda", "participants:home", "beranda", ()),
    Entry("Program", "programs:program_list", "program", _PROGRAM),
    Entry("Kalender", "programs:calendar", "kalender", ("/kalender/",)),
    Entry("Ketua RT", "participants:head_list", "ketua-rt", ("/ketua-rt/", "/jawaban/", "/perbaikan/")),
    Entry("Narasumber", "training_sessions:speaker_list", "narasumber", ("/narasumber/",), is_on_phone=False),
    Entry("Pesan", "messaging:message_list", "pesan", ("/pesan/", "/balasan/", "/kotak-masuk/")),
    Entry("Berkas", "documents:file_list", "berkas", ("/berkas/", "/ekspor/"), is_on_phone=False),
    Entry("Pengaturan", "programs:settings", "pengaturan", _SETTINGS, is_on_phone=False),
)


def menu_for(path: str) -> Iterator[dict]:
    """The entries as the frame shows them, the one that `path` belongs to marked."""
    for entry in MENU:
        url = reverse(entry.url_name)
        yield {
            "label": entry.label,
            "url": url,
            "icon": entry.icon,
            "is_on_phone": entry.is_on_phone,
            "is_exact": path == url,
            "is_current": path == url or path.startswith(entry.paths),
        }


def office_of(user: User) -> str:
    """`Kabupaten Tabalong`, `Kabupaten Tabalong dan 2 wilayah lain`; "" for nowhere. One query besides the scope's."""
    areas = scope_of(user).areas
    first = Region.objects.filter(code__in=areas[:1]).first()
    if first is None:
        return ""
    others = len(areas) - 1
    return f"{first.full_name} dan {others} wilayah lain" if others else first.full_name


def zone_of(user: User) -> str:
    """The time zone of the user's first region, for what belongs to no region: the devices of an account. One query."""
    first = Region.objects.filter(code__in=scope_of(user).areas[:1]).values_list("time_zone", flat=True).first()
    return first or "Asia/Jakarta"


def troubles_for(user: User) -> list[Trouble]:
    """What whoever schedules should know does not work; nothing for anybody else. One query besides the scope's."""
    return troubles(clock.now()) if scope_of(user).may_anywhere(Right.SCHEDULE) else []


def frame(request: HttpRequest) -> dict:
    """Context processor: `menu`, `office_name`, `own_zone` and `troubles`, all made only if the page shows them."""
    return {
        "menu": SimpleLazyObject(lambda: list(menu_for(request.path))),
        "office_name": SimpleLazyObject(lambda: office_of(request.user)),
        "own_zone": SimpleLazyObject(lambda: zone_of(request.user)),
        "troubles": SimpleLazyObject(lambda: troubles_for(request.user)),
    }
