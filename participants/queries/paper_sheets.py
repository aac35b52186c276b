"""The printed attendance sheet of a session: who stands on it, what was typed from it, what was entered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from participants.models import Enrolment, PaperSheet
from rtportal.lib.row_codes import RowCodeError, make_row_code, read_row_code, show_row_code
from sessions.models import TrainingSession

# A whole sheet typed twice; whatever is longer was pasted by mistake.
_MOST_TYPED = 5_000
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Typed:
    """Row codes as they were typed: the people, each once in the order of typing, and every mistake as a sentence."""

    people: Sequence[Enrolment] = ()
    mistakes: Sequence[str] = ()
    doubles: Sequence[str] = ()

    @property
    def rows(self) -> list[int]:
        return [person.row_number for person in self.people]


@dataclass(frozen=True)
class Exceptions:
    """What was entered, said by the smaller half: those who signed, or those who did not."""

    are_signed: bool
    rows: Sequence[int]

    @property
    def text(self) -> str:
        return codes_of(self.rows)


def people_of(session: TrainingSession) -> QuerySet[Enrolment]:
    """Everybody whom the session is for: those in no parallel group may come to any."""
    people = Enrolment.objects.filter(wave=session.wave_id)
    return people.filter(group__in=["", session.group]) if session.group else people


def sheet_of(session: TrainingSession) -> PaperSheet | None:
    return PaperSheet.objects.select_related("session", "entered_by").filter(session=session).first()


def printed_people(session: TrainingSession, sheet: PaperSheet) -> QuerySet[Enrolment]:
    """Those on the printed sheet in its order, with head, RT and village; code and number by `row_number`."""
    return (
        people_of(session)
        .filter(row_number__lte=sheet.last_row)
        .select_related("head__rt", "village__parent")
        .order_by("village_id", "row_number")
    )


def newcomers_of(session: TrainingSession, sheet: PaperSheet) -> int:
    """How many take part and are not on the printed sheet. One query."""
    late = Q(row_number=None) | Q(row_number__gt=sheet.last_row)
    return people_of(session).filter(late).count()


def exceptions_of(sheet: PaperSheet) -> Exceptions:
    """The entered sheet as one would type it again. One query."""
    lines = sheet.lines.filter(enrolment__wave=sheet.session.wave_id, enrolment__row_number__isnull=False)
    numbers: dict[bool, list[int]] = {True: [], False: []}
    for is_signed, number in lines.order_by("enrolment__row_number").values_list("is_signed", "enrolment__row_number"):
        numbers[is_signed].append(number)
    are_signed = len(numbers[True]) < len(numbers[False])
    return Exceptions(are_signed, numbers[are_signed])


def codes_of(rows: Iterable[int]) -> str:
    """[17, 23] -> "17-4 23-4", as one types them."""
    return " ".join(show_row_code(make_row_code(number)) for number in rows)


def read_typed(text: str, people: Mapping[int, Enrolment]) -> Typed:
    """Codes between blanks, line ends and commas, read against the people of a sheet by their row numbers."""
    words = [word for word in _BETWEEN.split(text) if word]
    found: dict[int, Enrolment] = {}
    mistakes: dict[str, None] = {}
    doubles: dict[str, None] = {}
    for word in words[:_MOST_TYPED]:
        try:
            number = read_row_code(word)
        except RowCodeError as error:
            mistakes[error.sentence] = None
            continue
        code = codes_of([number])
        if number not in people:
            mistakes[f"“{code}” tidak ada pada lembar sesi ini. Lihat lagi judul dan halaman lembarnya."] = None
        elif number in found:
            doubles[code] = None
        else:
            found[number] = people[number]
    if len(words) > _MOST_TYPED:
        mistakes["Terlalu banyak yang diketik. Ketik kode baris saja, masing-masing sekali."] = None
    return Typed(list(found.values()), list(mistakes), list(doubles))
