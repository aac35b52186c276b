"""The recap of a wave or a programme: every number of the reconciliation by kecamatan, and by kelurahan/desa."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models.functions import Substr

from participants.models import Enrolment
from participants.queries.reach_plan import DISTRICT_CODE
from participants.queries.reconciliation import Numbers, Reconciliation, program_numbers, wave_numbers
from participants.queries.reconciliation_words import STAGES
from programs.models import WaveArea
from programs.queries.exported import exported_thing
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column, Sheet
from rtportal.regions.codes import DISTRICT, cut

_NUMBERS = {stage.name: stage.label for stage in STAGES}
_WIDTH = 13


@register
class RecapExport(Export):
    """A row for each kecamatan and their sum; `participants/queries/reconciliation.py` says what the numbers mean."""

    identifier = "rekap"
    label = "Rekap per kecamatan"
    about = "wave"
    also_about = ("program",)
    unit = "kecamatan"

    def __init__(self, user: User, params: Mapping[str, object]):
        self.user = user
        self.thing = exported_thing(user, params)
        self.params = self.thing.params
        self.region_code = self.thing.program.region_id
        self.subject = self.thing.subject
        self.title = self.thing.title(self.label)
        self.filename = self.thing.filename(self.label)
        self._found: Reconciliation | None = None

    def count(self) -> int:
        """As far as can be told without counting everybody: the kecamatan of the areas and of those enrolled."""
        waves = self.thing.waves.order_by().values("pk")
        areas = WaveArea.objects.filter(wave__in=waves).values_list("region_id", flat=True)
        people = Enrolment.objects.filter(wave__in=waves).order_by()
        enrolled = people.values_list(Substr("village_id", 1, DISTRICT_CODE), flat=True).distinct()
        return len({cut(code, DISTRICT) for code in (*areas, *enrolled)})

    def columns(self) -> Sequence[Column]:
        return [Column("Kecamatan", 28, name="kecamatan")] + [
            Column(heading, _WIDTH, name=name) for name, heading in _NUMBERS.items()
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        for line in self._numbers().districts:
            yield (line.district.name, *_cells(line.numbers))

    def totals(self) -> Sequence[Cell]:
        return ("Jumlah", *_cells(self._numbers().total))

    def closing_sheets(self) -> Iterator[Sheet]:
        columns = [Column("Kecamatan", 28), Column("Kelurahan/desa", 30)]
        columns += [Column(heading, _WIDTH) for heading in _NUMBERS.values()]
        found = self._numbers()
        rows = [
            (line.district.name, one.village.full_name, *_cells(one.numbers))
            for line in found.districts
            for one in line.villages
        ]
        yield Sheet("Per kelurahan", columns, rows, totals=("Jumlah", "", *_cells(found.total)))

    def _numbers(self) -> Reconciliation:
        """Counted once for a file, so that its sheets agree."""
        if self._found is None:
            thing = self.thing
            counted = wave_numbers(thing.wave, self.user) if thing.wave else program_numbers(thing.program, self.user)
            self._found = counted
        return self._found


def _cells(numbers: Numbers) -> list[int]:
    return [getattr(numbers, name) for name in _NUMBERS]
