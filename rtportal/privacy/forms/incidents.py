"""What an admin writes down about an incident."""

from django import forms
from django.utils import timezone

from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.privacy.models import Incident
from rtportal.privacy.use_cases.save_incident import FACTS
from rtportal.regions.models import Region


class IncidentForm(forms.ModelForm):
    """Day and hour of the discovery are local to the kabupaten/kota."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    discovered_on = forms.DateField(
        label="Tanggal diketahui",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Jam 3 × 24 untuk pemberitahuan berjalan sejak saat ini.",
    )
    discovered_time = forms.TimeField(label="Pukul", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    class Meta:
        model = Incident
        fields = ("title", "data_kinds", "happened", "remedy", "whose", "people_count", "contact", "state")
        widgets = {"happened": forms.Textarea(attrs={"rows": 4}), "remedy": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "Beberapa kata, misalnya “Daftar hadir tertinggal di warung”.",
            "data_kinds": "Misalnya “nama, nomor HP, dan RT”.",
            "remedy": "Apa yang sudah dan akan dilakukan. Wajib terisi sebelum pemberitahuan dikirim.",
            "whose": "Misalnya “ketua RT Kecamatan Jaro”.",
            "contact": "Nama dan nomor telepon yang dapat dihubungi orangnya.",
        }

    def __init__(self, data=None, *, region: Region, incident: Incident | None = None, now=None):
        local = timezone.localtime(incident.discovered_at if incident else now, clock.parse_zone(region.time_zone))
        first = {"discovered_on": local, "discovered_time": local, "version": incident.version if incident else 0}
        super().__init__(data, instance=None, initial=self._shown(incident) | first)
        self.region = region
        self.order_fields(["version", "title", "discovered_on", "discovered_time"])

    def facts(self) -> dict:
        """As `save_incident` takes them; the form is valid."""
        typed = self.cleaned_data
        at = clock.local_instant(typed["discovered_on"], typed["discovered_time"], self.region.time_zone)
        facts = {name: typed[name] for name in FACTS if name != "discovered_at"}
        return {name: storable(value) if isinstance(value, str) else value for name, value in facts.items()} | {
            "discovered_at": at
        }

    def _shown(self, incident: Incident | None) -> dict:
        return {name: getattr(incident, name) for name in self._meta.fields} if incident else {}

    def _post_clean(self) -> None:
        """Only the use case builds rows."""
