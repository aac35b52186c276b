"""Fields for several dates and for several pairs of hours."""

from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from django import forms

MOST_DAYS, MOST_BLOCKS = 60, 6
_YEARS = range(2000, 2101)


class DaysField(forms.Field):
    """Several dates, each in an input of the same name; empty ones are passed over, the same date counts once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[date, ...]:
        days = sorted({_day(text) for text in value or [] if str(text).strip()})
        if len(days) > MOST_DAYS:
            raise forms.ValidationError(f"Paling banyak {MOST_DAYS} tanggal sekaligus.")
        return tuple(days)


class HoursInput(forms.Widget):
    """Pairs of inputs named `starts` and `ends`, as the page's template writes them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        return list(zip_longest(data.getlist("starts"), data.getlist("ends"), fillvalue=""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return "starts" not in data and "ends" not in data


class HoursField(forms.Field):
    """Blocks of a day as pairs of local times, in their order; empty pairs are passed over, the same counts once."""

    widget = HoursInput

    def to_python(self, value: Any) -> tuple[tuple[time, time], ...]:
        typed = [pair for pair in value or [] if any(text.strip() for text in pair)]
        if not typed:
            raise forms.ValidationError("Isi jam mulai dan jam selesai.")
        if len(typed) > MOST_BLOCKS:
            raise forms.ValidationError(f"Paling banyak {MOST_BLOCKS} sesi waktu dalam sehari.")
        return tuple(sorted({self._block(number, pair) for number, pair in enumerate(typed, start=1)}))

    def _block(self, number: int, pair: tuple[str, str]) -> tuple[time, time]:
        if not all(text.strip() for text in pair):
            raise forms.ValidationError(f"Sesi waktu {number}: isi jam mulai dan jam selesainya.")
        start, end = (forms.TimeField().clean(text) for text in pair)
        return start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)


def _day(text: Any) -> date:
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = datetime.strptime(str(text).strip(), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    raise forms.ValidationError(f"“{str(text)[:20]}” bukan tanggal yang dapat dipakai.")
