"""An RT head answers the invitation by writing HADIR or TIDAK, or by pressing such a button."""

from datetime import datetime

from participants.models import Answer, Enrolment
from participants.queries.enrolment_page import ABOUT_ENROLMENTS, enrolments_with_wave
from participants.queries.reply_senders import open_enrolments_at
from participants.rules import LONGEST_REASON, AnswerRefused, link_closed
from participants.told import Told, heard_by, kind_due
from participants.use_cases.answer_invitation import answer_invitation
from programs.models import WavePublication
from rtportal.messaging.keywords import Keyword
from rtportal.messaging.replies import Asked

Kind = Enrolment.AnswerKind
_MEANING = {Keyword.COMING: Kind.CONFIRMED, Keyword.DECLINING: Kind.DECLINED}
_GONE = "Undangan yang dijawab sudah diganti atau dicabut. Hubungi pengirimnya."
_MOVED = "Balasan ini menjawab jadwal yang sudah berubah. Tanyakan apakah jawabannya tetap berlaku."
_LATE = "Balasan ini sampai terlambat: setelah ditulis, ada jawaban lain yang lebih baru."
_REPRESENTED = "Peserta ini sudah diwakili. Tanyakan siapa yang hadir."
_NOT_THE_HEAD = "Pengirimnya bukan ketua RT yang diundang. Tanyakan siapa yang hadir."
_NOBODY = "Pengirim ini tidak mempunyai undangan yang terbuka."
# Their names are left to the page, which shows those in its reader's regions.
_SEVERAL = "Nomor ini dipakai lebih dari satu undangan yang terbuka. Tanyakan siapa yang dimaksud."


def answer_by_reply(*, asked: Asked, now: datetime) -> str | None:
    """Returns "" if the answer was recorded, else the sentence with which it goes to the office's inbox.

    Does: answers the invitation it is about: that of the message it replies to, else the only open one of that number.
    The same answer again adds nothing.
    Refuses: never guesses. Several open invitations, another schedule than the one that was told, a deadline that has
    passed, a seat that is gone or a companion to be named are for a human. None if it answers a message that is about
    no participant.
    Tells: nobody; the officials' pages count it at once.
    """
    if asked.message and asked.message.kind not in ABOUT_ENROLMENTS:
        return None
    enrolment = _enrolment_meant(asked, now)
    if isinstance(enrolment, str):
        return enrolment
    kind = _MEANING[asked.keyword]
    if enrolment.answer == kind:
        return ""
    if enrolment.answered_at and enrolment.answered_at > now:
        # Providers report late, and the newer answer counts.
        return _LATE
    if enrolment.answer == Kind.REPRESENTED:
        return _REPRESENTED
    if _tells_another_schedule(asked, enrolment):
        return _MOVED
    # As strict as the personal link: officials may still take it by telephone afterwards.
    if closed := link_closed(enrolment.wave, now):
        return closed
    via = Answer.Channel.WHATSAPP if asked.channel == "whatsapp" else Answer.Channel.REPLY
    reason = f"Membalas “{' '.join(asked.text.split())}”"[:LONGEST_REASON] if kind == Kind.DECLINED else ""
    try:
        answer_invitation(enrolment=enrolment, kind=kind, reason=reason, channel=via, now=now)
    except AnswerRefused as refusal:
        return refusal.sentence
    return ""


def _enrolment_meant(asked: Asked, now: datetime) -> Enrolment | str:
    """The one participant it is about, or why that is not certain."""
    if asked.message:
        one = enrolments_with_wave().active().filter(pk=asked.message.about_id, link_revoked_at=None).first()
        # A predecessor may have had the same telephone or the mailbox of the RT: it is not the present head's message.
        if one is None or one.successions.filter(last_message_id__gte=asked.message.pk).exists():
            return _GONE
        # Reminders go to companions and substitutes too, whose word is not the head's.
        if asked.address.casefold() not in (one.head.phone, one.head.email.casefold()):
            return _NOT_THE_HEAD
        return one if asked.message.group == one.wave.group else _MOVED
    found = list(open_enrolments_at(asked.channel, asked.address, now=now)[:2])
    if len(found) == 1:
        return found[0]
    return _SEVERAL if found else _NOBODY


def _tells_another_schedule(asked: Asked, enrolment: Enrolment) -> bool:
    """Whether what they were told is not what holds now, so that a yes may mean another day."""
    wave = enrolment.wave
    if asked.message:
        message = asked.message
        told = Told(message.pk, message.kind, message.channel, message.address, message.edition)
    else:
        heard = heard_by([enrolment.pk]).get(enrolment.pk)
        told = heard.told if heard else None
    if told is None or not wave.publication:
        return False
    publications = WavePublication.objects.in_bulk([told.edition] if told.edition else [])
    return bool(kind_due(told, publications, wave=wave, facts=wave.publication.facts, group=enrolment.group))
