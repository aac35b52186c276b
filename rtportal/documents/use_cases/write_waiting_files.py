"""What the worker does with files that were asked for."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from rtportal.documents.models import GeneratedFile
from rtportal.documents.use_cases.write_file import LEASE, write_file
from rtportal.lib.wakeup import wake_after_commit

MAX_ATTEMPTS = 3
GIVEN_UP = "Berkas gagal dibuat setelah beberapa kali dicoba. Coba buat lagi; bila tetap gagal, hubungi pengelola."


def write_waiting_files(*, clock: Callable[[], datetime]) -> GeneratedFile | None:
    """Does: claims the file that waits longest and writes it; returns it, or None if there was none.

    Refuses: a file whose workers died three times is marked failed.
    Tells: wakes the next worker while more files wait. One file per run keeps a run below the broker's patience.
    """
    now = clock()
    GeneratedFile.objects.waiting(now).filter(attempt_count__gte=MAX_ATTEMPTS).update(
        state=GeneratedFile.State.FAILED, failure=GIVEN_UP, finished_at=now, lease_until=None
    )
    file = _claim(now)
    if file is None:
        return None
    if GeneratedFile.objects.waiting(now).exists():
        wake_after_commit("documents.write_waiting_files")
    write_file(file=file, clock=clock)
    return file


def _claim(now: datetime) -> GeneratedFile | None:
    waiting = GeneratedFile.objects.waiting(now).order_by("requested_at").values_list("pk", flat=True)
    for pk in list(waiting[:20]):
        # Asking again for what makes the file due lets only one of several workers win.
        won = GeneratedFile.objects.waiting(now).filter(pk=pk)
        if won.update(
            state=GeneratedFile.State.RUNNING,
            lease_until=now + LEASE,
            attempt_count=F("attempt_count") + 1,
            rows_done=0,
        ):
            return GeneratedFile.objects.select_related("owner").get(pk=pk)
    return None
