"""The agenda of a wave or of all waves of a programme, a row for each session."""

from collections.abc import Iterator, Mapping, Sequence

from programs.models import Wave
from programs.queries.exported import exported_thing
from rtportal.accounts.models import User
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib import clock
from sessions.models import SessionSpeaker, TrainingSession
from sessions.queries import AgendaItem, agenda


@register
class AgendaExport(Export):
    """The office's working copy: what is not published yet is in it, as on the tab Agenda."""

    identifier = "agenda"
    label = "Agenda"
    about = "wave"
    also_about = ("program",)
    unit = "sesi"

    def __init__(self, user: User, params: Mapping[str, object]):
        self.thing = exported_thing(user, params)
        self.params = self.thing.params
        self.region_code = self.thing.program.region_id
        self.subject = self.thing.subject
        self.title = self.thing.title(self.label)
        self.filename = self.thing.filename(self.label)

    def count(self) -> int:
        return TrainingSession.objects.filter(wave__in=self.thing.waves).count()

    def columns(self) -> Sequence[Column]:
        return [
            Column("Gelombang", 14, name="gelombang"),
            Column("Tanggal", 26, name="tanggal"),
            Column("Mulai", 12, name="mulai"),
            Column("Selesai", 12, name="selesai"),
            Column("Jenis", 16, name="jenis"),
            Column("Sesi", 40, name="sesi"),
            Column("Ruang", 24, name="ruang"),
            Column("Kelompok", 16, name="kelompok"),
            Column("Narasumber", 44, name="narasumber"),
            Column("Moderator", 30, name="moderator"),
            Column("Keterangan", 30, name="keterangan"),
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        for wave in self.thing.waves:
            for item in agenda(wave.pk):
                yield _row(wave, item)


def _row(wave: Wave, item: AgendaItem) -> Sequence[Cell]:
    session, zone = item.session, wave.zone
    return (
        wave.title,
        clock.date_words(clock.local_date(session.starts_at, zone)),
        clock.time_words(session.starts_at, zone),
        clock.time_words(session.ends_at, zone),
        session.get_kind_display(),
        session.title,
        session.room or wave.venue.name,
        session.group,
        _names(item, SessionSpeaker.Role.SPEAKER),
        _names(item, SessionSpeaker.Role.MODERATOR),
        session.note,
    )


def _names(item: AgendaItem, role: SessionSpeaker.Role) -> str:
    """Who takes part in that role and has not declined."""
    return "; ".join(part.title for part in item.speakers if part.role == role.label and not part.is_declined)
