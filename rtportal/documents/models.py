"""Files the portal gives out."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class GeneratedFileQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows_touching("region_code"))

    def waiting(self, now: datetime):
        """To be written: asked for, or left behind by a worker whose lease ran out."""
        left_behind = Q(state=GeneratedFile.State.RUNNING, lease_until__lte=now)
        return self.filter(Q(state=GeneratedFile.State.QUEUED) | left_behind)

    def with_zone(self):
        """Adds `zone`, the IANA name of the zone in which people read the file's times."""
        region = Region.objects.filter(pk=OuterRef("region_code"))
        return self.annotate(zone=Subquery(region.values("time_zone")))


class GeneratedFile(models.Model):
    """One export somebody asked for: what, by whom, how far it is, where it lies."""

    class State(models.TextChoices):
        QUEUED = "queued", "antre"
        RUNNING = "running", "sedang dibuat"
        READY = "ready", "siap diunduh"
        FAILED = "failed", "gagal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pembuat")
    export = models.CharField("jenis", max_length=60)
    format = models.CharField("format", max_length=10)
    params = models.JSONField("pilihan", default=dict)
    region_code = models.CharField("kode wilayah", max_length=13)
    subject = models.CharField("perihal", max_length=60, db_index=True)
    title = models.CharField("judul", max_length=200)
    filename = models.CharField("nama berkas", max_length=200)
    # Why it was asked for, in the words of whoever did; it is printed on the file.
    purpose = models.CharField("keperluan", max_length=200, blank=True)
    # NIK and phone numbers in full.
    is_unmasked = models.BooleanField("data lengkap", default=False)
    # Hash of all that the file tells, where it matters whether that still holds; see `Document.fingerprint`.
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.QUEUED)
    rows_total = models.PositiveIntegerField("jumlah baris", default=0)
    rows_done = models.PositiveIntegerField("baris selesai", default=0)
    path = models.CharField("letak", max_length=200, blank=True)
    # While a worker writes, it moves this instant on; who finds it changed has lost the file to another worker.
    lease_until = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField("percobaan", default=0)
    failure = models.CharField("sebab gagal", max_length=300, blank=True)
    requested_at = models.DateTimeField("diminta pada")
    finished_at = models.DateTimeField("selesai pada", null=True)

    objects = GeneratedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas"
        ordering = ["-requested_at"]
        constraints = [RowScope("region_code", above=True, name="generated_file_in_scope")]
        indexes = [
            models.Index(fields=["owner", "-requested_at"], name="file_owner_requested"),
            # Finds a region and, by prefix, everything inside it.
            models.Index(fields=["region_code"], name="file_region", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["lease_until"], name="file_unfinished", condition=Q(state__in=["queued", "running"])),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_waiting(self) -> bool:
        """Still to be written, or being written."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class ExportPreset(models.Model):
    """Columns of an export, chosen and put in order once, for everybody who exports in the region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name="kabupaten/kota")
    export = models.CharField("jenis", max_length=60)
    name = models.CharField("nama", max_length=80)
    # Names of columns in order.
    columns = models.JSONField("kolom")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "susunan kolom ekspor"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "export", "name"],
                name="export_preset_name_once",
                violation_error_message="Sudah ada susunan kolom dengan nama ini.",
            ),
            RowScope("region_id", above=True, name="export_preset_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name


class SignedPaper(models.Model):
    """A paper of the portal as it came back signed (from the office's own e-signature, or scanned)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # Which paper it is: the export that makes it, and for what.
    export = models.CharField("jenis", max_length=60)
    params = models.JSONField("pilihan", default=dict)
    region_code = models.CharField("kode wilayah", max_length=13)
    subject = models.CharField("perihal", max_length=60, db_index=True)
    title = models.CharField("judul", max_length=200)
    name = models.CharField("nama berkas", max_length=150)
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("diunggah pada")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "berkas bertanda tangan"
        ordering = ["-uploaded_at"]
        constraints = [RowScope("region_code", above=True, name="signed_paper_in_scope")]

    def __str__(self) -> str:
        return self.title
