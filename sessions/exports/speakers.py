"""The speakers of a wave or of all waves of a programme, a row for each part in a session."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet

from programs.queries.exported import exported_thing
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib import clock, phones
from sessions.models import SessionSpeaker

CHUNK = 1_000


@register
class SpeakersExport(Export):
    """Who speaks where and when, and whether they said yes."""

    identifier = "narasumber"
    label = "Narasumber"
    about = "wave"
    also_about = ("program",)
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        self.thing = exported_thing(user, params)
        self.params = self.thing.params
        self.region_code = self.thing.program.region_id
        self.subject = self.thing.subject
        self.title = self.thing.title(self.label)
        self.filename = self.thing.filename(self.label)

    def count(self) -> int:
        return self._parts().count()

    def columns(self) -> Sequence[Column]:
        return [
            Column("Gelombang", 14, name="gelombang"),
            Column("Nama", 34, name="nama"),
            Column("Jabatan", 34, name="jabatan"),
            Column("Instansi", 30, name="instansi"),
            Column("Peran", 18, name="peran"),
            Column("Sesi", 40, name="sesi"),
            Column("Tanggal", 26, name="tanggal"),
            Column("Mulai", 12, name="mulai"),
            Column("Selesai", 12, name="selesai"),
            Column("Kesediaan", 12, name="kesediaan"),
            Column("Alasan menolak", 26, name="alasan"),
            Column("Telepon", 16, is_code=True, name="telepon"),
            Column("Alamat e-mail", 28, name="email"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        phone = phones.display if self.is_unmasked else phones.masked
        zone = self.thing.program.region.time_zone
        for part in self._parts().iterator(chunk_size=CHUNK):
            session, speaker = part.session, part.speaker
            yield (
                session.wave.title,
                speaker.full_name,
                speaker.position,
                speaker.institution,
                part.get_role_display(),
                session.title,
                clock.date_words(clock.local_date(session.starts_at, zone)),
                clock.time_words(session.starts_at, zone),
                clock.time_words(session.ends_at, zone),
                part.get_status_display(),
                part.decline_reason,
                phone(speaker.phone) if speaker.phone else "",
                speaker.email,
            )

    def _parts(self) -> QuerySet[SessionSpeaker]:
        parts = SessionSpeaker.objects.filter(session__wave__in=self.thing.waves.order_by().values("pk"))
        parts = parts.select_related("session__wave", "speaker")
        return parts.order_by("session__starts_at", "session_id", "pk")
