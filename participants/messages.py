"""What the portal writes to RT heads: to whom, with which data. The words are in `templates/messages/<kind>/`.

A text is made when its message is sent, so a wave that moved meanwhile is announced with its present date.
"""

from datetime import datetime

from django.db.models import Q
from django.template.loader import get_template

from participants.links import personal_url
from participants.models import Enrolment
from participants.reminders import INVITATION
from programs.models import Wave
from rtportal.lib import clock
from rtportal.messaging.channels import Channel
from rtportal.messaging.kinds import Content, message_kind
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft

REMINDER_UNANSWERED = "reminder_unanswered"
REMINDER_CONFIRMED = "reminder_confirmed"


def draft_to(
    enrolment: Enrolment,
    *,
    channel: Channel,
    kind: str,
    dedupe_key: str,
    group: str,
    expires_at: datetime,
    now: datetime,
) -> Draft | None:
    """A message to the enrolment's head (`head` is loaded), due now; None if the channel cannot reach them."""
    head = enrolment.head
    address = channel.address_of(email=head.email, phone=head.phone)
    if not address:
        return None
    return Draft(
        dedupe_key=dedupe_key,
        kind=kind,
        address=address,
        recipient_name=head.full_name,
        region_code=enrolment.village_id,
        group=group,
        about_id=enrolment.pk,
        due_at=now,
        expires_at=expires_at,
        channel=channel.name,
    )


@message_kind(INVITATION, label="Undangan")
def invitation(messages: list[Message]) -> dict[int, Content]:
    return _write(INVITATION, messages, Q())


@message_kind(REMINDER_UNANSWERED, label="Pengingat untuk menjawab")
def reminder_unanswered(messages: list[Message]) -> dict[int, Content]:
    """Left out: who has answered since the reminder was written."""
    return _write(REMINDER_UNANSWERED, messages, Q(answer=""))


@message_kind(REMINDER_CONFIRMED, label="Pengingat untuk hadir")
def reminder_confirmed(messages: list[Message]) -> dict[int, Content]:
    """Left out: who has declined since the reminder was written."""
    coming = [Enrolment.AnswerKind.CONFIRMED, Enrolment.AnswerKind.REPRESENTED]
    return _write(REMINDER_CONFIRMED, messages, Q(answer__in=coming))


def _write(kind: str, messages: list[Message], wanted: Q) -> dict[int, Content]:
    """Subject and text by message id. Two queries for up to 999 messages; nobody whose link was revoked."""
    rows = Enrolment.objects.filter(wanted, link_revoked_at=None).select_related("head__rt", "village")
    enrolments = rows.in_bulk({message.about_id for message in messages})
    waves = Wave.objects.select_related("venue", "program__office", "program__region").in_bulk(
        {enrolment.wave_id for enrolment in enrolments.values()}
    )
    # What is the same for everybody in a wave, the subject included, is put into words once.
    shared = {pk: _of_wave(wave) for pk, wave in waves.items()}
    subject, body = get_template(f"messages/{kind}/subject.txt"), get_template(f"messages/{kind}/body.txt")
    subjects = {pk: _one_line(subject.render(words)) for pk, words in shared.items()}
    deadlines = {pk: wave.answer_deadline for pk, wave in waves.items()}
    contents = {}
    for message in messages:
        if enrolment := enrolments.get(message.about_id):
            context = shared[enrolment.wave_id] | {
                "enrolment": enrolment,
                "head": enrolment.head,
                "link": personal_url(enrolment.link_id),
                "answers_by_link": message.queued_at <= deadlines[enrolment.wave_id],
            }
            contents[message.pk] = Content(subjects[enrolment.wave_id], body.render(context).strip() + "\n")
    return contents


def _one_line(subject: str) -> str:
    """Whatever somebody typed into a name."""
    return " ".join(subject.split())[:200]


def _of_wave(wave: Wave) -> dict:
    venue = wave.venue
    return {
        "wave": wave,
        "program": wave.program,
        "office": wave.program.office,
        "when": wave.span_words,
        "place": f"{venue.name}, {venue.address}" if venue.address else venue.name,
        "deadline": clock.moment_words(wave.answer_deadline, wave.zone),
    }
