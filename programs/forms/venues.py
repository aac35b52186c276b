"""What officials type about a venue."""

from django import forms
from django.db.models import QuerySet

from programs.forms.base import DomainForm, offer
from programs.models import Venue
from rtportal.regions.models import Region


class VenueForm(DomainForm):
    """A venue; its region is asked only for a new one where there is a choice."""

    region = forms.ModelChoiceField(label="Kabupaten/kota", queryset=Region.objects.none(), empty_label=None)
    name = forms.CharField(label="Nama tempat", max_length=150, help_text="Misalnya Aula Pendopo Bersinar Pembataan.")
    address = forms.CharField(label="Alamat", max_length=250, required=False)
    capacity = forms.IntegerField(
        label="Kapasitas (kursi)",
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": "Kapasitas paling sedikit 1 kursi."},
    )

    def __init__(self, *args, regions: QuerySet, venue: Venue | None = None, **kwargs):
        if venue:
            kwargs["initial"] = {name: getattr(venue, name) for name in ("region", "name", "address", "capacity")}
        super().__init__(*args, **kwargs)
        offer(self.fields["region"], regions)
