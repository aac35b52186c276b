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
        return self.filter(state__in=[RosterImport.State.UPLOADED, RosterImport.State.APPROVED])


class RosterImport(models.Model):
    """Upload → check → preview → apply. The worker does the checking and the applying."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "menunggu diperiksa"
        REFUSED = "refused", "ditolak"
        PREVIEWED = "previewed", "siap diterapkan"
        APPROVED = "approved", "menunggu diterapkan"
        APPLIED = "applied", "sudah diterapkan"

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("diunggah pada")
    filename = models.CharField("nama berkas", max_length=200)
    # The file itself, under the file storage; deleted after it was applied or refused.
    path = models.CharField(max_length=200)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.UPLOADED)
    # Why the whole file was refused, in words.
    refusal = models.CharField("alasan penolakan", max_length=300, blank=True)
    rows_total = models.PositiveIntegerField("jumlah baris", default=0)
    rows_done = models.PositiveIntegerField("baris diperiksa", default=0)
    new_count = models.PositiveIntegerField("baru", default=0)
    changed_count = models.PositiveIntegerField("berubah", default=0)
    unchanged_count = models.PositiveIntegerField("tetap", default=0)
    # [{"row": 7, "reasons": ["…"], "values": {...}}], every faulty row of the file.
    faults = models.JSONField("baris bermasalah", default=list)
    # {"new": [...], "changed": [...]} as the preview page shows them.
    preview = models.JSONField("pratinjau", default=dict)
    lease_until = models.DateTimeField(null=True)
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
