"""An RT head answers, or somebody records the answer for them."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from participants.models import Answer, Enrolment, WaitingPlace
from participants.moving import PROMOTION_TASK, free_seats, locked_waves
from participants.rules import (
    AnswerContent,
    AnswerRefused,
    link_closed,
    needs_companion,
    read_answer,
    recording_closed,
)
from participants.substitutes import NOBODY, REPRESENTED, TWICE, Outcome, keep_decision, named_columns
from rtportal.accounts.models import User
from rtportal.lib.prepared import PreparedStatement
from rtportal.lib.wakeup import wake_after_commit

# Both writes of an answer through the link in one statement, which is a transaction by itself: four trips to the
# server less than begin, update, insert and commit, on a morning when everybody answers. Whoever takes back that they
# are unable to come is not written here: their seat must be counted first. Nor is whoever names a substitute.
_TEXTS = "reason, substitute_name, substitute_phone, substitute_relation, companion_name"
_PHONE = Enrolment._meta.get_field("substitute_phone")
_ANSWER_BY_LINK = PreparedStatement(
    lambda _: (
        f"""
    WITH changed AS (
        UPDATE participants_enrolment
        SET answer = %s, answered_at = %s, ({_TEXTS}) = ROW(%s, %s, %s, %s, %s),
            substitute_key = '', substitute_state = '', substitute_note = '', substitute_decided_at = NULL,
            substitute_decided_by_id = NULL, substitute_letter_at = NULL
        WHERE id = %s AND wave_id = %s AND link_hash = %s AND link_revoked_at IS NULL AND superseded_at IS NULL
            AND (answer <> 'declined' OR %s = 'declined')
        RETURNING id, answer, answered_at, {_TEXTS}
    )
    INSERT INTO participants_answer (enrolment_id, kind, at, {_TEXTS}, channel)
    SELECT id, answer, answered_at, {_TEXTS}, 'link' FROM changed
    """  # noqa: S608 - column names of our own
    )
)


def answer_invitation(
    *,
    enrolment: Enrolment,
    kind: str,
    reason: str = "",
    substitute_name: str = "",
    substitute_phone: str = "",
    substitute_relation: str = "",
    companion_name: str = "",
    channel: str = Answer.Channel.LINK,
    actor: User | None = None,
    now: datetime,
) -> None:
    """`enrolment` comes with `wave.program.region`; `kind` is one of Enrolment.AnswerKind, `channel` of Answer.Channel.

    Does: puts the answer on the enrolment and adds it to the history, whatever was answered before. Whoever declines
    leaves a seat to those who wait. A substitute waits for approval where the programme asks for one, unless `actor`
    may approve.
    Refuses (AnswerRefused, nothing changed): missing or faulty fields; through the link after the deadline or once
    the link was replaced; otherwise after the wave; somebody who had declined, once the seat was given away and no
    other is free: who asks for it through the link is then put on the waiting list; a substitute whom the programme's
    rules do not allow, who is one of the wave's heads or stands in for another of them.
    Tells: nobody; the officials' pages count it at once.
    """
    wave = enrolment.wave
    by_link = channel == Answer.Channel.LINK
    if closed := link_closed(wave, now) if by_link else recording_closed(wave, now):
        raise AnswerRefused({"": closed})
    content = read_answer(
        kind=kind,
        reason=reason,
        substitute_name=substitute_name,
        substitute_phone=substitute_phone,
        substitute_relation=substitute_relation,
        companion_name=companion_name,
        needs_companion=needs_companion(wave.program),
    )
    is_plain = by_link and connection.vendor == "postgresql" and content.kind != REPRESENTED
    if not (is_plain and _write_at_once(enrolment, content, now)):
        refusal = _write(enrolment, content, channel, actor, now)
        if refusal:
            raise AnswerRefused({"": refusal})
    if content.kind == Enrolment.AnswerKind.DECLINED:
        wake_after_commit(PROMOTION_TASK)


def _write_at_once(enrolment: Enrolment, content: AnswerContent, now: datetime) -> bool:
    phone = _PHONE.get_prep_value(content.substitute_phone)
    values = (content.reason, content.substitute_name, phone, content.substitute_relation, content.companion_name)
    which = (enrolment.pk, enrolment.wave_id, enrolment.link_hash)
    count, _ = _ANSWER_BY_LINK.run((content.kind, now, *values, *which, content.kind))
    return bool(count)


@transaction.atomic
def _write(enrolment: Enrolment, content: AnswerContent, channel: str, actor: User | None, now: datetime) -> str:
    """Why nothing was written, "" if it was."""
    columns = vars(content).copy()
    kind = columns.pop("kind")
    # In the wave that was seen: an answer means its day.
    rows = Enrolment.objects.filter(pk=enrolment.pk, wave=enrolment.wave_id, superseded_at=None)
    if channel == Answer.Channel.LINK:
        rows = rows.filter(link_hash=enrolment.link_hash, link_revoked_at=None)
    else:
        # And of the head who was seen: what a predecessor said is no answer of the successor.
        rows = rows.filter(head=enrolment.head_id)
    standing = NOBODY
    if kind == REPRESENTED:
        # Before the row's own lock, so that the substitutes of the wave are counted one after the other.
        wave = locked_waves([enrolment.wave_id])[enrolment.wave_id]
        row = rows.select_for_update(of=("self",), no_key=True).select_related("wave__program").first()
        if row is None:
            return _gone(channel)
        standing = named_columns(wave=wave, enrolment=row, content=content, by=actor, now=now)
    keeps_seat = rows if kind == Enrolment.AnswerKind.DECLINED else rows.exclude(answer=Enrolment.AnswerKind.DECLINED)
    written = {"answer": kind, "answered_at": now, **columns, **standing}
    # The update takes the row's lock first, so two answers at once are written one after the other.
    if not _update(keeps_seat, written):
        if refusal := _no_seat(rows, enrolment, channel, now):
            return refusal
        _update(rows, written)
    Answer.objects.create(enrolment=enrolment, channel=channel, actor=actor, at=now, kind=kind, **columns)
    if standing["substitute_decided_at"] == now:
        keep_decision(row, Outcome.APPROVED, name=content.substitute_name, actor=actor, now=now)
    return ""


def _update(rows: QuerySet, columns: dict) -> int:
    try:
        with transaction.atomic():
            return rows.update(**columns)
    except IntegrityError as error:
        raise AnswerRefused({"substitute_name": TWICE}) from error


def _gone(channel: str) -> str:
    if channel != Answer.Channel.LINK:
        return (
            "Peserta ini baru saja dipindahkan ke gelombang lain atau diganti. Periksa nama dan tanggalnya, lalu "
            "catat lagi."
        )
    return "Tautan ini sudah tidak berlaku. Pakai tautan pada pesan terakhir."


def _no_seat(rows: QuerySet, enrolment: Enrolment, channel: str, now: datetime) -> str:
    """Why somebody who had declined gets no seat again, "" if there is one; counted under the wave's lock."""
    wave = locked_waves([enrolment.wave_id])[enrolment.wave_id]
    if not rows.select_for_update(no_key=True).order_by().values_list("pk"):
        return _gone(channel)
    if free_seats(wave) >= wave.program.seats_per_head:
        return ""
    if channel != Answer.Channel.LINK:
        return f"Kursinya sudah diberikan kepada orang lain dan {wave.title} penuh. Masukkan ke daftar tunggu."
    if WaitingPlace.objects.filter(enrolment=enrolment, closed_at=None).exists():
        return "Mohon maaf, kursi di gelombang ini sudah penuh. Nama Bapak/Ibu sudah ada di daftar tunggu."
    WaitingPlace.objects.create(enrolment=enrolment, wave=wave, since=now)
    return (
        "Mohon maaf, kursi Bapak/Ibu sudah diberikan kepada peserta lain dan gelombang ini penuh. "
        "Nama Bapak/Ibu kami masukkan ke daftar tunggu; undangan baru dikirim begitu ada kursi."
    )
