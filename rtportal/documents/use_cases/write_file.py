"""Writing one file that this process holds the lease of."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from rtportal.accounts.row_guard import acting_as, beyond_scope
from rtportal.audit.record import record
from rtportal.documents.formats import FORMATS
from rtportal.documents.imprint import imprint_of, told_of
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Document, Export, Paper, open_export
from rtportal.documents.storage import put_in_place, working_file
from rtportal.documents.tables import Cell, Sheet
from rtportal.lib.errors import InputError
from rtportal.lib.full_disk import SENTENCE, is_full
from rtportal.lib.numbers import thousands

logger = logging.getLogger("rtportal.documents")

# Longer than any pause between two rows, and than packing the finished workbook.
LEASE = timedelta(minutes=2)
REPORT_EVERY = timedelta(seconds=1)
_ROWS_PER_LOOK = 100

NO_LONGER_ALLOWED = "Berkas tidak dibuat karena hak ekspor pembuatnya sudah berubah."
BROKEN = "Berkas gagal dibuat karena gangguan pada portal. Coba buat lagi; bila tetap gagal, hubungi pengelola."


class LostLease(Exception):
    """Another worker has taken the file over."""


def write_file(*, file: GeneratedFile, clock: Callable[[], datetime]) -> None:
    """Does: writes the file in its owner's scope of this moment and puts it in place as a whole.

    Refuses: if the owner may no longer export it, or something fails, the file is marked failed with a sentence.
    Tells: an audit line with the number of rows; about each second how many are done.
    """
    work = _Work(file, clock)
    try:
        # The worker sees everything; the database shows it what the owner may see.
        with acting_as(file.owner):
            export = open_export(file.export, user=file.owner, params=file.params, is_unmasked=file.is_unmasked)
            with working_file(file) as draft:
                if isinstance(export, Paper):
                    export.write(draft, now=clock(), tell=work.tell)
                else:
                    imprint = imprint_of(file, export, now=clock())
                    FORMATS[file.format].write(draft, work.sheets(export), imprint, work.look)
                work.report()
                path = put_in_place(draft, file)
            work.finish(path, export)
    except LostLease:
        logger.warning("file %s was taken over by another worker", file.pk)
    except (Http404, PermissionDenied):
        work.fail(NO_LONGER_ALLOWED)
    except InputError as refusal:
        work.fail(refusal.sentence)
    except Exception as error:
        logger.exception("file %s could not be written", file.pk)
        work.fail(SENTENCE if is_full(error) else BROKEN)


class _Work:
    """The lease and the progress of one file. Each update asks whether the lease is still this process's."""

    def __init__(self, file: GeneratedFile, clock: Callable[[], datetime]):
        self.file = file
        self.clock = clock
        self.done = 0
        self.reported_at = clock()

    def sheets(self, export: Export) -> Iterator[Sheet]:
        sheet = export.sheet()
        yield replace(sheet, rows=self._counted(sheet.rows))
        yield from export.closing_sheets()

    def look(self) -> None:
        """While no rows are read. Raises LostLease."""
        self.tell(self.done)

    def tell(self, done: int) -> None:
        """So many are done. Raises LostLease."""
        self.done = done
        if self.clock() - self.reported_at >= REPORT_EVERY:
            self.report()

    def report(self) -> None:
        now = self.clock()
        self.reported_at = now
        self._update(rows_done=self.done, lease_until=now + LEASE)

    def finish(self, path: str, export: Document) -> None:
        file = self.file
        now = self.clock()
        label, amount = FORMATS[file.format].label, f"{thousands(self.done)} {export.unit}"
        with transaction.atomic():
            self._update(
                state=GeneratedFile.State.READY,
                path=path,
                rows_done=self.done,
                rows_total=self.done,
                finished_at=now,
                lease_until=None,
                fingerprint=export.fingerprint(),
            )
            if isinstance(export, Paper):
                export.written(now=now)
            record(
                at=now,
                actor=file.owner,
                action="file.exported",
                sentence=f"Mengekspor “{file.title}” sebagai {label}, {amount}{told_of(file)}",
                region_code=file.region_code,
                subject=file.subject,
                data={
                    "file": str(file.pk),
                    "export": file.export,
                    "format": file.format,
                    "rows": self.done,
                    "purpose": file.purpose,
                    "unmasked": file.is_unmasked,
                },
            )

    def fail(self, sentence: str) -> None:
        try:
            self._update(state=GeneratedFile.State.FAILED, failure=sentence, finished_at=self.clock(), lease_until=None)
        except LostLease:
            logger.warning("file %s failed here after another worker had taken it over", self.file.pk)

    def _counted(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % _ROWS_PER_LOOK == 0 and self.clock() - self.reported_at >= REPORT_EVERY:
                self.report()

    def _update(self, **changes) -> None:
        held = GeneratedFile.objects.filter(
            pk=self.file.pk, state=GeneratedFile.State.RUNNING, lease_until=self.file.lease_until
        )
        with beyond_scope("the worker keeps its own book, whatever the owner may still see"):
            count = held.update(**changes)
        if not count:
            raise LostLease
        for field, value in changes.items():
            setattr(self.file, field, value)
