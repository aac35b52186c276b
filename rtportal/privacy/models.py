"""How long data is kept, what was destroyed, and what went wrong."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib.append_only import AppendOnly
from rtportal.lib.row_scope import RowScope
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region


class RetentionSetting(models.Model):
    """How many months a kabupaten/kota keeps one class of data; without a row, the class's own number holds."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    # Key of `rtportal/privacy/retention.py`: no choices, so that a new class is no migration.
    retention_class = models.CharField("golongan", max_length=40)
    months = models.PositiveSmallIntegerField("bulan")
    changed_at = models.DateTimeField("diubah pada")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "masa simpan"
        ordering = ["region_id", "retention_class"]
        constraints = [
            models.UniqueConstraint(fields=["region", "retention_class"], name="retention_once_per_region"),
            models.CheckConstraint(condition=Q(months__gt=0), name="retention_at_least_a_month"),
            RowScope("region_id", name="retention_setting_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.retention_class}: {self.months}"


class RetentionAgreement(models.Model):
    """A kabupaten/kota agreed to its retention periods: only from then on does the nightly run destroy its data."""

    region = models.OneToOneField(
        Region, models.PROTECT, primary_key=True, related_name="+", verbose_name="kabupaten/kota"
    )
    agreed_at = models.DateTimeField("disetujui pada")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "persetujuan masa simpan"
        constraints = [RowScope("region_id", name="retention_agreement_in_scope")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.agreed_at:%Y-%m-%d}"


class InPrivacyHands(models.QuerySet):
    def visible_to(self, user: User):
        """Of the regions whose personal data the user answers for."""
        return self.filter(within_q("region_id", scope_of(user).areas_with(Right.MANAGE_PRIVACY)))


class PurgeRecord(models.Model):
    """What one run of the purge destroyed of one class in one kabupaten/kota. Rows are only ever added.

    A run that dies leaves the record of what it had destroyed by then; `finished_at` is empty.
    """

    # Empty where data belongs to the installation and to no kabupaten/kota.
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota")
    retention_class = models.CharField("golongan", max_length=40)
    # Running number within the region.
    number = models.PositiveIntegerField("nomor")
    started_at = models.DateTimeField("dimulai pada")
    finished_at = models.DateTimeField("selesai pada", null=True)
    # Data from before this instant went.
    until = models.DateTimeField("data sebelum")
    months = models.PositiveSmallIntegerField("masa simpan (bulan)")
    # In words, as they held then.
    criteria = models.CharField("ketentuan", max_length=500)
    # What of → how many: {"Pesan": 120}.
    counts = models.JSONField("jumlah", default=dict)
    total = models.PositiveIntegerField("jumlah seluruhnya", default=0)
    # SHA-256 over the keys of all that went, batch after batch.
    checksum = models.CharField("jumlah periksa", max_length=64)
    # Empty where the nightly run did it.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dijalankan oleh"
    )

    objects = InPrivacyHands.as_manager()

    class Meta:
        verbose_name = "pemusnahan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="purge_number_once_per_region"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(region=None), name="purge_number_once_without_region"
            ),
            # What belongs to the installation is every office's to know.
            RowScope("region_id", unplaced=True, name="purge_record_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.retention_class} {self.region_id}: {self.total}"


class DoomedFile(models.Model):
    """A file whose row was destroyed: deleted from the disk after the commit, by the next run if that one died."""

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota")
    path = models.CharField("letak", max_length=200)
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "berkas yang dimusnahkan"
        ordering = ["id"]
        constraints = [RowScope("region_id", unplaced=True, name="doomed_file_in_scope")]

    def __str__(self) -> str:
        return self.path


class Incident(models.Model):
    """A failure to protect personal data, and what was done about it (insiden)."""

    class State(models.TextChoices):
        OPEN = "open", "ditangani"
        CLOSED = "closed", "selesai"

    # Pasal 46 ayat (1) UU 27/2022: in writing, at the latest three days of 24 hours after.
    TIME_TO_NOTIFY = timedelta(hours=72)

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    title = models.CharField("judul", max_length=120)
    discovered_at = models.DateTimeField("diketahui pada")
    due_at = models.DateTimeField("batas waktu pemberitahuan")
    # The facts that the notice must have (Pasal 46 ayat (2)).
    data_kinds = models.CharField("data pribadi yang terungkap", max_length=500)
    happened = models.TextField("kapan dan bagaimana terungkap", max_length=3000)
    remedy = models.TextField("penanganan dan pemulihan", max_length=3000, blank=True)
    whose = models.CharField("data milik siapa", max_length=300)
    people_count = models.PositiveIntegerField("jumlah orang")
    contact = models.CharField("narahubung", max_length=200)
    state = models.CharField("keadaan", max_length=6, choices=State, default=State.OPEN)
    people_told_at = models.DateTimeField("orangnya diberi tahu pada", null=True)
    agency_told_at = models.DateTimeField("lembaga diberi tahu pada", null=True)
    recorded_at = models.DateTimeField("dicatat pada")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = InPrivacyHands.as_manager()

    class Meta:
        verbose_name = "insiden data pribadi"
        ordering = ["-discovered_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("discovered_at")), name="incident_due_after_discovery"),
            RowScope("region_id", name="incident_in_scope"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="incident_not_told",
                condition=Q(people_told_at=None) | Q(agency_told_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_told(self) -> bool:
        """Whether both have their notice."""
        return self.people_told_at is not None and self.agency_told_at is not None


class IncidentChange(models.Model):
    """One change of an incident as it was saved. Rows are only ever added."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="changes")
    at = models.DateTimeField("waktu")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sentence = models.CharField("uraian", max_length=200)
    # Field → [before, after].
    facts = models.JSONField("perubahan", default=dict)

    class Meta:
        verbose_name = "perubahan insiden"
        ordering = ["-id"]
        constraints = [
            AppendOnly(name="incident_change_append_only"),
            RowScope(through="incident", name="incident_change_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.sentence}"


class KeyMark(models.Model):
    """A key that values in this database lie under, by a mark that tells nothing about it (`key_marks.py`).

    Machines compare their own keys with these rows, so that one with other keys is noticed when it starts.
    """

    # The variable of the environment: PERSONAL_KEYS.
    variable = models.CharField("variabel", max_length=40)
    mark = models.CharField("tanda kunci", max_length=32)
    noted_at = models.DateTimeField("dicatat pada")

    class Meta:
        verbose_name = "tanda kunci"
        ordering = ["variable", "noted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["variable", "mark"],
                name="key_mark_once",
                violation_error_message="Tanda kunci ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variable}: {self.mark[:8]}"
