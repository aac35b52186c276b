"""What somebody looks for in the history."""

from collections.abc import Mapping
from datetime import date

from django import forms

from rtportal.trust.queries.history import CHOICES, HistoryFilter
from rtportal.web.search import LONGEST_SEARCH, typed_words

# No line is older than the portal, and no calendar knows a day after its last one.
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)
_DAY = {"invalid": "Tulis tanggal seperti 2026-11-22."}


class HistoryForm(forms.Form):
    """Everything may be left out. `asked` is what can be read of it, whatever else is wrong."""

    dari = forms.DateField(required=False, error_messages=_DAY)
    sampai = forms.DateField(required=False, error_messages=_DAY)
    jenis = forms.ChoiceField(required=False, choices=[("", "Semua"), *CHOICES])
    oleh = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    cari = forms.CharField(required=False, max_length=LONGEST_SEARCH)

    def clean_dari(self) -> date | None:
        return self._known_day("dari")

    def clean_sampai(self) -> date | None:
        return self._known_day("sampai")

    def clean(self) -> None:
        since, until = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if since and until and since > until:
            self.add_error("sampai", "Hari terakhir lebih awal daripada hari pertama.")

    @property
    def asked(self) -> HistoryFilter:
        self.is_valid()
        values = self.cleaned_data
        return HistoryFilter(
            since=values.get("dari"),
            until=values.get("sampai"),
            kind=values.get("jenis", ""),
            who=typed_words(values.get("oleh", "")),
            words=typed_words(values.get("cari", "")),
        )

    def _known_day(self, name: str) -> date | None:
        day = self.cleaned_data[name]
        if day and not _FIRST <= day <= _LAST:
            raise forms.ValidationError("Tanggal ini di luar jangkauan riwayat.")
        return day


def as_params(asked: HistoryFilter) -> Mapping[str, str]:
    """The choices as an address and a stored export have them."""
    values = {
        "dari": asked.since.isoformat() if asked.since else "",
        "sampai": asked.until.isoformat() if asked.until else "",
        "jenis": asked.kind,
        "oleh": asked.who,
        "cari": asked.words,
    }
    return {name: value for name, value in values.items() if value}
