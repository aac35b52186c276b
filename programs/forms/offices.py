"""What officials type about their office."""

from django import forms
from django.db.models import QuerySet

from programs.forms.base import VersionForm, offer
from programs.models import Office
from rtportal.lib import phones
from rtportal.regions.models import Region


class OfficeForm(VersionForm):
    """An office and the person whom RT heads may telephone."""

    region = forms.ModelChoiceField(label="Kabupaten/kota", queryset=Region.objects.none(), empty_label=None)
    name = forms.CharField(label="Nama kantor", max_length=150, help_text="Misalnya DPMD Kabupaten Tabalong.")
    contact_name = forms.CharField(label="Narahubung", max_length=100)
    contact_phone = forms.CharField(
        label="Telepon narahubung", max_length=20, help_text="Ketua RT menelepon nomor ini bila ada pertanyaan."
    )
    greeting = forms.CharField(
        label="Salam pembuka",
        max_length=60,
        initial="Assalamualaikum",
        help_text="Kata pertama pada undangan dan halaman ketua RT.",
    )

    def __init__(self, *args, regions: QuerySet, office: Office | None = None, **kwargs):
        if office:
            kept = ("version", "region", "name", "contact_name", "greeting")
            kwargs["initial"] = {name: getattr(office, name) for name in kept}
            kwargs["initial"]["contact_phone"] = phones.display(office.contact_phone)
        super().__init__(*args, **kwargs)
        offer(self.fields["region"], regions)

    def clean_contact_phone(self) -> str:
        """A mobile number as E.164; an office's landline stays as it was typed."""
        try:
            return phones.parse_office_phone(self.cleaned_data["contact_phone"])
        except phones.PhoneError as error:
            raise forms.ValidationError(error.sentence) from error
