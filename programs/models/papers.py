"""What the papers of an office and of a programme say: who signs, by which number, who organises."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from programs.models.programs import Office, Program
from programs.models.scoped import ScopedQuerySet
from rtportal.lib import names
from rtportal.lib.row_scope import RowScope

_NIP = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")


class SignatoryQuerySet(ScopedQuerySet):
    region_field = "office__region_id"


class Signatory(models.Model):
    """An official whose name stands below a paper."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="signatories", verbose_name="kantor")
    gelar_depan = models.CharField("gelar depan", max_length=40, blank=True)
    name = models.CharField("nama", max_length=120)
    gelar_belakang = models.CharField("gelar belakang", max_length=60, blank=True)
    position = models.CharField("jabatan", max_length=200)
    rank = models.CharField("pangkat/golongan", max_length=80, blank=True)
    # Eighteen digits; empty for whoever is no civil servant.
    nip = models.CharField("NIP", max_length=18, blank=True, validators=[_NIP])
    version = models.PositiveIntegerField(default=1)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = "penanda tangan"
        ordering = ["name", "id"]
        constraints = [RowScope(through="office", name="signatory_in_scope")]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.position}"

    @property
    def full_name(self) -> str:
        return names.full_name(self.gelar_depan, self.name, self.gelar_belakang)


class PaperSettings(models.Model):
    """How the papers of a programme are numbered, signed and reckoned; without a row, the defaults hold."""

    program = models.OneToOneField(Program, models.CASCADE, primary_key=True, related_name="paper_settings")
    nature = models.CharField("sifat surat", max_length=40, default="Penting")
    copies_to = models.TextField("tembusan", max_length=1_000, blank=True, help_text="Satu penerima per baris.")
    signer = models.ForeignKey(
        Signatory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="penanda tangan surat"
    )
    certificate_signer = models.ForeignKey(
        Signatory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="penanda tangan sertifikat"
    )
    pptk = models.ForeignKey(Signatory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="PPTK")
    treasurer = models.ForeignKey(
        Signatory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bendahara"
    )
    # Words in braces: {urut}, {bulan_romawi}, {tahun}; see `programs/paper_numbers.py`.
    certificate_number = models.CharField(
        "nomor sertifikat", max_length=80, default="{urut}/SERTIFIKAT/{bulan_romawi}/{tahun}"
    )
    certificate_share = models.PositiveSmallIntegerField(
        "kehadiran paling sedikit untuk sertifikat (%)",
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    # Whole rupiah for each participant who came.
    transport_amount = models.PositiveIntegerField(
        "uang transpor per orang (Rp)", default=0, validators=[MaxValueValidator(100_000_000)]
    )
    transport_tax = models.DecimalField(
        "pajak uang transpor (%)",
        max_digits=4,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(50)],
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "pengaturan surat"
        constraints = [RowScope(through="program", name="paper_settings_in_scope")]

    def __str__(self) -> str:
        return str(self.program_id)


class CommitteeMember(models.Model):
    """Somebody of the committee (panitia) of a programme, as its decree lists them."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="committee", verbose_name="program")
    place = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("nama dengan gelar", max_length=200)
    nip = models.CharField("NIP", max_length=18, blank=True, validators=[_NIP])
    position = models.CharField("jabatan", max_length=200, blank=True)
    duty = models.CharField("kedudukan dalam panitia", max_length=100)

    class Meta:
        verbose_name = "anggota panitia"
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "place"], name="committee_place_once"),
            RowScope(through="program", name="committee_member_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.duty})"
