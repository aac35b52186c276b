"""Regions of Indonesia (wilayah) with their official codes."""

from collections.abc import Iterable

from django.db import models

from rtportal.regions.codes import DISTRICT, PROVINCE, REGENCY, VILLAGE, within_q

# What stands before a region's name when it is said in full.
SPOKEN_KIND = {
    "provinsi": "Provinsi",
    "kabupaten": "Kabupaten",
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "desa": "Desa",
}


class RegionQuerySet(models.QuerySet):
    def within(self, areas: Iterable[str]):
        return self.filter(within_q("code", areas))

    def regencies(self):
        return self.filter(level=REGENCY)

    def districts(self):
        return self.filter(level=DISTRICT)

    def villages(self):
        return self.filter(level=VILLAGE)


class Region(models.Model):
    """One province, kabupaten/kota, kecamatan or kelurahan/desa.

    The official code is the key: a region that gets a new code by law is a new region, and every scope rule reads
    the code's prefix without a join.
    """

    class Level(models.IntegerChoices):
        PROVINCE = PROVINCE, "provinsi"
        REGENCY = REGENCY, "kabupaten/kota"
        DISTRICT = DISTRICT, "kecamatan"
        VILLAGE = VILLAGE, "kelurahan/desa"

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=100)
    level = models.PositiveSmallIntegerField("tingkat", choices=Level)
    kind = models.CharField("jenis", max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # IANA name; filled on every level from the province.
    time_zone = models.CharField("zona waktu", max_length=20)
    latitude = models.FloatField("lintang", null=True)
    longitude = models.FloatField("bujur", null=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=PROVINCE) ^ models.Q(parent__isnull=False),
                name="region_parent_unless_province",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """`Kabupaten Tabalong`, `Kecamatan Jaro`."""
        return f"{SPOKEN_KIND[self.kind]} {self.name}"
