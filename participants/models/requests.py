"""What people ask the office to do with their data, other than putting it right."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models.rt import RTHead
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("region_id"))

    def waiting(self):
        return self.filter(state=DataRequest.State.OPEN)


class DataRequest(models.Model):
    """A head asks for a copy, for deletion or for a restriction (permintaan); the office answers with words."""

    class Kind(models.TextChoices):
        COPY = "copy", "Salinan data"
        ERASURE = "erasure", "Penghapusan data"
        RESTRICTION = "restriction", "Pembatasan pemakaian data"

    class CameBy(models.TextChoices):
        PAGE = "page", "halaman pribadi"
        LETTER = "letter", "surat"
        PHONE = "phone", "telepon"
        DESK = "desk", "datang ke kantor"

    class State(models.TextChoices):
        OPEN = "open", "menunggu"
        DONE = "done", "dipenuhi"
        REFUSED = "refused", "ditolak"

    # UU 27/2022 gives the office three days of 24 hours for a copy (Pasal 32) and a restriction (Pasal 41); the house
    # answers a wish for deletion (Pasal 43) as fast.
    TIME_TO_DECIDE = timedelta(hours=72)

    head = models.ForeignKey(RTHead, models.PROTECT, related_name="data_requests", verbose_name="ketua RT")
    # The kelurahan/desa of the head's RT.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kelurahan/desa")
    kind = models.CharField("permintaan", max_length=12, choices=Kind)
    came_by = models.CharField("lewat", max_length=8, choices=CameBy)
    note = models.CharField("keterangan", max_length=500, blank=True)
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.OPEN)
    requested_at = models.DateTimeField("diminta pada")
    due_at = models.DateTimeField("batas waktu")
    # Empty where the head asked on the personal page.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("dijawab pada", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField("jawaban", max_length=500, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan data pribadi"
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["head", "kind"],
                condition=Q(state="open"),
                name="one_open_request_of_a_kind_per_head",
                violation_error_message="Permintaan yang sama masih menunggu jawaban.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(decision_note="")),
                name="request_answered_with_words",
            ),
            RowScope("region_id", name="data_request_in_scope"),
        ]
        indexes = [models.Index(fields=["region", "due_at"], name="data_request_waiting", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.head}: {self.get_kind_display()}"
