"""Which rows of which models are about a person: one portion for each model of the register that can be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from participants.data_copy.spans import Subject
from participants.models import (
    Answer,
    Attendance,
    AttendanceEvent,
    Certificate,
    DataCorrection,
    DataRequest,
    Enrolment,
    EnrolmentMove,
    EnrolmentSuccession,
    PaperLine,
    Payment,
    RetiredPass,
    SubstituteDecision,
    WaitingPlace,
    WalkIn,
)
from participants.queries.privacy import notice_at
from participants.told import TO_HEADS
from rtportal.lib import clock
from rtportal.messaging.models import DeliveryAttempt, InboxItem, Message, OptOut, Reply

_PLACE = ("enrolment__wave__program__region",)


@dataclass(frozen=True)
class Portion:
    """The rows of one model. `key` is what they are called in the JSON, `about` what a row is about, in words."""

    key: str
    title: str
    model: str
    rows: Callable[[Subject], Iterable[Model]]
    about: Callable[[Model], str] = lambda row: ""


def _during(model: type[Model], at: str, *related: str) -> Callable[[Subject], list[Model]]:
    """Rows of invitations from the time in which these were the person's."""

    def rows(who: Subject) -> list[Model]:
        found = model.objects.filter(enrolment__in=who.spans).select_related(*_PLACE, *related).order_by("pk")
        return [row for row in found if who.had(row.enrolment_id, getattr(row, at))]

    return rows


def _wave_of(row: Model) -> str:
    wave = row.enrolment.wave
    return f"{wave.program.name}, {wave.title}"


def _session_of(row: Model) -> str:
    return f"{_wave_of(row)}: {row.session.title}"


def _invitation_of(row: Enrolment) -> str:
    """With the privacy notice that the invitation led to."""
    notice = notice_at(row.invited_at)
    version = f"; pemberitahuan privasi yang berlaku saat diundang: sejak {clock.date_words(notice)}" if notice else ""
    return f"{row.wave.program.name}, {row.wave.title}, {row.wave.span_words}{version}"


def _heads(who: Subject) -> Iterable[Model]:
    return who.heads


def _enrolments(who: Subject) -> Iterable[Model]:
    """Those held now: what stands on one that was handed on is the successor's."""
    return Enrolment.objects.filter(pk__in=who.held_now).select_related("wave__program__region").order_by("pk")


def _passes(who: Subject) -> list[Model]:
    rows = RetiredPass.objects.filter(enrolment__in=who.spans).select_related(*_PLACE).order_by("pk")
    return [row for row in rows if who.had_until(row.enrolment_id, row.at)]


def _successions(who: Subject) -> Iterable[Model]:
    rows = EnrolmentSuccession.objects.filter(Q(from_head__in=who.head_keys) | Q(to_head__in=who.head_keys))
    return rows.select_related(*_PLACE).order_by("pk")


def _signed(who: Subject) -> list[Model]:
    rows = PaperLine.objects.filter(enrolment__in=who.spans).select_related(*_PLACE, "sheet__session").order_by("pk")
    return [row for row in rows if who.had(row.enrolment_id, row.sheet.session.starts_at)]


def _walk_ins(who: Subject) -> list[Model]:
    return _during(WalkIn, "taken_in_at")(who)


def _messages(who: Subject) -> list[Model]:
    rows = Message.objects.filter(kind__in=TO_HEADS, about_id__in=who.spans).order_by("pk")
    return [row for row in rows if who.had(row.about_id, row.queued_at)]


def _of_messages(model: type[Model]) -> Callable[[Subject], Iterable[Model]]:
    return lambda who: model.objects.filter(message__in=_messages(who)).select_related("message").order_by("pk")


def _opt_outs(who: Subject) -> Iterable[Model]:
    addresses = {address for head in who.heads for address in (head.phone, head.email) if address}
    return OptOut.objects.filter(address__in=addresses).order_by("pk")


def _of_heads(model: type[Model]) -> Callable[[Subject], Iterable[Model]]:
    return lambda who: model.objects.filter(head__in=who.head_keys).order_by("pk")


PORTIONS = (
    Portion(
        "head", "Ketua RT", "participants.RTHead", _heads, lambda row: f"{row.rt.label}, {row.rt.village.full_name}"
    ),
    Portion(
        "enrolments",
        "Undangan dan jawaban sekarang",
        "participants.Enrolment",
        _enrolments,
        _invitation_of,
    ),
    Portion("answers", "Jawaban yang pernah diberikan", "participants.Answer", _during(Answer, "at"), _wave_of),
    Portion(
        "substitute_decisions",
        "Keputusan tentang wakil",
        "participants.SubstituteDecision",
        _during(SubstituteDecision, "at"),
        _wave_of,
    ),
    Portion("moves", "Pindah gelombang", "participants.EnrolmentMove", _during(EnrolmentMove, "at"), _wave_of),
    Portion("waiting_places", "Daftar tunggu", "participants.WaitingPlace", _during(WaitingPlace, "since"), _wave_of),
    Portion("successions", "Pergantian ketua RT", "participants.EnrolmentSuccession", _successions, _wave_of),
    Portion("retired_passes", "Tautan yang diganti", "participants.RetiredPass", _passes, _wave_of),
    Portion(
        "attendances", "Kehadiran", "participants.Attendance", _during(Attendance, "marked_at", "session"), _session_of
    ),
    Portion(
        "attendance_events",
        "Catatan di pintu",
        "participants.AttendanceEvent",
        _during(AttendanceEvent, "at", "session"),
        _session_of,
    ),
    Portion(
        "signatures",
        "Lembar tanda tangan",
        "participants.PaperLine",
        _signed,
        lambda row: f"{_wave_of(row)}: {row.sheet.session.title}",
    ),
    Portion("walk_ins", "Datang tanpa undangan", "participants.WalkIn", _walk_ins, _wave_of),
    Portion("certificates", "Sertifikat", "participants.Certificate", _during(Certificate, "issued_at"), _wave_of),
    Portion("payments", "Uang transpor", "participants.Payment", _during(Payment, "paid_at"), _wave_of),
    Portion("messages", "Pesan yang dikirim", "messaging.Message", _messages),
    Portion("delivery_attempts", "Percobaan kirim", "messaging.DeliveryAttempt", _of_messages(DeliveryAttempt)),
    Portion("inbox_items", "Pesan percobaan", "messaging.InboxItem", _of_messages(InboxItem)),
    Portion("replies", "Balasan", "messaging.Reply", _of_messages(Reply)),
    Portion("opt_outs", "Berhenti menerima pesan", "messaging.OptOut", _opt_outs),
    Portion("corrections", "Perbaikan data", "participants.DataCorrection", _of_heads(DataCorrection)),
    Portion("requests", "Permintaan data", "participants.DataRequest", _of_heads(DataRequest)),
)

# Models about heads that have no portion, and why; it stands at the end of the copy.
ELSEWHERE = {
    "participants.RosterImport": "Berkas daftar yang diunggah memuat banyak orang; yang dipakai darinya ada di sini.",
    "participants.RosterUndo": "Keadaan sebelum impor disimpan tujuh hari untuk seluruh berkas.",
    "participants.WavePhoto": "Foto kegiatan tidak ditandai dengan nama; tanyakan kepada kantor.",
    "participants.WaveReport": "Notulen kegiatan tidak dipilah menurut orang; tanyakan kepada kantor.",
    "documents.GeneratedFile": "Daftar dan surat yang dibuat dari data ini dihapus sendiri; siapa yang mengambilnya "
    "ada pada bagian terakhir.",
    "documents.SignedPaper": "Surat bertanda tangan memuat banyak orang; tanyakan kepada kantor.",
    "messaging.ChannelEvent": "Laporan mentah penyedia pesan; artinya ada pada keadaan setiap pesan.",
    "messaging.ChannelUse": "Nomor atau alamat yang dikirimi hari ini, untuk menghitung batas kirim; hilang sesudah "
    "sehari.",
}
