"""The upload of a roster."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from participants.use_cases.upload_roster import MAX_BYTES
from rtportal.regions.models import Region

TOO_LARGE = "Berkas ini lebih besar dari 10 MB. Salin daftarnya saja ke lembar kerja baru, atau bagi berkasnya."


class UploadForm(forms.Form):
    """A file, and for which region where there is a choice."""

    region = forms.ModelChoiceField(
        Region.objects.none(),
        label="Kabupaten/kota",
        empty_label="Pilih wilayah",
        error_messages={"required": "Pilih wilayahnya.", "invalid_choice": "Pilih wilayah dari daftar."},
    )
    upload = forms.FileField(
        label="Berkas daftar ketua RT",
        help_text="XLSX, XLS, ODS, atau CSV, paling besar 10 MB dan 20.000 baris.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.txt"}),
        # The worker shortens the name; a long one is no reason to refuse a file.
        max_length=None,
        error_messages={
            "required": "Pilih berkasnya dahulu.",
            "invalid": "Pilih berkasnya dahulu.",
            "missing": "Pilih berkasnya dahulu.",
            "empty": "Berkas ini kosong.",
        },
    )

    def __init__(self, *args, regions: QuerySet[Region], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions
        if len(regions) == 1:
            self.fields["region"].initial = regions[0]
            self.fields["region"].widget = forms.HiddenInput()
        self.helper = FormHelper()
        # The browser's own messages come in the browser's language.
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("unggah", "Unggah dan periksa"))

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload

    def refuse_size(self) -> None:
        """Say that the file, let go before it reached the form, was too large, not that there was none."""
        self.errors.pop("upload", None)
        self.add_error("upload", TOO_LARGE)
