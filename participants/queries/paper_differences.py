"""Where a signed sheet and what was recorded at the door disagree."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from participants.models import Attendance, PaperLine, PaperSheet
from sessions.models import TrainingSession

_DIFFERS = Q(is_signed=True, is_present=False) | Q(is_signed=False, is_present=True)


@dataclass(frozen=True)
class PaperTotals:
    """Rows of an entered sheet against the door: `open` differences wait for a decision."""

    signed: int
    unsigned: int
    both: int
    neither: int
    only_signed: int
    only_present: int
    settled: int

    @property
    def open(self) -> int:
        return self.only_signed + self.only_present

    @property
    def same(self) -> int:
        return self.both + self.neither


def lines_of(sheet: PaperSheet, session: TrainingSession) -> QuerySet[PaperLine]:
    """The lines of those who are still in the wave, each with `is_present`."""
    marks = Attendance.objects.filter(session=session, enrolment=OuterRef("enrolment"))
    return PaperLine.objects.filter(sheet=sheet, enrolment__wave=session.wave_id).annotate(is_present=Exists(marks))


def open_differences(sheet: PaperSheet, session: TrainingSession) -> QuerySet[PaperLine]:
    """Each person once about whom sheet and door disagree and nobody has decided, in the order of the sheet."""
    return _with_people(lines_of(sheet, session).filter(_DIFFERS, settled_at=None), session)


def signed_only(sheet: PaperSheet, session: TrainingSession) -> QuerySet[PaperLine]:
    """Of the open differences those who signed and were not recorded present."""
    return lines_of(sheet, session).filter(is_signed=True, is_present=False, settled_at=None)


def settled_lines(sheet: PaperSheet, session: TrainingSession) -> QuerySet[PaperLine]:
    """Those about whom somebody has decided."""
    rows = lines_of(sheet, session).filter(settled_at__isnull=False)
    return _with_people(rows, session).select_related("settled_by")


def paper_totals(sheet: PaperSheet, session: TrainingSession) -> PaperTotals:
    """Numbers of the whole sheet. One query."""
    still_open = Q(settled_at=None)
    counts = lines_of(sheet, session).aggregate(
        signed=Count("pk", filter=Q(is_signed=True)),
        unsigned=Count("pk", filter=Q(is_signed=False)),
        both=Count("pk", filter=Q(is_signed=True, is_present=True)),
        neither=Count("pk", filter=Q(is_signed=False, is_present=False)),
        only_signed=Count("pk", filter=Q(is_signed=True, is_present=False) & still_open),
        only_present=Count("pk", filter=Q(is_signed=False, is_present=True) & still_open),
        settled=Count("pk", filter=~still_open),
    )
    return PaperTotals(**counts)


def present_off_paper(sheet: PaperSheet, session: TrainingSession) -> int:
    """How many were recorded present who have no row on the entered sheet. One query."""
    listed = PaperLine.objects.filter(sheet=sheet, enrolment=OuterRef("enrolment"))
    marks = Attendance.objects.filter(session=session, enrolment__wave=session.wave_id)
    return marks.exclude(Exists(listed)).count()


def _with_people(rows: QuerySet[PaperLine], session: TrainingSession) -> QuerySet[PaperLine]:
    marks = Attendance.objects.filter(session=session).select_related("marked_by", "device")
    return (
        rows.select_related("enrolment__head__rt", "enrolment__village")
        .prefetch_related(Prefetch("enrolment__attendances", marks, "marks"))
        .order_by("enrolment__village_id", "enrolment__row_number", "pk")
    )
