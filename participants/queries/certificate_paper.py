"""What certificates say, for `templates/print/certificate.typ`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.models import Certificate, Enrolment
from participants.paper_words import PaperWords, register_paper
from programs.letterheads import letterhead_of, signature_of
from programs.models import Wave
from programs.paper_numbers import number_of
from programs.queries.papers import paper_settings
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.lib.check_codes import LENGTH, show_check_code
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import ALPHABET
from sessions.models import SessionSpeaker
from sessions.queries.agenda import AgendaItem, agenda
from sessions.queries.learning_hours import group_key, jp_words, learning_hours, minutes_together, sessions_heard

WORDS_KIND = TEMPLATE = "certificate"
# What a wave must come with.
WITH_OFFICE = ("program__office__region", "program__region", "venue")
# So many lines of the table of hours, of so many letters each, fit on a page in letters of the usual size for certain.
_LINES, _TITLE, _SPEAKERS = 14, 45, 30


class CertificatePaper:
    """The certificates of one wave: `shared` is what all of them say, `items` what each says besides.

    `wave` comes with program, office, both regions and venue. Five queries, however many certificates.
    """

    def __init__(self, wave: Wave):
        chosen = paper_settings(wave.program_id)
        self._wave = wave
        self._words = PaperWords(WORDS_KIND, wave.program)
        self._agenda = [item for item in agenda(wave.pk) if item.session.is_learning]
        self._places: dict[str, int] = {}
        self._agendas: list[dict] = []
        last = clock.local_date(wave.ends_at, wave.zone)
        self._days = clock.days_words(wave.local_day, last)
        office = wave.program.office
        self._shared = {
            "title": "Sertifikat",
            "event": f"{wave.program.name}, {wave.title}",
            "office": letterhead_of(office),
            "signature": signature_of(chosen.certificate_signer or chosen.signer, office, day=last),
        }

    def laid_out(self, certificates: Iterable[Certificate]) -> tuple[dict, list[dict]]:
        """What all share, and each certificate's own; rows come with `enrolment` as `with_holders` has it."""
        items = [self._item(certificate) for certificate in certificates]
        return self._shared | {"agendas": self._agendas}, items

    def _item(self, certificate: Certificate) -> dict:
        enrolment, wave = certificate.enrolment, self._wave
        place = self._place_of(enrolment.group)
        text = self._words.text(
            {
                "nama": certificate.holder,
                "gelombang": wave.title,
                "tanggal": self._days,
                "tempat": wave.venue.name,
                "jp": self._agendas[place]["jp"],
            }
        )
        village = enrolment.village
        unit = (enrolment.rt or enrolment.head.rt).label
        address = check_address(certificate)
        return {
            "number": certificate.number,
            "heading": text.subject,
            "paragraphs": text.paragraphs,
            "holder": certificate.holder,
            "represents": certificate.represents,
            "standing": f"{'' if certificate.represents else 'Ketua '}{unit}, {village.full_name}, "
            f"{village.parent.full_name}",
            "is_sample": enrolment.head.is_synthetic,
            "qr": qr_drawing(address),
            "address": address.partition("://")[2],
            "agenda": place,
        }

    def _place_of(self, group: str) -> int:
        """Where among the agendas that of a parallel group stands; made when somebody of it comes first."""
        key = group_key(group)
        if key not in self._places:
            self._places[key] = len(self._agendas)
            self._agendas.append(_hours_of(group, self._agenda, self._wave))
        return self._places[key]


def sample_certificate(user: User, key: int, now: datetime) -> tuple[str, dict]:
    """Template and data of a certificate as this participant would have it, marked as a sample; nothing is kept.

    Raises Http404 out of the user's scope.
    """
    people = Enrolment.objects.visible_to(user).select_related("head__rt", "rt", "village__parent")
    enrolment = get_object_or_404(people, pk=key)
    wave = Wave.objects.select_related(*WITH_OFFICE).get(pk=enrolment.wave_id)
    pattern = paper_settings(wave.program_id).certificate_number
    certificate = Certificate(
        enrolment=enrolment,
        number=number_of(pattern, day=wave.local_day),
        holder=enrolment.head.full_name,
        # Nobody's: the check page does not know it.
        check_code=ALPHABET[0] * LENGTH,
    )
    shared, [item] = CertificatePaper(wave).laid_out([certificate])
    return TEMPLATE, shared | {"item": item | {"is_sample": True}}


def with_holders(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """The certificates with what their papers say about the holders; one query."""
    return certificates.select_related("enrolment__head__rt", "enrolment__rt", "enrolment__village__parent")


def check_address(certificate: Certificate) -> str:
    """Where anybody reads whether it is true."""
    path = reverse("participants:certificate_check", args=[show_check_code(certificate.check_code)])
    return f"{settings.BASE_URL}{path}"


def _hours_of(group: str, items: Sequence[AgendaItem], wave: Wave) -> dict:
    """The table of hours: what a member of the group heard. For somebody in no group that is everything."""
    unit = wave.program.minutes_per_jp
    sessions = [item.session for item in items]
    heard = {session.pk for session in (sessions_heard(group, sessions) if group else sessions)}
    rows = list(_rows([item for item in items if item.session.pk in heard], wave, unit))
    hours = learning_hours([session for session in sessions if session.pk in heard], zone=wave.zone, unit=unit)
    # Who is in no group could hear one of several groups: the longest counts.
    total = max((entry.minutes for entry in hours.total), default=0)
    notes = [f"JP: jam pelajaran, {unit} menit."]
    if any(row["minutes"] * 10 % unit for row in rows):
        notes.append("JP tiap sesi dibulatkan; jumlahnya dihitung dari menit.")
    if sum(row["minutes"] for row in rows) != total:
        notes.append("Sesi pada waktu yang sama dihitung satu kali.")
    is_short = sum(1 + len(row["title"]) // _TITLE + len(row["speakers"]) // _SPEAKERS for row in rows) <= _LINES
    return {
        "group": group,
        "rows": rows,
        "minutes": total,
        "jp": jp_words(total, unit),
        "notes": notes,
        "is_short": is_short,
    }


def _rows(items: Iterable[AgendaItem], wave: Wave, unit: int) -> Iterator[dict]:
    zone = wave.zone
    lasts_days = wave.local_day != clock.local_date(wave.ends_at, zone)
    for item in items:
        session = item.session
        minutes = minutes_together([(session.starts_at, session.ends_at)])
        first, last = (clock.time_words(at, zone).split()[0] for at in (session.starts_at, session.ends_at))
        day = f"{clock.short_date(clock.local_date(session.starts_at, zone))}, " if lasts_days else ""
        yield {
            "title": session.title,
            "speakers": "; ".join(_speakers(item)),
            "time": f"{day}{first}–{last}",
            "minutes": minutes,
            "jp": jp_words(minutes, unit).removesuffix(" JP"),
        }


def _speakers(item: AgendaItem) -> Iterator[str]:
    role = SessionSpeaker.Role.SPEAKER.label
    for part in item.speakers:
        if part.role == role and not part.is_declined:
            yield ", ".join(words for words in (part.title, part.institution) if words)


register_paper(
    WORDS_KIND,
    label="Sertifikat",
    words={
        "nama": "nama pemegang",
        "gelombang": "gelombang",
        "tanggal": "hari dan tanggal pelaksanaan",
        "tempat": "tempat pelaksanaan",
        "jp": "jam pelajaran kelompoknya",
    },
    examples={
        "nama": "H. Ahmad Fauzi, S.Pd.",
        "gelombang": "Gelombang 1",
        "tanggal": "Rabu, 8 November 2023",
        "tempat": "Pendopo Bersinar",
        "jp": "6 JP",
    },
    about="enrolment",
    sample=sample_certificate,
)
