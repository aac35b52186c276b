"""Who was present in a session, as the sheet of the day shows it."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from participants.models import Attendance, Enrolment
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import phones
from sessions.models import TrainingSession

# Filter value → its name and whether it keeps those who are marked. The order is the order of the menu.
STATUS_FILTERS: dict[str, tuple[str, bool]] = {"belum": ("Belum hadir", False), "sudah": ("Sudah hadir", True)}

_COLUMNS = {"rt": "head__rt__number", "rw": "head__rt__rw"}
_NUMBER = re.compile(r"(rt|rw)?(\d{1,5})")
# What people write before a village's name and the list does not.
_PLACE_WORDS = {"kel", "kelurahan", "desa", "kec", "kecamatan"}


@dataclass(frozen=True)
class AttendanceTotals:
    present: int
    invited: int

    @property
    def absent(self) -> int:
        return self.invited - self.present


def attendance_totals(wave: Wave, session: TrainingSession, user: User) -> AttendanceTotals:
    """Numbers among the people in the user's scope. Two queries."""
    people = Enrolment.objects.filter(wave=wave).visible_to(user)
    present = Attendance.objects.filter(session=session, enrolment__in=people.order_by().values("pk")).count()
    return AttendanceTotals(present=present, invited=people.count())


def attendance_rows(
    wave: Wave, session: TrainingSession, user: User, *, search: str = "", status: str = ""
) -> QuerySet[Enrolment]:
    """Enrolments of the wave in the user's scope, each with `marks`: its attendance in the session or nothing.

    An unknown status is ignored. Two queries for any number of rows.
    """
    marks = Attendance.objects.filter(session=session)
    rows = (
        Enrolment.objects.filter(matching(search), wave=wave)
        .visible_to(user)
        .select_related("head__rt", "village__parent", "followed_by__wave")
        .prefetch_related(Prefetch("attendances", marks.select_related("marked_by", "device", "session"), "marks"))
        .order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
    )
    if status in STATUS_FILTERS:
        is_present = Exists(Attendance.objects.filter(session=session, enrolment=OuterRef("pk")))
        rows = rows.filter(is_present if STATUS_FILTERS[status][1] else ~is_present)
    return rows


def matching(search: str) -> Q:
    """Every word must fit: a number is an RT and the next one its RW (`5/2`, `rt 5 rw 2`), a word part of a name.

    Names are those of the head, of the substitute, of the village and of the kecamatan. A telephone is found by its
    whole number.
    """
    if phone := phones.searched(search):
        return Q(head__phone=phone)
    found = Q()
    column = "rt"
    for word in re.sub(r"[/.,]", " ", search.casefold()).split():
        if word in _COLUMNS:
            column = word
        elif number := _NUMBER.fullmatch(word):
            found &= Q(**{_COLUMNS[number[1] or column]: number[2].zfill(3)})
            column = "rw"
        elif word not in _PLACE_WORDS:
            found &= _name_or_phone(word)
    return found


def _name_or_phone(word: str) -> Q:
    if phone := phones.searched(word):
        return Q(head__phone=phone)
    return (
        Q(head__name__icontains=word)
        | Q(head__gelar_depan__icontains=word)
        | Q(substitute_name__icontains=word)
        | Q(village__name__icontains=word)
        | Q(village__parent__name__icontains=word)
    )
