"""Who signs in, and where they are responsible."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from rtportal.regions.models import Region


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractUser):
    """An official. RT heads never have an account: they act through their personal link."""

    username = None
    first_name = None
    last_name = None
    name = models.CharField("nama", max_length=150)
    email = models.EmailField("alamat e-mail", unique=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Assignment(models.Model):
    """A user's role in a region and everything inside it."""

    class Role(models.TextChoices):
        ADMIN = "admin", "Admin kabupaten/kota"
        OFFICIAL = "official", "Petugas pelaksana"
        DISTRICT_OPERATOR = "district_operator", "Operator kecamatan"
        VILLAGE_OPERATOR = "village_operator", "Operator kelurahan/desa"
        VIEWER = "viewer", "Pengamat"

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name="pengguna")
    role = models.CharField("peran", max_length=20, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")

    class Meta:
        verbose_name = "penugasan"
        ordering = ["region_id", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "region"], name="assignment_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["admin", "official", "district_operator", "village_operator", "viewer"]),
                name="assignment_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region_id}"
