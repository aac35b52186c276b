"""What admins type about officials, and officials when they come in."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import RIGHTS, Right, scope_of
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.regions.models import Region
from rtportal.trust.queries.officials import places_to_grant

UNKNOWN_PLACE = "Wilayah ini tidak dikenal atau di luar wilayah Anda. Pilih dari daftar, atau tulis kode resminya."
SEVERAL_PLACES = "Ada beberapa wilayah dengan nama ini. Pilih dari daftar supaya kodenya ikut tertulis."
_CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}){0,2}(?:\.[0-9]{4})?")


def region_label(region: Region) -> str:
    """How a region is chosen: "63.09.11 Kecamatan Jaro"."""
    return f"{region.code} {region.full_name}"


class PlaceField(forms.CharField):
    """A region inside `places`, by its code or by its name; cleans to the `Region`."""

    places: QuerySet[Region] = Region.objects.none()

    def clean(self, value: str) -> Region:
        typed = storable(super().clean(value))
        code = _CODE.match(typed)
        rows = self.places.filter(code=code.group()) if code else self._named(typed)
        found = list(rows[:2])
        if not found:
            raise forms.ValidationError(UNKNOWN_PLACE)
        if len(found) > 1:
            raise forms.ValidationError(SEVERAL_PLACES)
        return found[0]

    def _named(self, typed: str) -> QuerySet[Region]:
        kind, _, name = typed.partition(" ")
        return self.places.filter(name__iexact=typed) | self.places.filter(kind=kind.lower(), name__iexact=name)


class RoleForm(forms.Form):
    """A role in a region; only roles that the actor holds themselves somewhere are offered."""

    role = forms.ChoiceField(label="Peran")
    region = PlaceField(
        label="Wilayah",
        max_length=120,
        help_text="Ketik nama atau kode. Peran berlaku di wilayah ini dan semua di dalamnya.",
        widget=forms.TextInput(attrs={"list": "daftar-wilayah", "autocomplete": "off"}),
    )

    def __init__(self, *args, actor: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].places = places_to_grant(actor)
        own = [scope_of(actor).rights_in(code) for code in scope_of(actor).areas_with(Right.MANAGE_OFFICIALS)]
        roles = [role for role in Assignment.Role if any(RIGHTS[role] <= rights for rights in own)]
        self.fields["role"].choices = [("", "— pilih peran —"), *((role.value, role.label) for role in roles)]

    def refuse(self, refusal: InputError) -> None:
        """Shows the refusal beside its field."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, refusal.sentence)


class InviteForm(RoleForm):
    """Who is invited, and to what."""

    name = forms.CharField(label="Nama lengkap", max_length=150)
    email = forms.EmailField(label="Alamat e-mail", max_length=254, help_text="Untuk masuk dan menerima undangan.")

    field_order = ["name", "email", "role", "region"]

    def clean_name(self) -> str:
        return storable(self.cleaned_data["name"])


class AcceptForm(forms.Form):
    """The password of a new account."""

    password1 = forms.CharField(
        label="Kata sandi baru",
        max_length=200,
        strip=False,
        help_text="Paling sedikit 12 huruf atau angka. Beberapa kata yang tidak berhubungan mudah diingat.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Kata sandi sekali lagi",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self._owner = User(email=email, name=name)

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password, self._owner)
        return password

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("password1") and typed["password1"] != typed.get("password2"):
            self.add_error("password2", "Kedua kata sandi tidak sama.")
        return typed

    def refuse(self, refusal: InputError) -> None:
        self.add_error(None, refusal.sentence)
