"""The history of a region as a file."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import Http404, QueryDict

from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region
from rtportal.trust.forms.history import HistoryForm, as_params
from rtportal.trust.queries.history import CHOICES, HistoryFilter, history, history_areas

_AT_ONCE = 2_000


@register
class HistoryExport(Export):
    """One row for each line, the newest first."""

    identifier = "riwayat"
    label = "Riwayat"
    about = "region"

    def __init__(self, user: User, params: Mapping[str, object]):
        self.region = Region.objects.filter(code=storable(str(params.get("wilayah", "")))).first()
        if self.region is None or not any(is_within(self.region.code, area) for area in history_areas(user)):
            raise Http404("no such region")
        typed = QueryDict(mutable=True)
        typed.update({name: str(params.get(name, "")) for name in HistoryForm.base_fields})
        self.asked: HistoryFilter = HistoryForm(typed).asked
        self.params = {"wilayah": self.region.code, **as_params(self.asked)}
        self.region_code = self.region.code
        self.subject = f"region:{self.region.code}"
        self.title = f"Riwayat {self.region.full_name}"
        self.filename = f"riwayat-{self.region.code.replace('.', '-')}"

    def count(self) -> int:
        return self._lines().count()

    def columns(self) -> Sequence[Column]:
        return [
            Column("Nomor", 10, name="nomor"),
            Column("Waktu", 24, name="waktu"),
            Column("Siapa", 28, name="siapa"),
            Column("Apa", 80, name="apa"),
            Column("Tindakan", 24, name="tindakan"),
            Column("Perihal", 18, name="perihal"),
            Column("Kode wilayah", 16, name="wilayah", is_code=True),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        zone = clock.parse_zone(self.region.time_zone)
        lines = self._lines().values_list("pk", "at", "actor_label", "sentence", "action", "subject", "region_code")
        for number, at, *rest in lines.iterator(chunk_size=_AT_ONCE):
            yield (number, clock.short_moment(at, zone), *rest)

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        days = [("Dari", self.asked.since), ("Sampai", self.asked.until)]
        found = [(label, clock.date_words(day)) for label, day in days if day]
        words = {"Jenis": dict(CHOICES).get(self.asked.kind, ""), "Oleh": self.asked.who, "Kata": self.asked.words}
        return [*found, *((label, word) for label, word in words.items() if word)]

    def _lines(self):
        return history([self.region.code], self.asked, self.region.time_zone)
