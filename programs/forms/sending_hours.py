"""What officials type about the hours in which messages may be sent."""

from django import forms

from programs.forms.base import VersionForm
from rtportal.messaging.models import SendingHours


def _time(**options) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


class SendingHoursForm(VersionForm):
    """The sending hours of one kabupaten/kota."""

    opens_at = _time(label="Mulai pukul")
    closes_at = _time(label="Sampai pukul", help_text="00.00 berarti sampai akhir hari.")
    is_friday_prayer_quiet = forms.BooleanField(label="Tenang saat salat Jumat (11.30–13.00)", required=False)
    ramadan_closes_at = _time(
        label="Selama Ramadan sampai pukul", required=False, help_text="Kosongkan bila Ramadan seperti hari lain."
    )
    is_holiday_quiet = forms.BooleanField(label="Tenang pada libur nasional dan cuti bersama", required=False)

    def __init__(self, data=None, *, row: SendingHours):
        names = ("opens_at", "closes_at", "is_friday_prayer_quiet", "ramadan_closes_at", "is_holiday_quiet")
        initial = {name: getattr(row, name) for name in names} | {"version": row.version if row.pk else 0}
        super().__init__(data, initial=initial)
