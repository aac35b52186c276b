"""What officials type about a special day."""

from django import forms
from django.db.models import QuerySet

from programs.forms.base import VersionForm, offer
from programs.models import SpecialDay
from rtportal.regions.models import Region

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
# A year outside is a slip of the keyboard.
_YEARS = range(2000, 2101)


class SpecialDayForm(VersionForm):
    """A holiday or another day that a schedule should know of, in one kabupaten/kota."""

    region = forms.ModelChoiceField(label="Kabupaten/kota", queryset=Region.objects.none(), empty_label=None)
    name = forms.CharField(label="Nama", max_length=150, help_text="Misalnya Hari Jadi Kabupaten Tabalong.")
    kind = forms.ChoiceField(label="Jenis", choices=SpecialDay.Kind.choices, initial=SpecialDay.Kind.LOCAL)
    starts_on = forms.DateField(label="Tanggal", widget=_DAY)
    ends_on = forms.DateField(
        label="Sampai tanggal", required=False, widget=_DAY, help_text="Isi hanya bila lebih dari satu hari."
    )

    def __init__(self, *args, regions: QuerySet, day: SpecialDay | None = None, **kwargs):
        if day:
            kept = ("version", "region", "name", "kind", "starts_on")
            kwargs["initial"] = {name: getattr(day, name) for name in kept}
            kwargs["initial"]["ends_on"] = day.ends_on if day.ends_on != day.starts_on else None
        super().__init__(*args, **kwargs)
        offer(self.fields["region"], regions)

    def clean(self) -> dict:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        for name, day in (("starts_on", first), ("ends_on", last)):
            if day and day.year not in _YEARS:
                self.add_error(name, "Periksa tahunnya.")
        if first and last and last < first:
            self.add_error("ends_on", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        data["ends_on"] = last or first
        return data


class SwitchForm(VersionForm):
    """Whether a day holds."""

    is_active = forms.TypedChoiceField(choices=[("ya", "ya"), ("tidak", "tidak")], coerce=lambda word: word == "ya")
