"""Kota Jambi: one retreat for all 1,650 RT heads with their companions."""

from datetime import datetime, time, timedelta

from participants.management.demo.events import Item, make_agenda, make_program
from participants.management.demo.facts import JAMBI
from participants.use_cases.invite_participants import invite_participants
from programs.models import Office, Program, Venue, Wave, WaveArea
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.regions.models import Region
from sessions.models import Speaker, TrainingSession

CODE = "15.71"
Kind = TrainingSession.Kind

SPEAKERS = {
    "wali kota": ("Wali Kota Jambi", "Pemerintah Kota Jambi"),
    "wamen": ("Wakil Menteri Dalam Negeri", "Kementerian Dalam Negeri"),
    "densus": ("Perwakilan Densus 88", "Densus 88 Antiteror Polri"),
    "hukum": ("Perwakilan Kementerian Hukum", "Kementerian Hukum"),
    "ham": ("Perwakilan Kementerian HAM", "Kementerian HAM"),
    "dlh": ("Kepala DLH Kota Jambi", "Dinas Lingkungan Hidup"),
    "dinkes": ("Kepala Dinkes Kota Jambi", "Dinas Kesehatan"),
    "pupr": ("Kepala Dinas PUPR Kota Jambi", "Dinas PUPR"),
}
# The vice minister was confirmed only the day before.
TENTATIVE = {"wamen"}

# The topics are reported, their hours are made up.
AGENDA = (
    Item(time(7, 30), time(8, 15), Kind.OPENING, "Pembukaan", ("wali kota",)),
    Item(time(8, 15), time(9, 0), Kind.MATERIAL, "Arah pembangunan dari desa dan kelurahan", ("wamen",)),
    Item(time(9, 0), time(9, 45), Kind.MATERIAL, "Kampung Bahagia", ("wali kota",)),
    Item(time(9, 45), time(10, 30), Kind.MATERIAL, "Program tahunan dan lima tahunan RT", ("wali kota",)),
    Item(time(10, 30), time(11, 15), Kind.MATERIAL, "Kamtibmas dan pencegahan terorisme", ("densus",)),
    Item(time(11, 15), time(12, 0), Kind.MATERIAL, "Penyuluhan hukum dan HAM", ("hukum", "ham")),
    Item(time(12, 0), time(13, 0), Kind.BREAK, "ISHOMA"),
    Item(time(13, 0), time(13, 45), Kind.MATERIAL, "Pengelolaan sampah", ("dlh",)),
    Item(time(13, 45), time(14, 30), Kind.MATERIAL, "Kesehatan lingkungan dan prasarana RT", ("dinkes", "pupr")),
    Item(time(14, 30), time(15, 15), Kind.MATERIAL, "Dana operasional RT dan pertanggungjawabannya", ("wali kota",)),
    Item(time(15, 15), time(15, 45), Kind.CLOSING, "Penutupan"),
)


def make(users: dict[str, User], now: datetime) -> None:
    """The retreat on the first Saturday at least 21 days ahead, its invitations already open."""
    today = clock.local_date(now, Region.objects.get(code=CODE).time_zone)
    office = Office.objects.create(
        region_id=CODE,
        name="Bagian Pemerintahan Setda Kota Jambi",
        contact_name="Sekretariat retret (contoh)",
        contact_phone="+62741000000",
    )
    program = make_program(
        office,
        name="Retret Ketua RT Kota Jambi",
        kind=Program.Kind.RETREAT,
        aim="Ketua RT yang bertetangga dan belum saling kenal bekerja sama.",
        letter_number="000/Pem/2026 (contoh)",
        companions=Program.Companions.REQUIRED,
    )
    day = today + timedelta(days=21)
    day += timedelta(days=(5 - day.weekday()) % 7)  # the next Saturday
    zone = program.region.time_zone
    wave = Wave.objects.create(
        program=program,
        number=1,
        venue=Venue.objects.create(region_id=CODE, name="Gedung retret (contoh)", capacity=3500),
        starts_at=clock.local_instant(day, time(7, 30), zone),
        ends_at=clock.local_instant(day, time(15, 45), zone),
    )
    WaveArea.objects.bulk_create(WaveArea(program=program, wave=wave, region_id=row.code) for row in JAMBI)
    speakers = {
        key: Speaker.objects.create(region_id=CODE, position=position, institution=institution)
        for key, (position, institution) in SPEAKERS.items()
    }
    make_agenda(wave, AGENDA, speakers, tentative=TENTATIVE, now=now)
    invite_participants(wave_id=wave.pk, by=users["petugas.jambi@contoh.invalid"], now=now)
