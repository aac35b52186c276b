"""A roster file on its way into the portal."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedJSONField
from rtportal.regions.models import Region


class RosterImportQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("region_id"))

    def waiting(self):
        return self.filter(state__in=RosterImport.WAITING)

    def without_rows(self):
        """For lists: the faulty rows and the preview may be megabytes."""
        return self.defer("faults", "preview", "questions")


class RosterImport(models.Model):
    """Upload → check → preview → apply, and back. The worker does the checking, the applying and the undoing."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "menunggu diperiksa"
        # Which column is which, or which of several villages is meant: an official has to say so first.
        ASKED = "asked", "menunggu jawaban Anda"
        REFUSED = "refused", "ditolak"
        PREVIEWED = "previewed", "siap diterapkan"
        APPROVED = "approved", "menunggu diterapkan"
        APPLIED = "applied", "sudah diterapkan"
        CANCELLED = "cancelled", "dibatalkan"
        UNDOING = "undoing", "menunggu diurungkan"
        UNDONE = "undone", "diurungkan"

    # What the worker still has to do.
    WAITING = (State.UPLOADED, State.APPROVED, State.UNDOING)
    # Where nothing more will happen, so that the file must go.
    CLOSED = (State.REFUSED, State.APPLIED, State.CANCELLED, State.UNDONE)

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("diunggah pada")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filename = models.CharField("nama berkas", max_length=200)
    # The file itself, under the file storage; emptied by the worker once the file is deleted.
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.UPLOADED)
    # Why the whole file was refused, in words.
    refusal = models.CharField("alasan penolakan", max_length=1000, blank=True)
    rows_total = models.PositiveIntegerField("jumlah baris", default=0)
    rows_done = models.PositiveIntegerField("baris diperiksa", default=0)
    new_count = models.PositiveIntegerField("baru", default=0)
    # Rows of an RT that is known and whose data differ, those with another person as head among them.
    changed_count = models.PositiveIntegerField("berubah", default=0)
    replaced_count = models.PositiveIntegerField("ganti ketua", default=0)
    unchanged_count = models.PositiveIntegerField("tetap", default=0)
    fault_count = models.PositiveIntegerField("bermasalah", default=0)
    # RTs of the region which the file does not name; they are left as they are.
    missing_count = models.PositiveIntegerField("tidak ada di berkas", default=0)
    # Rows with something to look at that does not keep them from being applied.
    warning_count = models.PositiveIntegerField("peringatan", default=0)
    # Cells that were read other than they are written.
    repair_count = models.PositiveIntegerField("diperbaiki", default=0)
    # RTs that the file does not name and whose heads end with it, because an official said so.
    ended_count = models.PositiveIntegerField("diakhiri", default=0)
    # What an official said about this file: see `participants/roster_file/decisions.py`.
    decisions = SealedJSONField("keputusan", default=dict, context="roster")
    # What the portal still has to be told, as the page asks it.
    questions = SealedJSONField("pertanyaan", default=list, context="roster")
    # [{"row": 7, "reasons": ["…"], "values": {...}}], every faulty row of the file.
    faults = SealedJSONField("baris bermasalah", default=list, context="roster")
    # The first rows of each kind as the preview page shows them, and what of the file was not read.
    preview = SealedJSONField("pratinjau", default=dict, context="roster")
    # Hash of all differences the preview stands for: what is applied must be what was seen.
    fingerprint = models.CharField(max_length=64, blank=True)
    # When the data had changed between preview and applying, so that a new preview was made.
    restated_at = models.DateTimeField("pratinjau diperbarui pada", null=True)
    lease_until = models.DateTimeField(null=True)
    # How often a worker began the present step; a file that ends every worker is given up.
    attempts = models.PositiveSmallIntegerField(default=0)
    applied_at = models.DateTimeField("diterapkan pada", null=True)
    undone_at = models.DateTimeField("diurungkan pada", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor daftar ketua RT"
        ordering = ["-id"]
        constraints = [RowScope("region_id", name="roster_import_in_scope")]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="import_waiting",
                condition=Q(state__in=["uploaded", "approved", "undoing"]),
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def difference_count(self) -> int:
        """How many heads applying would write."""
        return self.row_count + self.ended_count

    @property
    def row_count(self) -> int:
        """How many rows of the file applying would write."""
        return self.new_count + self.changed_count


class RosterUndoQuerySet(models.QuerySet):
    def until(self, import_id: int, *, now: datetime) -> datetime | None:
        """How long the import can be undone; None if it cannot."""
        return self.filter(pk=import_id, until__gt=now).values_list("until", flat=True).first()


class RosterUndo(models.Model):
    """What an applied roster changed, so that it can be taken back; deleted when that is no longer possible."""

    roster_import = models.OneToOneField(RosterImport, models.CASCADE, primary_key=True, related_name="undo")
    # See `participants/roster_file/undo.py`. Holds no NIK but as it lies in the database, encrypted.
    changes = SealedJSONField("perubahan", context="roster undo")
    until = models.DateTimeField("dapat diurungkan sampai", db_index=True)

    objects = RosterUndoQuerySet.as_manager()

    class Meta:
        verbose_name = "urungan impor"
        constraints = [RowScope(through="roster_import", name="roster_undo_in_scope")]

    def __str__(self) -> str:
        return str(self.roster_import_id)


class ColumnMapping(models.Model):
    """Which column of a sheet is which, as an official said it once: taken for the next file with the same header."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="kabupaten/kota")
    # Hash of the header's words.
    header = models.CharField(max_length=64)
    # Key of the column (participants/roster_file/columns.py) → its place, counted from 0.
    columns = models.JSONField("kolom")
    saved_at = models.DateTimeField("disimpan pada")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "susunan kolom"
        constraints = [
            models.UniqueConstraint(fields=["region", "header"], name="column_mapping_once_per_header"),
            RowScope("region_id", name="column_mapping_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.header[:8]}"
