"""/sehat/ tells a watching machine the truth, without a sign-in."""

from datetime import timedelta

import pytest
from django.db import connections

from rtportal.lib import clock
from rtportal.messaging.channel_health import beat
from rtportal.messaging.models import ChannelState
from rtportal.web.health import _sources
from rtportal.web.views.health import database_state

pytestmark = pytest.mark.django_db
# The parts that other rooms add are well in an empty portal.
PARTS = ("database", "valkey", "messages", "migrations", "timetable", "backup", *_sources)
WELL = dict.fromkeys(PARTS, "ok")


def test_a_portal_that_can_work_says_so(client):
    response = client.get("/sehat/")
    assert response.status_code == 200
    assert response.json() == WELL


def test_without_valkey_it_answers_503(client, settings, tmp_path):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/tidak-ada.sock"}}
    response = client.get("/sehat/")
    assert response.status_code == 503
    assert response.json() == WELL | {"valkey": "failed"}


def test_messages_that_do_not_go_out_are_told_without_a_word_about_why(client):
    ChannelState.objects.create(channel="email", unavailable_since=clock.now(), detail="Kata sandi ditolak.")
    response = client.get("/sehat/")
    assert response.status_code == 503
    assert response.json()["messages"] == "failed: channel:email"
    assert b"sandi" not in response.content


def test_a_timetable_that_fell_silent_is_told(client):
    beat("beat", now=clock.now() - timedelta(minutes=6))
    response = client.get("/sehat/")
    assert response.status_code == 503
    assert response.json()["timetable"] == "failed: beat"
    beat("beat", now=clock.now())
    assert client.get("/sehat/").json() == WELL


def test_a_missing_backup_is_told_but_takes_nobody_off_the_web(client, settings):
    settings.BACKUP_FOLDER = "/cadangan"
    response = client.get("/sehat/")
    assert response.status_code == 200
    assert response.json()["backup"] == "warning: backup"


def test_asking_often_costs_little(client, django_assert_max_num_queries):
    client.get("/sehat/")
    with django_assert_max_num_queries(2 + len(WELL)):
        client.get("/sehat/")


def test_that_it_is_alive_is_said_without_the_database(client, settings, tmp_path, django_assert_num_queries):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/tidak-ada.sock"}}
    with django_assert_num_queries(0):
        response = client.get("/sehat/hidup/")
    assert (response.status_code, response.json()) == (200, {"web": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_a_database_that_cannot_be_opened_has_failed():
    ours = connections["default"]
    lost = ours.settings_dict | {"NAME": "/tidak/ada/rtportal"}
    assert database_state(type(ours)(lost, alias="lost")) == "failed"


def test_it_is_only_read(client):
    assert client.post("/sehat/").status_code == 405
