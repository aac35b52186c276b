"""The one list of those who write answers down for others: own heads over all open waves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from participants.models import Answer, Enrolment
from participants.queries.attendance import matching
from participants.queries.enrolment_list import TO_APPROVE, WITHOUT_LETTER
from participants.rules import needs_companion
from participants.substitutes import may_decide
from participants.vocabulary import schedule_values
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.messaging.channels.manual.link import chat_link
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region

_REPRESENTED = Q(answer=Enrolment.AnswerKind.REPRESENTED)
UNANSWERED, WAITING, EVERYBODY = "belum", "wakil-menunggu", "semua"
# Value of the filter → what it is called, and the rows it keeps. The order is the order on the page.
STATES: dict[str, tuple[str, Q]] = {
    UNANSWERED: ("Belum", Q(answer="")),
    "menjawab": ("Sudah", ~Q(answer="")),
    EVERYBODY: ("Semua", Q()),
    "wakil": ("Diwakili", _REPRESENTED),
    WAITING: ("Wakil menunggu", TO_APPROVE),
    "surat": ("Surat tugas belum", WITHOUT_LETTER & Q(program__substitute_letter=True)),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a key of STATES, the key of a wave or 0, the code of a kelurahan/desa, words."""

    state: str = UNANSWERED
    wave: int = 0
    village: str = ""
    search: str = ""
    # Somebody whose answer was just written down: shown whatever the state, so that the list stays where it was.
    kept: int = 0


@dataclass(frozen=True)
class DeskRow:
    """One head: how to reach them (`chat` is "" where that must not be tapped), and what may be done."""

    person: Enrolment
    latest: Answer | None
    chat: str
    may_decide: bool
    needs_companion: bool
    needs_letter: bool
    may_be_represented: bool


def open_waves(now: datetime) -> QuerySet[Wave]:
    """Waves whose invitations are open and for which answers are still written down."""
    return Wave.objects.published().invited().ending_after(now)


def answerable(user: User, now: datetime) -> QuerySet[Enrolment]:
    """Everybody for whom the user may write an answer down."""
    mine = within_q("village_id", scope_of(user).areas_with(Right.ANSWER_FOR))
    return Enrolment.objects.active().filter(mine, wave__in=open_waves(now))


@dataclass(frozen=True)
class DeskCounts:
    """Own heads who have not answered, and substitutes who wait for the user's own decision."""

    unanswered: int
    to_decide: int


def desk_counts(user: User, now: datetime) -> DeskCounts:
    """One query; none for whoever writes no answers down."""
    scope = scope_of(user)
    if not scope.may_anywhere(Right.ANSWER_FOR):
        return DeskCounts(0, 0)
    for_office = Q(program__substitutes=Program.Substitutes.OFFICE)
    mine = ~for_office | within_q("village_id", scope.areas_with(Right.SCHEDULE))
    counts = answerable(user, now).aggregate(
        unanswered=Count("pk", filter=STATES[UNANSWERED][1]), to_decide=Count("pk", filter=STATES[WAITING][1] & mine)
    )
    return DeskCounts(**counts)


def people_asked(user: User, asked: Asked, now: datetime) -> QuerySet[Enrolment]:
    """Everybody whom the filters but the state keep."""
    rows = answerable(user, now)
    if asked.wave:
        rows = rows.filter(wave=asked.wave)
    if asked.village:
        rows = rows.filter(village=asked.village)
    if asked.search:
        rows = rows.filter(matching(asked.search))
    return rows


def in_state(rows: QuerySet[Enrolment], asked: Asked) -> QuerySet[Enrolment]:
    """Those of the asked state, in the order of the list: by wave, kelurahan/desa, RW and RT."""
    kept = rows.filter(STATES[asked.state][1] | Q(pk=asked.kept)) if asked.state != EVERYBODY else rows
    kept = kept.select_related("head__rt", "village__parent")
    return kept.order_by("wave__starts_at", "wave_id", "village_id", "head__rt__rw", "head__rt__number", "pk")


def counts_of(rows: QuerySet[Enrolment]) -> dict[str, int]:
    """How many there are in each state; one query."""
    wanted = {f"n{index}": Count("pk", filter=which) for index, (_, which) in enumerate(STATES.values())}
    found = rows.order_by().aggregate(**wanted)
    return {state: found[f"n{index}"] for index, state in enumerate(STATES)}


def desk_rows(people: Sequence[Enrolment], user: User) -> list[DeskRow]:
    """Two queries, however many people; each `person` comes with `wave`, its programme, region and publication."""
    related = ("publication", "program__region", "program__office")
    waves = Wave.objects.select_related(*related).in_bulk({one.wave_id for one in people})
    answers = Answer.objects.filter(enrolment__in=[one.pk for one in people]).select_related("actor").order_by("pk")
    # The newest one stays.
    latest = {answer.enrolment_id: answer for answer in answers}
    for one in people:
        one.wave = waves[one.wave_id]
    return [_row(one, latest.get(one.pk), user) for one in people]


def waves_asked(user: User, now: datetime) -> list[Wave]:
    """Waves in which there is somebody, the next one first."""
    rows = Wave.objects.filter(pk__in=answerable(user, now).order_by().values("wave")).select_related("program__region")
    return list(rows.order_by("starts_at", "pk"))


def villages_asked(user: User, now: datetime) -> list[Region]:
    """Kelurahan/desa in which there is somebody, with their kecamatan."""
    rows = Region.objects.filter(pk__in=answerable(user, now).order_by().values("village"))
    return list(rows.select_related("parent").order_by("parent__name", "name"))


def _row(person: Enrolment, latest: Answer | None, user: User) -> DeskRow:
    program = person.wave.program
    is_reachable = bool(person.head.phone) and not person.head.is_synthetic
    return DeskRow(
        person=person,
        latest=latest if person.answer else None,
        chat=chat_link(person.head.phone, [_question(person)]) if is_reachable else "",
        may_decide=may_decide(user, person),
        needs_companion=needs_companion(program),
        needs_letter=program.substitute_letter,
        may_be_represented=program.substitutes != Program.Substitutes.NONE,
    )


def _question(person: Enrolment) -> str:
    """What the operator asks by WhatsApp. Without the personal link: it is for the head's own message alone."""
    program = person.wave.program
    facts = schedule_values(person.wave.publication.facts if person.wave.publication else None)
    return (
        f"{program.office.greeting}, Bapak/Ibu {person.head.full_name}. Mohon kabar untuk undangan {program.name}, "
        f"{facts['waktu']}, di {facts['gedung']}: apakah Bapak/Ibu hadir, berhalangan, atau diwakili?"
    )
