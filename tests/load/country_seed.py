"""A country: RT heads of every kelurahan/desa, programmes of every kabupaten/kota, and all that comes of them.

The first office (Tabalong) is made by `list_sides.grow_everything` with one row of everything;
its rows are what the rows of the country are copied from. PostgreSQL only.
"""

import io
from datetime import time

from django.core.management import call_command
from django.db import connection, transaction

from participants.models import (
    RT,
    Enrolment,
    Reminder,
    RTHead,
)
from programs.models import Office, Program, Venue, Wave, WaveArea, WavePublication
from rtportal.accounts.models import Assignment
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message, SendingHours
from rtportal.regions.models import Region
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from tests import factories
from tests.load.copies import copy_of, run
from tests.load.country_deeds import what_officials_did, what_they_did
from tests.load.list_sides import grow_everything

WAVES_PER_REGENCY = 6
# DKI Jakarta has 30,000 RT heads in 267 kelurahan, Tabalong some thousand in 131; the country comes to a million.
HEADS_PER_VILLAGE = "CASE WHEN left(r.code, 2) = '31' THEN 112 WHEN left(r.code, 5) = '63.09' THEN 8 ELSE 12 END"
NATIONAL, CAPITAL = "nasional@kantor.test", "jakarta@kantor.test"
WORDS = "ARRAY['Ahmad','Budi','Siti','Nor','Rahmat','Dewi','Agus','Fauzi','Hasan','Lestari','Wahyu','Putri','Yusuf']"


def grow_country(regencies: list[str] | None = None) -> dict[str, int]:
    """Fill the kabupaten/kota of these codes (None: all); returns how many rows there are of what."""
    with transaction.atomic():
        if not Region.objects.exists():
            _first_office()
        run("CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT code FROM regions_region WHERE level = 2")
        if regencies is not None:
            run("DELETE FROM chosen WHERE code NOT IN ('" + "', '".join(regencies) + "')")
        _programmes()
        _waves()
        _people()
        what_they_did()
        what_officials_did()
    run("ANALYZE")
    return {
        "ketua RT": RTHead.objects.count(),
        "kelurahan/desa": Region.objects.villages().count(),
        "gelombang": Wave.objects.count(),
        "peserta": Enrolment.objects.count(),
        "pesan": Message.objects.count(),
    }


def _first_office() -> None:
    call_command("load_regions", verbosity=0)
    grow_everything(1)
    hours = {"opens_at": time(0), "closes_at": time(0), "is_friday_prayer_quiet": False, "ramadan_closes_at": None}
    SendingHours.objects.bulk_create(
        (SendingHours(region=region, **hours) for region in Region.objects.regencies()), ignore_conflicts=True
    )
    Wave.objects.update(invitations_opened_at=AuditEvent.objects.earliest("pk").at)
    for email, codes in ((CAPITAL, ["31"]), (NATIONAL, Region.objects.filter(level=1).values_list("code", flat=True))):
        who = factories.user(role="admin", email=email, region=None)
        Assignment.objects.bulk_create(Assignment(user=who, role="admin", region_id=code) for code in codes)


def _programmes() -> None:
    """One office, venue and programme for each kabupaten/kota that has none."""
    new = "(SELECT c.code FROM chosen c WHERE NOT EXISTS (SELECT FROM programs_program p WHERE p.region_id = c.code)) n"
    copy_of(Office.objects.earliest("pk"), new, region_id="n.code", name="'DPMD ' || n.code")
    copy_of(Venue.objects.earliest("pk"), new, region_id="n.code", name="'Aula ' || n.code")
    copy_of(
        Program.objects.earliest("pk"),
        f"{new} JOIN programs_office o ON o.region_id = n.code",
        region_id="n.code",
        office_id="o.id",
        name="'Bimtek ' || n.code",
    )
    speakers = "chosen c, generate_series(1, 5) i"
    copy_of(Speaker.objects.earliest("pk"), speakers, region_id="c.code", position="'Narasumber ' || i")


def _waves() -> None:
    """Half of the waves are over; the kecamatan are dealt out to them."""
    first = Wave.objects.earliest("pk")
    days = "((i.i - 4) * 20 + 5) * interval '1 day' + (p.id %% 14) * interval '1 day'"
    mine = (
        "(SELECT p.id, p.region_id, (SELECT min(v.id) FROM programs_venue v WHERE v.region_id = p.region_id) AS venue "
        "FROM programs_program p JOIN chosen c ON c.code = p.region_id) p"
    )
    copy_of(
        first,
        f"{mine}, generate_series(1, {WAVES_PER_REGENCY}) i",
        program_id="p.id",
        venue_id="p.venue",
        number="i.i",
        starts_at=f"now() + {days}",
        ends_at=f"now() + {days} + interval '7 hours'",
        publication_id="NULL",
    )
    fresh = "(SELECT w.* FROM programs_wave w WHERE w.publication_id IS NULL) w"
    copy_of(WavePublication.objects.earliest("pk"), fresh, wave_id="w.id")
    run(
        "UPDATE programs_wave w SET publication_id = u.id FROM programs_wavepublication u "
        "WHERE u.wave_id = w.id AND w.publication_id IS NULL"
    )
    dealt = (
        "(SELECT d.code, p.id AS program, w.id AS wave FROM (SELECT code, parent_id, 1 + rank() OVER "
        f"(PARTITION BY parent_id ORDER BY code) %% {WAVES_PER_REGENCY} AS number FROM regions_region "
        "WHERE level = 3) d "
        "JOIN chosen c ON c.code = d.parent_id JOIN programs_program p ON p.region_id = c.code "
        "JOIN programs_wave w ON w.program_id = p.id AND w.number = d.number) d"
    )
    copy_of(WaveArea.objects.earliest("pk"), dealt, program_id="d.program", wave_id="d.wave", region_id="d.code")
    waves = f"(SELECT w.* FROM programs_wave w WHERE w.number <= {WAVES_PER_REGENCY}) w"
    hour = "w.starts_at + i * interval '1 hour'"
    copy_of(
        TrainingSession.objects.earliest("pk"),
        f"{waves}, generate_series(1, 4) i",
        wave_id="w.id",
        title="'Materi ' || i",
        starts_at=hour,
        ends_at=f"{hour} + interval '50 minutes'",
    )
    speaking = (
        "training_sessions_trainingsession s JOIN programs_wave w ON w.id = s.wave_id "
        "JOIN programs_program p ON p.id = w.program_id JOIN LATERAL (SELECT min(k.id) AS id FROM "
        "training_sessions_speaker k WHERE k.region_id = p.region_id) k ON true"
    )
    copy_of(SessionSpeaker.objects.earliest("pk"), speaking, session_id="s.id", speaker_id="k.id", status="'confirmed'")
    copy_of(Reminder.objects.earliest("pk"), waves, wave_id="w.id", due_at="w.starts_at - interval '3 days'")


def _people() -> None:
    """An RT and its head for each row, enrolled in the wave of its kecamatan."""
    first = Enrolment.objects.earliest("pk")
    villages = (
        "(SELECT r.code FROM regions_region r JOIN chosen c ON c.code = left(r.code, 5) WHERE r.level = 4) v "
        "JOIN regions_region r ON r.code = v.code"
    )
    copy_of(
        RT.objects.earliest("pk"),
        f"{villages} CROSS JOIN LATERAL generate_series(1, {HEADS_PER_VILLAGE}) i",
        village_id="r.code",
        rw="lpad((1 + i / 8)::text, 3, '0')",
        number="lpad(i::text, 3, '0')",
    )
    name = f"({WORDS})[1 + t.id %% 13] || ' ' || ({WORDS})[1 + t.id / 13 %% 13] || ' ' || t.id"
    _number_phones()
    vacant = (
        "(SELECT t.id FROM participants_rt t WHERE NOT EXISTS "
        "(SELECT FROM participants_rthead h WHERE h.rt_id = t.id)) t JOIN phones f ON f.number = t.id"
    )
    copy_of(
        RTHead.objects.earliest("pk"),
        vacant,
        rt_id="t.id",
        name=name,
        phone="f.phone",
        email="'rt' || t.id || '@rt.test'",
    )
    enrolled = (
        "(SELECT h.id, h.rt_id, t.village_id, a.program_id, a.wave_id, "
        "CASE WHEN abs(hashtext(t.village_id || t.number)) %% 10 < CASE WHEN w.ends_at < now() THEN 7 ELSE 4 END "
        "THEN 'confirmed' ELSE '' END AS said "
        "FROM participants_rthead h JOIN participants_rt t ON t.id = h.rt_id "
        "JOIN programs_wavearea a ON a.region_id = left(t.village_id, 8) JOIN programs_wave w ON w.id = a.wave_id "
        "WHERE h.is_current) h"
    )
    copy_of(
        first,
        enrolled,
        program_id="h.program_id",
        wave_id="h.wave_id",
        head_id="h.id",
        rt_id="h.rt_id",
        village_id="h.village_id",
        link_id="gen_random_uuid()",
        link_hash="md5(h.id::text) || md5('x' || h.id)",
        short_code="NULL",
        row_number="NULL",
        answer="h.said",
        answered_at="CASE WHEN h.said <> '' THEN now() END",
        substitute_name="''",
    )


def _number_phones() -> None:
    """A telephone for each RT as the model writes it into its column, whatever that does to it."""
    field = RTHead._meta.get_field("phone")
    lines = "".join(
        f"{number},{field.get_db_prep_save(f'+62812{number:08d}', connection)}\n"
        for number in RT.objects.values_list("pk", flat=True).iterator()
    )
    run("CREATE TEMP TABLE phones (number bigint PRIMARY KEY, phone text) ON COMMIT DROP")
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY phones FROM STDIN (FORMAT csv)", io.StringIO(lines))
