"""A roster file on its way into the portal."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.regions.models import Region


class RosterImportQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("region_id"))

    def waiting(self):
        return self.filter(state__in=RosterImport.WAITING)

    def without_rows(self):
        """For lists: the faulty rows and the preview may be megabytes."""
        return self.defer("faults", "preview")


class RosterImport(models.Model):
    """Upload → check → preview → apply. The worker does the checking and the applying."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "menunggu diperiksa"
        REFUSED = "refused", "ditolak"
        PREVIEWED = "previewed", "siap diterapkan"
        APPROVED = "approved", "menunggu diterapkan"
        APPLIED = "applied", "sudah diterapkan"
        CANCELLED = "cancelled", "dibatalkan"

    # What the worker still has to do.
    WAITING = (State.UPLOADED, State.APPROVED)
    # Where nothing more will happen, so that the file must go.
    CLOSED = (State.REFUSED, State.APPLIED, State.CANCELLED)

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
    # [{"row": 7, "reasons": ["…"], "values": {...}}], every faulty row of the file.
    faults = models.JSONField("baris bermasalah", default=list)
    # The first rows of each kind as the preview page shows them, and what of the file was not read.
    preview = models.JSONField("pratinjau", default=dict)
    # Hash of all differences the preview stands for: what is applied must be what was seen.
    fingerprint = models.CharField(max_length=64, blank=True)
    # When the data had changed between preview and applying, so that a new preview was made.
    restated_at = models.DateTimeField("pratinjau diperbarui pada", null=True)
    lease_until = models.DateTimeField(null=True)
    # How often a worker began the present step; a file that ends every worker is given up.
    attempts = models.PositiveSmallIntegerField(default=0)
    applied_at = models.DateTimeField("diterapkan pada", null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor daftar ketua RT"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["lease_until"], name="import_waiting", condition=Q(state__in=["uploaded", "approved"]))
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def difference_count(self) -> int:
        """How many rows applying would write."""
        return self.new_count + self.changed_count
