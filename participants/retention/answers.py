"""What people gave as reasons, and who came for or with them, once a wave is long over."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Q, QuerySet, Value, When

from participants.models import Answer, AttendanceEvent, Enrolment, RetiredPass, SubstituteDecision, WalkIn
from programs.queries.open_groups import open_programs
from rtportal.privacy.retention import GONE, Expiry, RetentionClass, Store, retention_class
from rtportal.regions.codes import within_q

_SINCE = "sesudah gelombangnya selesai"
_OPEN = "Yang termasuk program yang masih berjalan tidak disentuh."


def register() -> None:
    retention_class(
        RetentionClass(
            key="jawaban",
            label="Alasan, wakil, dan pendamping",
            since=_SINCE,
            what="Alasan, nomor HP, dan hubungan dikosongkan; nama wakil dan pendamping menjadi "
            f"“{GONE}”. Hadir atau tidaknya, dan waktunya, tetap.",
            why=f"Sesudah kegiatan dilaporkan tidak diperlukan lagi (Pasal 43 ayat (1) huruf a UU 27/2022). {_OPEN}",
            months=12,
            least=3,
            most=60,
            stores=(
                Store("Peserta", _expired_enrolments, _purge_enrolments),
                Store("Jawaban", _expired_answers, _purge_answers),
                Store("Keputusan tentang wakil", _expired_decisions, _purge_decisions),
                Store("Tautan lama", _expired_passes, _purge_passes),
            ),
        )
    )
    retention_class(
        RetentionClass(
            key="pintu",
            label="Tamu dan kode di pintu",
            since=_SINCE,
            what=f"Nama tamu menjadi “{GONE}”; RT, tempat, dan kode yang dipindai dikosongkan. Jumlahnya tetap.",
            why=f"Hanya untuk mencocokkan tamu dengan daftar (Pasal 43 ayat (1) huruf a UU 27/2022). {_OPEN}",
            months=12,
            least=1,
            most=60,
            stores=(
                Store("Tamu tanpa undangan", _expired_guests, _purge_guests),
                Store("Kode yang dipindai", _expired_codes, _purge_codes),
            ),
        )
    )


def _over(asked: Expiry, wave: str, village: str) -> Q:
    """Rows of waves that ended before `asked.until` in programmes that are closed; `wave` is the way to the wave."""
    here = within_q(village, [asked.region_code])
    return here & Q(**{f"{wave}__ends_at__lte": asked.until}) & ~Q(**{f"{wave}__program__in": open_programs(asked.now)})


def _telling(*, has_note: bool = False) -> Q:
    told = ~Q(reason="") | ~Q(substitute_phone="") | ~Q(substitute_relation="")
    told |= ~Q(substitute_name__in=["", GONE]) | ~Q(companion_name__in=["", GONE])
    return told | ~Q(substitute_note="") | Q(short_code__isnull=False) if has_note else told


def _named(field: str) -> Case:
    return Case(When(**{field: ""}, then=Value("")), default=Value(GONE))


def _expired_enrolments(asked: Expiry) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(_over(asked, "wave", "village_id"), _telling(has_note=True)).order_by("pk")


def _purge_enrolments(keys: Sequence, now: datetime) -> list[str]:
    empty_enrolments(keys, with_answers=False)
    return []


def empty_enrolments(keys: Sequence, *, with_answers: bool = True) -> None:
    """Empty what these participants told besides whether they come; of their former answers too."""
    empty = {
        "reason": "",
        "substitute_phone": "",
        "substitute_relation": "",
        "substitute_name": _named("substitute_name"),
        "companion_name": _named("companion_name"),
    }
    rows = Enrolment.objects.filter(pk__in=keys)
    rows.update(substitute_key="", substitute_note="", short_code=None, **empty)
    if with_answers:
        Answer.objects.filter(enrolment__in=keys).update(**empty)
        SubstituteDecision.objects.filter(enrolment__in=keys).update(substitute_name=GONE, note="")


def _expired_answers(asked: Expiry) -> QuerySet[Answer]:
    rows = Answer.objects.filter(_over(asked, "enrolment__wave", "enrolment__village_id"), _telling())
    return rows.order_by("pk")


def _purge_answers(keys: Sequence, now: datetime) -> list[str]:
    Answer.objects.filter(pk__in=keys).update(
        reason="",
        substitute_phone="",
        substitute_relation="",
        substitute_name=_named("substitute_name"),
        companion_name=_named("companion_name"),
    )
    return []


def _expired_decisions(asked: Expiry) -> QuerySet[SubstituteDecision]:
    rows = SubstituteDecision.objects.filter(_over(asked, "enrolment__wave", "enrolment__village_id"))
    return rows.exclude(substitute_name=GONE).order_by("pk")


def _purge_decisions(keys: Sequence, now: datetime) -> list[str]:
    SubstituteDecision.objects.filter(pk__in=keys).update(substitute_name=GONE, note="")
    return []


def _expired_passes(asked: Expiry) -> QuerySet[RetiredPass]:
    return RetiredPass.objects.filter(_over(asked, "enrolment__wave", "enrolment__village_id")).order_by("pk")


def _purge_passes(keys: Sequence, now: datetime) -> list[str]:
    RetiredPass.objects.filter(pk__in=keys).delete()
    return []


def _expired_guests(asked: Expiry) -> QuerySet[WalkIn]:
    rows = WalkIn.objects.filter(_over(asked, "wave", "wave__program__region_id"))
    return rows.exclude(name=GONE).order_by("pk")


def _purge_guests(keys: Sequence, now: datetime) -> list[str]:
    WalkIn.objects.filter(pk__in=keys).update(name=GONE, unit="", place="")
    return []


def _expired_codes(asked: Expiry) -> QuerySet[AttendanceEvent]:
    rows = AttendanceEvent.objects.filter(_over(asked, "wave", "wave__program__region_id"))
    return rows.exclude(code="").order_by("pk")


def _purge_codes(keys: Sequence, now: datetime) -> list[str]:
    AttendanceEvent.objects.filter(pk__in=keys).update(code="")
    return []
