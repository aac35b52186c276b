"""Who is expected in a session and not there yet, to be called."""

from dataclasses import dataclass

from django.db.models import QuerySet

from participants.models import Enrolment
from participants.queries.attendance import matching
from participants.queries.door_board import expected_in
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.messaging.channels.manual.link import chat_link
from rtportal.regions.codes import within_q
from sessions.models import TrainingSession


@dataclass(frozen=True)
class Call:
    """Somebody to call: name, number and chat of the head, before that of a substitute; no numbers without a right.

    Made-up people have none either: their number may be somebody's.
    """

    person: Enrolment
    phones: list[tuple[str, str, str]]
    may_call: bool


def absent_now(session: TrainingSession, user: User, *, search: str = "", area: str = "") -> QuerySet[Enrolment]:
    """In the user's scope, by kelurahan/desa, RW and RT; `area` is the code of a kecamatan or kelurahan/desa."""
    rows = expected_in(session, user).filter(matching(search), is_here=False)
    if area:
        rows = rows.filter(within_q("village_id", [area]))
    return rows.select_related("head__rt", "village__parent").order_by(
        "village_id", "head__rt__rw", "head__rt__number", "pk"
    )


def calls_of(people: list[Enrolment], wave: Wave, user: User) -> list[Call]:
    """Each with name, number and WhatsApp address of whom to call; no query but that of the user's scope."""
    scope = scope_of(user)
    found = []
    for person in people:
        may_call = any(scope.may(right, person.village_id) for right in (Right.MARK_ATTENDANCE, Right.ANSWER_FOR))
        is_called = may_call and not person.head.is_synthetic
        found.append(Call(person, _phones(person, wave) if is_called else [], may_call))
    return found


def _phones(person: Enrolment, wave: Wave) -> list[tuple[str, str, str]]:
    numbers = [(person.head.full_name, person.head.phone)]
    if person.answer == Enrolment.AnswerKind.REPRESENTED:
        numbers.insert(0, (person.substitute_name, person.substitute_phone))
    return [(name, phone, chat_link(phone, [_words(name, wave)])) for name, phone in numbers if phone]


def _words(name: str, wave: Wave) -> str:
    return (
        f"Yth. Bapak/Ibu {name}, kegiatan {wave.program.name} ({wave.title}) berlangsung "
        f"{clock.moment_words(wave.starts_at, wave.zone)} di {wave.venue.name}. "
        "Apakah Bapak/Ibu sedang dalam perjalanan?"
    )
