"""What officials see and may do does not change with row-level security: whatever a page rightly counts beyond their
regions, it still counts.
"""

import difflib
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave, WaveArea
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.web import row_guard
from tests import factories
from tests.rtportal.doors import DOORS
from tests.rtportal.everything import everything

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.row_locks,
]
ROLES = {
    "village_operator": "",  # the kelurahan/desa of the participant that pages are about
    "district_operator": factories.JARO,
    "viewer": factories.JARO,
    "official": factories.TABALONG,
    "admin": factories.TABALONG,
}
# Other with every request, or made anew each time: tokens, and what a file says about when it was made.
_VOLATILE = re.compile(r'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')
_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
# Where somebody is sent after making something: sequences count on, whether or not the row was kept.
_NEW = re.compile(r"/([0-9]+|[0-9a-f-]{36})/")


@pytest.fixture
def world(monkeypatch) -> dict:
    """One of everything, and the wave is also for people of another kecamatan, in a hall and with a speaker there."""
    people, things = everything()
    wave = Wave.objects.get(pk=things["wave"][0])
    wave.venue.region_id = factories.MUARA_UYA
    wave.venue.save()
    WaveArea.objects.create(program_id=wave.program_id, wave=wave, region_id=factories.MUARA_UYA)
    factories.session(wave=wave, speakers=[factories.speaker(region=factories.MUARA_UYA)])
    now = clock.now()
    invite_participants(wave_id=wave.pk, by=people["official"], now=now)
    assert Enrolment.objects.filter(village__parent=factories.MUARA_UYA).count() == 2
    monkeypatch.setattr(clock, "now", lambda: now)
    return things


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def met(user: User, name: str, things: dict) -> tuple[int, str, list[str]]:
    door = DOORS[name]
    url = reverse(name, args=things[door.thing])
    client = Client()
    with undone():
        client.force_login(user)
        if door.method == "post":
            response = client.post(f"{url}?{things['query']}", things["data"])
        else:
            response = client.get(url, things[door.asks])
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return response.status_code, _NEW.sub("/…/", response.get("Location", "")), words(body)


def words(body: bytes) -> list[str]:
    if body.startswith(_PDF):
        return []
    if body.startswith(_ZIP):
        with ZipFile(BytesIO(body)) as parts:
            # A workbook says in its core when it was made.
            named = [name for name in parts.namelist() if name != "docProps/core.xml"]
            return [line for name in named for line in (name, *parts.read(name).decode(errors="replace").splitlines())]
    return _VOLATILE.sub("", body.decode(errors="replace")).splitlines()


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_the_same_with_and_without_the_guard(role, world, monkeypatch, valkey):
    user = factories.user(role=role, region=ROLES[role] or world["task_place"][0])
    differing = []
    # Pages of second factors make a new secret each time; they hold nothing of a region.
    for name in sorted(name for name in DOORS if ":" in name):
        valkey.forget()
        guarded = met(user, name, world)
        valkey.forget()
        with monkeypatch.context() as patched:
            patched.setattr(row_guard, "acting_as", lambda user: nullcontext())
            plain = met(user, name, world)
        if guarded != plain:
            lines = difflib.unified_diff(plain[2], guarded[2], "without", "with", lineterm="", n=0)
            differing.append("\n".join([name, f"{plain[:2]} → {guarded[:2]}", *list(lines)[:20]]))
    assert not differing, "\n\n".join(differing)
