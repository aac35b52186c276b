"""What leaves the portal and what its lists and bulk actions touch: people of the own region, whoever asks, and
whatever keys a form sends along.
"""

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import NoReverseMatch, reverse

from rtportal.accounts.models import User
from rtportal.accounts.scope import RIGHTS
from rtportal.celery import app
from rtportal.documents import registry
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Export, open_export
from rtportal.documents.use_cases.write_file import NO_LONGER_ALLOWED
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib import clock
from rtportal.regions.codes import is_within
from tests import factories
from tests.rtportal.doors import DOORS, OPEN
from tests.rtportal.two_offices import BALANGAN, HALONG, Office, names_outside, office, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACES = [factories.TABALONG, factories.JARO, factories.MUARA_UYA, BALANGAN, factories.JAMBI]
# Tasks that the worker knows: each looks for what is due in the whole installation, and is told no key.
FOR_EVERYBODY = {
    "audit.check_chain",
    "audit.seal_events",
    "documents.drop_old_files",
    "messaging.collect_returned_mail",
    "messaging.deliver_due_messages",
    "messaging.forget_channel_uses",
    "messaging.give_up_undelivered",
    "messaging.give_up_waiting",
    "messaging.read_channel_events",
    "messaging.recover_leases",
    "operations.note_beat",
    "participants.process_roster_imports",
    "participants.promote_waiting",
    "participants.send_due_reminders",
    "privacy.purge_expired",
    "programs.seed_special_days",
    "programs.solve_waiting_plans",
}
# Acts for whoever asked for the file.
FOR_ITS_OWNER = {"documents.write_waiting_files"}


@pytest.fixture
def offices() -> tuple[Office, Office]:
    factories.regions(factories.TABALONG, BALANGAN, factories.JAMBI)
    return office(factories.TABALONG, factories.JARO, factories.MUARA_UYA), office(BALANGAN, HALONG)


def choices(own: Office) -> list[dict]:
    """What a file can be about, as an address names it."""
    person, wave = own.people[0], own.wave
    return [
        {
            "wave": wave.pk,
            "program": wave.program_id,
            "session": own.session.pk,
            "enrolment": person.pk,
            "head": person.head_id,
            "area": person.village_id,
            "region": code,
            "wilayah": code,
        }
        for code in (wave.program.region_id, person.village_id[:8])
    ]


@pytest.mark.parametrize("role", RIGHTS)
def test_an_export_holds_nobody_from_elsewhere(role, offices):
    registry.discover()
    opened = set()
    for place in PLACES:
        user = factories.user(role=role, region=place)
        for export in sorted(registry._exports):
            for params in (params for own in offices for params in choices(own)):
                try:
                    document = open_export(export, user=user, params=params)
                except (Http404, PermissionDenied):
                    continue
                opened.add((place, export))
                assert is_within(document.region_code, place), (export, place)
                if isinstance(document, Export):
                    words = "\n".join(str(cell) for row in document.rows() for cell in row)
                    assert names_outside(words, place) == set(), (export, place)
    assert not any(place == factories.JAMBI for place, _ in opened)
    if role == "admin":
        district = offices[0].people[0].village_id[:8]
        assert {(factories.TABALONG, "daftar-peserta"), (district, "daftar-ketua-rt")} <= opened


@pytest.mark.parametrize(("role", "place"), [("district_operator", factories.JARO), ("official", BALANGAN)])
def test_no_page_and_no_search_names_people_from_elsewhere(role, place, offices):
    here = offices[place == BALANGAN]
    client = Client()
    client.force_login(factories.user(role=role, region=place))
    seen = set()
    for name, door in DOORS.items():
        if (url := _address(name, door.thing, here)) and door.method == "get":
            for asked in ({}, {"cari": "Warga"}, {"cari": "Warga", "wilayah": factories.MUARA_UYA}):
                response = client.get(url, asked)
                if response.status_code == 200 and not response.streaming:
                    words = response.content.decode(errors="replace")
                    seen.add(name) if "Warga" in words else None
                    assert names_outside(words, place) == set(), (name, asked)
    assert {"participants:head_list", "participants:enrolment_list", "messaging:message_list"} <= seen


def test_a_form_with_keys_of_another_office_changes_nothing_there(offices, valkey):
    there, here = offices
    person = there.people[0]
    keys = [one.pk for one in there.people]
    data = {
        "peserta": keys,
        "orang": keys,
        "kecuali": keys,
        "baris": keys,
        "surat": [there.task.pk],
        "pesan": [there.task.pk],
        "ketua": person.head_id,
        "head": person.head_id,
        "enrolment": person.pk,
        "wave": there.wave.pk,
        "to_wave": there.wave.pk,
        "session": there.session.pk,
        "sesi": there.session.pk,
        "venue": there.wave.venue_id,
        "areas": [factories.JARO],
        "wilayah": [factories.JARO],
        "region": factories.TABALONG,
        "semua": "1",
        "reason": "Salah satu alasan",
        "alasan": "Salah satu alasan",
        "kind": "confirmed",
        "hasil": "sent",
        "accepted_seats": "9999",
    }
    client = Client()
    client.force_login(factories.user(role="admin", region=BALANGAN))
    before = state_of(factories.TABALONG)
    acted = 0
    for name, door in DOORS.items():
        for about in (here, there):
            url = _address(name, door.thing, about)
            if url is None or door.official != OPEN:
                continue
            valkey.forget()
            with transaction.atomic():
                client.post(url, data)
                acted += 1
                assert state_of(factories.TABALONG) == before, name
                transaction.set_rollback(True)
    assert acted > 100


def test_every_task_of_the_worker_is_told_no_key():
    app.loader.import_default_modules()
    known = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
    assert set(known) == FOR_EVERYBODY | FOR_ITS_OWNER
    for name, task in known.items():
        assert task.run.__code__.co_argcount == 0, name


@pytest.mark.parametrize("place", [BALANGAN, factories.JAMBI, factories.JARO])
def test_the_worker_writes_no_file_about_what_its_owner_may_not_see(place, offices):
    owner: User = factories.user(role="admin", region=place)
    file = GeneratedFile.objects.create(
        owner=owner,
        export="daftar-peserta",
        format="csv",
        params={"wave": offices[0].wave.pk},
        region_code=factories.TABALONG,
        subject=offices[0].wave.group,
        title="Daftar peserta",
        filename="daftar.csv",
        requested_at=clock.now(),
    )
    write_waiting_files(clock=clock.now)
    file.refresh_from_db()
    assert (file.state, file.failure) == (GeneratedFile.State.FAILED, NO_LONGER_ALLOWED)


def _address(name: str, thing: str, about: Office) -> str | None:
    """Of a page about something that each office has; None for what only one world could have."""
    wave, person = about.wave, about.people[0]
    things = {
        "": [],
        "wave": [wave.pk],
        "program": [wave.program_id],
        "venue": [wave.venue_id],
        "office": [wave.program.office_id],
        "session": [about.session.pk],
        "speaker": [about.session.session_speakers.get().speaker_id],
        "part": [about.session.session_speakers.get().pk],
        "enrolment": [person.pk],
        "head": [person.head_id],
        "message": [about.task.pk],
        "task": [about.task.pk],
        "task_place": [about.task.region_code],
        "letter_place": [wave.pk, about.task.region_code],
        "wave_stage": [wave.pk, "sasaran"],
        "program_stage": [wave.program_id, "diundang"],
        "program_kind": [wave.program_id, "invitation"],
        "regency": [wave.program.region_id],
    }
    if thing not in things or name.startswith("account_"):
        return None
    try:
        return reverse(name, args=things[thing])
    except NoReverseMatch:
        return None
