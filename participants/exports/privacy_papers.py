"""Papers about personal data: the record of a destruction, the notice of an incident."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.http import Http404
from django.utils.text import slugify

from participants.official_letters import BY_HAND
from programs.letterheads import letterhead_of, signature_of
from programs.models import Office
from programs.queries.offices import office_for
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import Paper, register
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.lib.number_words import number_in_words
from rtportal.lib.numbers import thousands
from rtportal.privacy.incident_words import AGENCY, PEOPLE, notice_of
from rtportal.privacy.models import Incident, PurgeRecord
from rtportal.privacy.retention import label_of
from rtportal.regions.models import Region


class PrivacyPaper(Paper):
    """A paper of the office of a kabupaten/kota, signed by its first signatory."""

    right = Right.MANAGE_PRIVACY
    unit = "lembar"
    region: Region
    template = "privacy_paper"

    def count(self) -> int:
        return 1

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        typeset(self.template, self.frame(now) | self.data(), target, look=lambda: tell(0))
        tell(1)

    def data(self) -> dict:
        """`heading`, `paragraphs`, `facts` and `table` (rows of label and number, "" for none)."""
        raise NotImplementedError

    def frame(self, now: datetime) -> dict:
        office, zone = office_for(self.region.code), self.region.time_zone
        return {
            "title": self.title,
            "office": letterhead_of(office),
            "number": BY_HAND,
            "printed": clock.short_moment(now, zone),
            "signature": _signature(office, now, zone),
        }


def _signature(office: Office, now: datetime, zone: str) -> dict[str, str]:
    signatory = office.signatories.order_by("pk").first() if office.pk else None
    return signature_of(signatory, office, day=clock.local_date(now, zone))


@register
class DestructionRecord(PrivacyPaper):
    """Berita acara pemusnahan: what of which class went when, by which rule."""

    identifier = "berita-acara-pemusnahan"
    label = "Berita acara pemusnahan data pribadi"
    about = "purge"

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("purge", "")))
        rows = PurgeRecord.objects.visible_to(user).select_related("region", "actor")
        found = None if key is None else rows.filter(pk=key).first()
        if found is None:
            raise Http404("no such destruction")
        self.row, self.region = found, found.region
        self.params = {"purge": found.pk}
        self.region_code = found.region_id
        self.subject = f"region:{found.region_id}"
        self.title = f"{self.label} nomor {found.number}, {found.region.full_name}"
        self.filename = slugify(self.title)[:120]

    def data(self) -> dict:
        row, zone = self.row, self.region.time_zone
        began = clock.moment_words(row.started_at, zone)
        before = clock.date_words(clock.local_date(row.until, zone))
        by = f"atas perintah {row.actor}" if row.actor else "oleh pekerjaan malam portal"
        unfinished = (
            "" if row.finished_at else " Pekerjaan ini terputus; sisanya dilanjutkan dengan berita acara berikutnya."
        )
        return {
            "heading": "Berita acara pemusnahan data pribadi",
            "facts": [
                ("Nomor urut", str(row.number)),
                ("Golongan data", label_of(row.retention_class)),
                ("Ketentuan", row.criteria),
                ("Data sebelum", before),
            ],
            "paragraphs": [
                f"Pada {began} telah dimusnahkan {thousands(row.total)} ({number_in_words(row.total)}) data pribadi "
                f"pada portal pembinaan ketua RT {self.region.full_name}, {by}.{unfinished}",
                "Pemusnahan dilakukan karena masa simpannya habis (Pasal 44 ayat (1) huruf a Undang-Undang Nomor 27 "
                "Tahun 2022 tentang Pelindungan Data Pribadi). Data program yang masih berjalan tidak disentuh.",
            ],
            "table": [(name, thousands(count)) for name, count in row.counts.items()],
            "closing": "Jumlah periksa (SHA-256) kunci semua data yang dimusnahkan, untuk verifikasi:",
            "code": row.checksum,
        }


@register
class IncidentNotice(PrivacyPaper):
    """The written notice of an incident (Pasal 46), to the people or to the agency."""

    identifier = "pemberitahuan-insiden"
    label = "Pemberitahuan kegagalan pelindungan data pribadi"
    about = "incident"

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("incident", "")))
        rows = Incident.objects.visible_to(user).select_related("region")
        found = None if key is None else rows.filter(pk=key).first()
        if found is None:
            raise Http404("no such incident")
        self.incident, self.region = found, found.region
        self.to = AGENCY if params.get("to") == AGENCY else PEOPLE
        self.params = {"incident": found.pk, "to": self.to}
        self.region_code = found.region_id
        self.subject = f"incident:{found.pk}"
        self.title = f"Pemberitahuan kepada {self.to}: {found.title}"
        self.filename = slugify(self.title)[:120]

    def data(self) -> dict:
        notice = notice_of(self.incident, self.to)
        return {
            "heading": notice.subject,
            "facts": [],
            "paragraphs": notice.paragraphs,
            "table": [],
            "closing": "",
            "code": "",
        }
