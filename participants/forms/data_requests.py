"""What an operator writes down for a head who wrote, called or came."""

from datetime import datetime

from django import forms

from participants.models import DataRequest
from rtportal.lib import clock


class DataRequestForm(forms.Form):
    """`received_on` and `received_at` are the local day and hour at which it reached the office."""

    kind = forms.ChoiceField(label="Yang diminta", choices=DataRequest.Kind, widget=forms.RadioSelect)
    came_by = forms.ChoiceField(
        label="Lewat", choices=[choice for choice in DataRequest.CameBy.choices if choice[0] != "page"]
    )
    received_on = forms.DateField(
        label="Tanggal diterima",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Jam 3 × 24 berjalan sejak permintaan diterima, bukan sejak dicatat.",
    )
    received_at = forms.TimeField(
        label="Pukul", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), help_text="Misalnya 09:30."
    )
    note = forms.CharField(label="Keterangan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def received(self, zone: str) -> datetime:
        """The moment it came; the form is valid."""
        return clock.local_instant(self.cleaned_data["received_on"], self.cleaned_data["received_at"], zone)
