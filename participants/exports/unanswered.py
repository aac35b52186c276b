"""Who has not answered, by kelurahan/desa: the list with which an office telephones and lurah go round."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet

from participants.models import Enrolment
from participants.queries.enrolment_list import people_of
from participants.queries.filtered_people import as_params, asked_filters, filter_words
from participants.queries.reach_plan import GIVEN_UP, LETTER, MANUAL, QUEUED, TOLD, reason_words
from participants.queries.roster import village_groups
from programs.queries.exported import exported_thing
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column, Sheet
from rtportal.lib import phones

_REACH = {
    TOLD: "sudah diberi tahu",
    QUEUED: "antre",
    MANUAL: "tugas manual",
    LETTER: "surat harus dicetak",
    GIVEN_UP: "menyerah",
}


@register
class UnansweredExport(Export):
    """A row for each participant without an answer, and how many there are in each kelurahan/desa."""

    identifier = "belum-menjawab"
    label = "Belum menjawab"
    about = "wave"
    also_about = ("program",)
    unit = "orang"
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        self.thing = exported_thing(user, params)
        asked = asked_filters(params)
        self.asked = {name: value for name, value in asked.items() if name != "answer"}
        self.params = self.thing.params | as_params(self.asked)
        self.region_code = self.thing.program.region_id
        self.subject = self.thing.subject
        self.title = self.thing.title(self.label)
        self.filename = self.thing.filename(self.label)
        self.lists = [people_of(wave, user, answer="belum", **self.asked) for wave in self.thing.waves]
        self._tally: Counter[tuple[str, str, str]] = Counter()

    def count(self) -> int:
        return sum(people.count() for people in self.lists)

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        return filter_words(self.asked)

    def columns(self) -> Sequence[Column]:
        return [
            Column("No", 6, name="no"),
            Column("Gelombang", 14, name="gelombang"),
            Column("Kecamatan", 20, name="kecamatan"),
            Column("Kelurahan/desa", 26, name="kelurahan"),
            Column("RW", 6, is_code=True, name="rw"),
            Column("RT", 6, is_code=True, name="rt"),
            Column("Nama", 34, name="nama"),
            Column("Nomor HP", 18, is_code=True, name="hp"),
            Column("Pemberitahuan", 22, name="pemberitahuan"),
            Column("Sebab", 40, name="sebab"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        self._tally.clear()
        phone = phones.display if self.is_unmasked else phones.masked
        number = 0
        for people in self.lists:
            # No cursor stays open: SQLite could not write the progress meanwhile.
            for villages in village_groups(people):
                for person in _bare(people).filter(village_id__in=villages):
                    number += 1
                    head, village = person.head, person.village
                    self._tally[village.parent.name, village.pk, village.full_name] += 1
                    yield (
                        number,
                        person.wave.title,
                        village.parent.name,
                        village.full_name,
                        head.rt.rw,
                        head.rt.number,
                        head.full_name,
                        phone(head.phone) if head.phone else "",
                        _REACH[person.reach.partition(":")[0]],
                        reason_words(person.reach),
                    )

    def closing_sheets(self) -> Iterator[Sheet]:
        """Numbers by kelurahan/desa, counted from the very rows above."""
        columns = [Column("Kecamatan", 28), Column("Kelurahan/desa", 30), Column("Belum menjawab", 16)]
        rows = [(district, village, people) for (district, _, village), people in sorted(self._tally.items())]
        yield Sheet("Per kelurahan", columns, rows, totals=("Jumlah", "", self._tally.total()))


def _bare(people: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Without what only the page shows."""
    return people.prefetch_related(None).select_related(None).select_related("head__rt", "village__parent", "wave")
