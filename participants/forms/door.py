"""What officials type about the door."""

from datetime import date, datetime, timedelta

from django import forms

from participants.queries.door_devices import usual_expiry
from participants.use_cases.create_door_device import LONGEST_NAME
from programs.forms.base import DomainForm
from programs.models import Wave
from rtportal.lib import clock

# A year outside is a slip of the keyboard.
_YEARS = range(2000, 2101)
# How long a desk works that is made when the usual expiry of the wave has passed.
_LATE = timedelta(hours=12)


class DoorDeviceForm(DomainForm):
    """A new desk: its name and, in local time, until when it may record."""

    name = forms.CharField(
        label="Nama meja", max_length=LONGEST_NAME, help_text="Tampil di layar perangkat dan di catatan kehadiran."
    )
    expires_on = forms.DateField(
        label="Berlaku sampai tanggal", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    expires_time = forms.TimeField(
        label="Pukul",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Setelah itu daftar peserta terhapus dari perangkat.",
    )

    def __init__(self, *args, wave: Wave, now: datetime, suggested_name: str = "", **kwargs):
        usual = usual_expiry(wave)
        until = (usual if usual > now else now + _LATE).astimezone(clock.parse_zone(wave.zone))
        initial = {"name": suggested_name, "expires_on": until.date(), "expires_time": until.time()}
        super().__init__(*args, initial=initial, **kwargs)
        self.wave = wave

    def clean_expires_on(self) -> date:
        day = self.cleaned_data["expires_on"]
        if day.year not in _YEARS:
            raise forms.ValidationError("Periksa tahunnya.")
        return day

    @property
    def expires_at(self) -> datetime:
        """From a valid form."""
        day, at = self.cleaned_data["expires_on"], self.cleaned_data["expires_time"]
        return clock.local_instant(day, at, self.wave.zone)
