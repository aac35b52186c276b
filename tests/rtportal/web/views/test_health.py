"""/sehat/ tells a watching machine the truth, without a sign-in."""

import pytest
from django.db import connections

from rtportal.lib import clock
from rtportal.messaging.models import ChannelState
from rtportal.web.views.health import database_state

pytestmark = pytest.mark.django_db


def test_a_portal_that_can_work_says_so(client):
    response = client.get("/sehat/")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "valkey": "ok", "messages": "ok"}


def test_without_valkey_it_answers_503(client, settings, tmp_path):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/tidak-ada.sock"}}
    response = client.get("/sehat/")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "valkey": "failed", "messages": "ok"}


def test_messages_that_do_not_go_out_are_told_without_a_word_about_why(client):
    ChannelState.objects.create(channel="email", unavailable_since=clock.now(), detail="Kata sandi ditolak.")
    response = client.get("/sehat/")
    assert response.status_code == 503
    assert response.json()["messages"] == "failed: channel:email"
    assert b"sandi" not in response.content


def test_a_database_that_cannot_be_opened_has_failed():
    ours = connections["default"]
    lost = ours.settings_dict | {"NAME": "/tidak/ada/rtportal"}
    assert database_state(type(ours)(lost, alias="lost")) == "failed"


def test_it_is_only_read(client):
    assert client.post("/sehat/").status_code == 405
