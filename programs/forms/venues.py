"""What officials type about a venue."""

from django import forms
from django.db.models import QuerySet

from programs.forms.base import VersionForm, offer
from programs.models import Venue
from rtportal.lib import coordinates
from rtportal.regions.models import Region

_HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class VenueForm(VersionForm):
    """A venue; its region is asked only for a new one where there is a choice.

    Coordinates may come as one pasted pair in the first of the two fields.
    """

    region = forms.ModelChoiceField(label="Kabupaten/kota", queryset=Region.objects.none(), empty_label=None)
    name = forms.CharField(label="Nama tempat", max_length=150, help_text="Misalnya Aula Pendopo Bersinar Pembataan.")
    address = forms.CharField(label="Alamat", max_length=250, required=False)
    capacity = forms.IntegerField(
        label="Kapasitas (kursi)",
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": "Kapasitas paling sedikit 1 kursi."},
    )
    opens_at = forms.TimeField(
        label="Jam buka",
        required=False,
        widget=_HOUR,
        help_text="Waktu setempat. Kosongkan keduanya bila dapat dipakai kapan saja.",
    )
    closes_at = forms.TimeField(label="Jam tutup", required=False, widget=_HOUR)
    latitude = forms.CharField(
        label="Lintang",
        max_length=60,
        required=False,
        help_text="Misalnya -2,17. Pasangan “-2.17, 115.38” dari peta boleh ditempel di sini.",
    )
    longitude = forms.CharField(label="Bujur", max_length=60, required=False, help_text="Misalnya 115,38.")

    def __init__(self, *args, regions: QuerySet, venue: Venue | None = None, **kwargs):
        if venue:
            kept = ("version", "region", "name", "address", "capacity", "opens_at", "closes_at")
            kwargs["initial"] = {name: getattr(venue, name) for name in kept}
            for name in ("latitude", "longitude"):
                degrees = getattr(venue, name)
                kwargs["initial"][name] = "" if degrees is None else coordinates.written(degrees)
        super().__init__(*args, **kwargs)
        offer(self.fields["region"], regions)

    def clean(self) -> dict:
        data = super().clean()
        if not {"opens_at", "closes_at"} & self.errors.keys():
            self._check_hours(data["opens_at"], data["closes_at"])
        typed = (data.get("latitude", ""), data.get("longitude", ""))
        pair = coordinates.split_pair(typed[0])
        # A pasted pair says both; what may still stand in the second field is the place before.
        latitude, longitude = pair or typed
        data["latitude"] = self._degrees("latitude", latitude, 90)
        data["longitude"] = self._degrees("latitude" if pair else "longitude", longitude, 180)
        if bool(latitude) != bool(longitude):
            missing = "longitude" if latitude else "latitude"
            self.add_error(missing, "Isi lintang dan bujur berdua, atau kosongkan keduanya.")
        return data

    def _check_hours(self, opens_at, closes_at) -> None:
        if (opens_at is None) != (closes_at is None):
            missing = "opens_at" if opens_at is None else "closes_at"
            self.add_error(missing, "Isi jam buka dan jam tutup berdua, atau kosongkan keduanya.")
        elif opens_at is not None and closes_at <= opens_at:
            self.add_error("closes_at", "Jam tutup harus setelah jam buka.")

    def _degrees(self, field: str, typed: str, most: int) -> float | None:
        if not typed:
            return None
        try:
            return coordinates.parse_coordinate(typed, most)
        except coordinates.CoordinateError as error:
            self.add_error(field, error.sentence)
            return None
