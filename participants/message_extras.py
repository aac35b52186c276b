"""What a message to an RT head says besides the values that all kinds share, and whether it still says anything."""

from collections.abc import Callable

from participants.correction_words import cancel_words, change_words
from participants.models import Enrolment
from participants.told import WAVE_CANCELLED, Heard, heard_by, kind_due, publications_told
from participants.vocabulary import (
    answered_request,
    companion_request,
    presence_words,
    schedule_values,
    thanked_words,
)
from programs.models import Wave
from rtportal.messaging.kinds import Unfit
from rtportal.messaging.models import Message

_WAITS = Unfit(Message.State.QUEUED, "Menunggu pesan sebelumnya untuk orang ini selesai dikirim.")
# What is to be added to the words about one message; None leaves it out, an Unfit puts it off.
Extra = Callable[[Message, Enrolment, Wave], dict[str, str] | Unfit | None]


def nothing_more(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str]:
    return {}


def of_this_wave(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    """A reminder of the wave somebody was in before comes at a wrong time."""
    return {} if message.group == wave.group else None


def coming(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    return {"kehadiran": presence_words(enrolment)} if message.group == wave.group else None


def with_companion(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    asked = companion_request(wave, by_link=takes_answers(message, wave))
    mine = {"pendamping": enrolment.companion_name, "ajakan_jawab": asked}
    return mine if message.group == wave.group else None


def thanked(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    return {"yang_hadir": thanked_words(enrolment)} if message.group == wave.group else None


def to_this_substitute(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    """Somebody else may have been named since; and the head's own link and code are not for them."""
    if message.group != wave.group or message.recipient_name != enrolment.substitute_name:
        return None
    return {"wakil": enrolment.substitute_name, "tautan": "", "kode": ""}


def refused_substitute(message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | None:
    """Says whom the office does not take, and why."""
    words = {"wakil": enrolment.substitute_name, "alasan_wakil": enrolment.substitute_note}
    return words if message.group == wave.group else None


def takes_answers(message: Message, wave: Wave) -> bool:
    """Whether the link took answers when the message was queued: a text does not change with each try."""
    return message.queued_at <= wave.answer_deadline


class Corrections:
    """What was told to whom before; two queries for any number of messages."""

    def __init__(self, messages: list[Message]):
        # A letter that is printed again says once more what it said, so it counts as not told yet.
        again = [message.pk for message in messages if message.state == Message.State.TASK]
        self.heard = heard_by({message.about_id for message in messages}, without=again)
        self.publications = publications_told(self.heard.values())

    def __call__(self, message: Message, enrolment: Enrolment, wave: Wave) -> dict[str, str] | Unfit | None:
        heard = self.heard.get(enrolment.pk, Heard())
        if heard.under_way - {message.pk}:
            # What it says is known once it began; and it must not arrive after this correction.
            return _WAITS
        facts = wave.publication.facts if wave.publication else None
        told = heard.settled
        if kind_due(told, self.publications, wave=wave, facts=facts, group=enrolment.group) != message.kind:
            return None
        known = self.publications.get(told.edition)
        if message.kind == WAVE_CANCELLED:
            former = schedule_values(known.facts) if known else {}
            return former | {"rincian": cancel_words(known, wave), "alasan": wave.cancel_reason}
        change = change_words(known, wave, enrolment.group, was_cancelled=told.kind == WAVE_CANCELLED)
        if not enrolment.answer:
            return {"perubahan": change}
        asked = answered_request(enrolment, wave, by_link=takes_answers(message, wave))
        return {"perubahan": change, "ajakan_jawab": asked}
