"""The people of a wave as its list shows and filters them."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from participants.models import Attendance, Enrolment, WaitingPlace
from participants.queries.reach_plan import GIVEN_UP, LETTER, MANUAL, QUEUED, TOLD, in_bucket, with_reach
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import phones
from rtportal.regions.area_keys import area_q

_REPRESENTED = Q(answer=Enrolment.AnswerKind.REPRESENTED)
TO_APPROVE = _REPRESENTED & Q(substitute_state=Enrolment.SubstituteState.PENDING)
# Only where the programme asks for one.
WITHOUT_LETTER = _REPRESENTED & Q(substitute_letter_at=None)
TURNED_BACK = Q(answer="", substitute_state=Enrolment.SubstituteState.REFUSED)
# Filter value → the rows it keeps. The order is the order of the menu.
ANSWER_FILTERS: dict[str, tuple[str, Q]] = {
    "belum": ("Belum menjawab", Q(answer="")),
    "hadir": ("Hadir", Q(answer=Enrolment.AnswerKind.CONFIRMED)),
    "wakil": ("Diwakili", _REPRESENTED),
    "wakil-menunggu": ("Wakil menunggu persetujuan", TO_APPROVE),
    "wakil-ditolak": ("Wakil ditolak, harus menjawab lagi", TURNED_BACK),
    "berhalangan": ("Berhalangan", Q(answer=Enrolment.AnswerKind.DECLINED)),
    "menjawab": ("Sudah menjawab", ~Q(answer="")),
}
TOLD_FILTERS: dict[str, tuple[str, Q]] = {
    "sudah": ("Sudah diberi tahu", in_bucket(TOLD)),
    "antre": ("Antre", in_bucket(QUEUED)),
    "manual": ("Tugas manual", in_bucket(MANUAL)),
    "surat": ("Surat harus dicetak", in_bucket(LETTER)),
    "menyerah": ("Menyerah", in_bucket(GIVEN_UP)),
}
# The value of the filter for those in no group.
NO_GROUP = "-"
PRESENT_FILTERS: dict[str, tuple[str, Q]] = {
    "ya": ("Hadir di tempat", Q(is_present=True)),
    "tidak": ("Tidak tercatat hadir", Q(is_present=False)),
}

# Argument of `people_of` → parameter of the address.
PARAMETERS = {
    "answer": "jawaban",
    "told": "pemberitahuan",
    "present": "kehadiran",
    "group": "kelompok",
    "area": "wilayah",
    "search": "cari",
}


def groups_of(wave: Wave) -> dict[str, int]:
    """The parallel groups of a wave and how many people are in each, those in none last under ""; {} without groups."""
    counts = dict(
        Enrolment.objects.filter(wave=wave).order_by("group").values_list("group").annotate(people=Count("pk"))
    )
    nobody = counts.pop("", 0)
    return (counts | {"": nobody} if nobody else counts) if counts else {}


def people_of(
    wave: Wave,
    user: User,
    *,
    answer: str = "",
    told: str = "",
    present: str = "",
    group: str = "",
    area: str = "",
    search: str = "",
) -> QuerySet:
    """Enrolments of the wave in the user's scope, each with `reach`, `is_present` and `waiting` (open places).

    `group` is the name of a parallel group or NO_GROUP, `area` the code of a kecamatan, kelurahan/desa or RW, `search`
    looks in names and telephone numbers; an unknown value of another filter is ignored.
    """
    rows = (
        with_reach(Enrolment.objects.filter(wave=wave).visible_to(user))
        .annotate(
            is_present=Exists(Attendance.objects.filter(enrolment=OuterRef("pk"))),
        )
        .select_related("head__rt", "village__parent", "followed_by__wave", "follows__wave")
        .prefetch_related(
            Prefetch("waiting_places", WaitingPlace.objects.filter(closed_at=None).select_related("wave"), "waiting")
        )
        # A new head of an RT may stand beside the former one: without the key they would change places between pages.
        .order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
    )
    for value, filters in ((answer, ANSWER_FILTERS), (told, TOLD_FILTERS), (present, PRESENT_FILTERS)):
        if value in filters:
            rows = rows.filter(filters[value][1])
    if group:
        rows = rows.filter(group="" if group == NO_GROUP else group)
    if area:
        rows = rows.filter(area_q([area], village="village_id", rw="head__rt__rw"))
    if search:
        found = Q(head__name__icontains=search)
        if phone := phones.searched(search):
            found |= Q(head__phone=phone)
        rows = rows.filter(found)
    return rows
