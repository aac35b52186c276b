"""RT units and their heads: two things, because a unit is renumbered and a head has a term."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib import names
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField
from rtportal.regions.area_keys import area_q
from rtportal.regions.models import Region


class RT(models.Model):
    """A neighbourhood unit (rukun tetangga) of a kelurahan/desa.

    `rw` and `number` are zero-padded to three digits as on identity cards (`005`); `rw` is empty where there is none.
    """

    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kelurahan/desa")
    rw = models.CharField("RW", max_length=5, blank=True)
    number = models.CharField("RT", max_length=5)
    # A unit that was merged or dissolved stays for its history and frees its number.
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "RT"
        ordering = ["village_id", "rw", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "rw", "number"],
                condition=Q(is_active=True),
                name="rt_number_once_per_village",
                violation_error_message="RT dengan nomor ini sudah ada di kelurahan/desa tersebut.",
            ),
            RowScope("village_id", name="rt_in_scope"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`RT 005/RW 002`, or `RT 005` where there is no RW."""
        return f"RT {self.number}/RW {self.rw}" if self.rw else f"RT {self.number}"


class RTHeadQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)

    def in_areas(self, areas: Iterable[str]):
        """Heads whose RT lies in one of the areas (keys: region codes, or an RW of a kelurahan/desa)."""
        return self.filter(area_q(areas, village="rt__village_id", rw="rt__rw"))

    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("rt__village_id"))


class RTHead(models.Model):
    """A person in the office of RT head, for one term."""

    class Status(models.TextChoices):
        DEFINITIVE = "definitif", "Definitif"
        ACTING = "plt", "Plt"
        EXTENDED = "perpanjangan", "Perpanjangan"

    rt = models.ForeignKey(RT, models.PROTECT, related_name="heads", verbose_name="RT")
    gelar_depan = models.CharField("gelar depan", max_length=40, blank=True)
    name = models.CharField("nama", max_length=120)
    gelar_belakang = models.CharField("gelar belakang", max_length=60, blank=True)
    # E.164; empty where there is no telephone.
    phone = SealedCharField("nomor HP", max_length=16, blank=True, context="address")
    email = models.EmailField("alamat e-mail", blank=True)
    # A channel's name, if this head is told that way first.
    preferred_channel = models.CharField("saluran pilihan", max_length=20, blank=True)
    # Fernet token; the digest allows equality search without decrypting.
    nik_encrypted = models.CharField("NIK", max_length=255, blank=True)
    nik_digest = models.CharField(max_length=64, blank=True, db_index=True)
    term_starts_on = models.DateField("awal masa bakti", null=True)
    term_ends_on = models.DateField("akhir masa bakti", null=True)
    # The day on which the portal heard it, whatever the term said. Empty in office, and for a while for whom the
    # program before this field let go.
    left_office_on = models.DateField("tercatat berhenti pada", null=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DEFINITIVE)
    is_current = models.BooleanField("sedang menjabat", default=True)
    # Made-up people of the demo are marked as such wherever they are shown.
    is_synthetic = models.BooleanField("data contoh", default=False)

    objects = RTHeadQuerySet.as_manager()

    class Meta:
        verbose_name = "ketua RT"
        ordering = ["rt__village_id", "rt__rw", "rt__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rt"],
                condition=Q(is_current=True),
                name="one_current_head_per_rt",
                violation_error_message="RT ini sudah mempunyai ketua yang sedang menjabat.",
            ),
            models.CheckConstraint(
                condition=Q(term_starts_on__isnull=True)
                | Q(term_ends_on__isnull=True)
                | Q(term_ends_on__gte=F("term_starts_on")),
                name="term_ends_after_start",
                violation_error_message="Akhir masa bakti harus setelah awalnya.",
            ),
            RowScope(through="rt", name="rt_head_in_scope"),
        ]
        indexes = [
            models.Index(fields=["name"], name="rthead_name"),
            # Whoever writes back is found by where they write from.
            models.Index(fields=["phone"], name="rthead_phone", condition=~Q(phone="")),
            models.Index(Upper("email"), name="rthead_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Name with titles: `H. Ahmad Fauzi, S.Pd.`"""
        return names.full_name(self.gelar_depan, self.name, self.gelar_belakang)
