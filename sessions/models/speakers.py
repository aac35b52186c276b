"""Speakers (narasumber) across programmes."""

from django.db import models
from django.db.models import Q

from programs.models import ScopedQuerySet, Wave
from rtportal.lib import names
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField
from rtportal.regions.codes import ancestors, within_q
from rtportal.regions.models import Region


class SpeakerQuerySet(ScopedQuerySet):
    def for_region(self, code: str):
        """Those who may speak in the region: its own speakers, those around it and those inside it."""
        return self.filter(within_q("region_id", [code]) | Q(region_id__in=ancestors(code)))


class Speaker(models.Model):
    """A person or office-holder who speaks: `Kepala BNNK Tabalong` may be all that is known."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    gelar_depan = models.CharField("gelar depan", max_length=40, blank=True)
    name = models.CharField("nama", max_length=120, blank=True)
    gelar_belakang = models.CharField("gelar belakang", max_length=60, blank=True)
    position = models.CharField("jabatan", max_length=150, blank=True)
    institution = models.CharField("instansi", max_length=150, blank=True)
    phone = SealedCharField("telepon", max_length=20, blank=True, context="address")
    email = models.EmailField("alamat e-mail", blank=True)
    topics = models.TextField("topik", blank=True, help_text="Bahan yang biasa dibawakan, dipisahkan dengan koma.")
    # The personal link's token is derived from the installation's key and `link_id`; only its hash is kept. Empty
    # until the speaker is told for the first time; a new value is a new link, and the old one opens nothing.
    link_id = models.UUIDField(null=True)
    link_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many have none
    version = models.PositiveIntegerField(default=1)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = "narasumber"
        ordering = ["name", "position"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(position=""),
                name="speaker_has_name_or_position",
                violation_error_message="Isi nama atau jabatan narasumber.",
            ),
            RowScope("region_id", above=True, used_by="session_speakers", name="speaker_in_scope"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.position

    @property
    def full_name(self) -> str:
        return names.full_name(self.gelar_depan, self.name, self.gelar_belakang)

    @property
    def title(self) -> str:
        """Name and position as an agenda prints them."""
        return ", ".join(part for part in (self.full_name, self.position) if part)


class SpeakerInvitation(models.Model):
    """A speaker was asked to speak in a wave. What they are told is about all their sessions there."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="speaker_invitations")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField("diundang pada")

    class Meta:
        verbose_name = "undangan narasumber"
        constraints = [
            models.UniqueConstraint(fields=["wave", "speaker"], name="speaker_invited_once_per_wave"),
            RowScope(through="wave", name="speaker_invitation_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} @ {self.wave_id}"
