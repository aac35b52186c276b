"""What officials type about a speaker."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from programs.forms.base import VersionForm
from rtportal.lib import phones
from rtportal.regions.models import Region
from sessions.models import Speaker


class SpeakerForm(VersionForm):
    """A speaker; the region is asked only where there is a choice."""

    region = forms.ModelChoiceField(
        label="Wilayah",
        queryset=Region.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": "Pilih wilayah tempat Anda bertugas."},
    )
    gelar_depan = forms.CharField(label="Gelar depan", max_length=40, required=False)
    name = forms.CharField(label="Nama", max_length=120, required=False)
    gelar_belakang = forms.CharField(label="Gelar belakang", max_length=60, required=False)
    position = forms.CharField(
        label="Jabatan",
        max_length=150,
        required=False,
        help_text="Bila nama belum diketahui, jabatan saja sudah cukup, misalnya Kepala BNNK Tabalong.",
    )
    institution = forms.CharField(label="Instansi", max_length=150, required=False)
    phone = forms.CharField(label="Telepon", max_length=20, required=False)
    email = forms.EmailField(label="Alamat e-mail", required=False)
    topics = forms.CharField(
        label="Topik",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Speaker._meta.get_field("topics").help_text,
    )

    def __init__(self, *args, regions=None, **kwargs):
        """`regions`: where a new speaker may belong; None when the speaker exists and its region stays."""
        super().__init__(*args, **kwargs)
        rows = [
            Row(
                Column("gelar_depan", css_class="col-md-3"),
                Column("name", css_class="col-md-6"),
                Column("gelar_belakang", css_class="col-md-3"),
            ),
            "position",
            "institution",
            Row(Column("phone", css_class="col-md-6"), Column("email", css_class="col-md-6")),
            "topics",
            "version",
        ]
        if regions is None:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = regions
            choices = list(regions[:2])
            if len(choices) == 1:
                self.fields["region"].initial = choices[0]
                self.fields["region"].widget = forms.HiddenInput()
            rows.insert(0, "region")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*rows)

    def clean_phone(self) -> str:
        """A mobile number as E.164; an office's landline stays as it was typed."""
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return phones.parse_office_phone(typed)
        except phones.PhoneError as error:
            raise forms.ValidationError(error.sentence) from error

    def clean(self):
        data = super().clean()
        if not self.errors and not data["name"] and not data["position"]:
            self.add_error("name", "Isi nama atau jabatan narasumber.")
        return data
