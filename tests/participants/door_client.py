"""A desk at the door as the portal's API sees it."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from participants.models import DoorDevice, Enrolment
from participants.presence.devices import token_of
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.participants.door_world import desk


def make_hall() -> tuple[TrainingSession, Enrolment, DoorDevice, DoorDevice]:
    """A session of today, a participant, and two desks that are open until tomorrow."""
    factories.regions()
    wave = factories.wave(on=clock.now().date(), program=factories.program(name="Bimtek Ketua RT 2026"))
    person = factories.enrolment(wave=wave, head=factories.head(gelar_depan="H.", number="005", rw="002"))
    until = clock.now() + timedelta(days=1)
    desks = (desk(wave, name, expires_at=until) for name in ("Meja 1", "Meja 2"))
    return factories.session(wave=wave), person, *desks


def entry(session: TrainingSession, *, kind: str = "in", at: datetime | None = None, **fields) -> dict[str, Any]:
    """One entry of an upload, as the page of the door writes it."""
    values = {"uid": str(uuid.uuid4()), "seq": 1, "kind": kind, "session": session.pk, "code": "", "hash": ""}
    values |= {"person": None, "device_at": (at or session.starts_at).isoformat(), "skew_ms": 0, "companions": 0}
    values |= {"undoes": None, "name": "", "unit": "", "place": "", "shown": "present", "offline": True}
    return values | fields


def ask(device: DoorDevice | str, path: str, *, etag: str = "", **query):
    headers = {"Authorization": f"Bearer {_token(device)}"}
    if etag:
        headers["If-None-Match"] = etag
    return Client().get(f"/pintu/api/{path}/", query, headers=headers)


def send(device: DoorDevice | str, *entries: dict[str, Any], body: Any = None):
    """The response to an upload of these entries, or of another `body` (text as it is)."""
    sent = {"device_at": "2026-04-08T01:00:00Z", "events": list(entries)} if body is None else body
    text = sent if isinstance(sent, str | bytes) else json.dumps(sent)
    headers = {"Authorization": f"Bearer {_token(device)}"}
    return Client().post("/pintu/api/catat/", text, content_type="application/json", headers=headers)


def results(device: DoorDevice, *entries: dict[str, Any]) -> list[dict[str, Any]]:
    response = send(device, *entries)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def verdicts(device: DoorDevice, *entries: dict[str, Any]) -> list[str]:
    return [result["verdict"] for result in results(device, *entries)]


def _token(device: DoorDevice | str) -> str:
    return device if isinstance(device, str) else token_of(device.link_id)
