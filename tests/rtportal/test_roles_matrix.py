"""Every address of the portal against everybody who may knock: nobody gets through a door that is not theirs.

The table in `doors.py` must name every URL of the URLconf, so a new page cannot be forgotten.
"""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.rtportal.door import LOGIN, OPEN, Door
from tests.rtportal.doors import DOORS
from tests.rtportal.everything import everything

pytestmark = pytest.mark.django_db


def every_url_name() -> set[str]:
    def walk(patterns, namespace: str):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)
            elif isinstance(pattern, URLPattern):
                assert pattern.name, f"{pattern} has no name"
                yield f"{namespace}{pattern.name}"

    return set(walk(get_resolver().url_patterns, ""))


def test_the_table_names_every_address():
    assert set(DOORS) == every_url_name()


@pytest.fixture
def world():
    return everything()


def knock(client: Client, name: str, door: Door, things: dict) -> int | str:
    url = reverse(name, args=things[door.thing])
    if door.method == "post":
        response = client.post(f"{url}?{things['query']}", things["data"])
    else:
        response = client.get(url, things[door.asks])
    if response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?next="):
        return LOGIN
    return response.status_code if response.status_code in {401, 403, 404} or response.status_code >= 500 else OPEN


@pytest.mark.parametrize("name", sorted(DOORS))
def test_everybody_meets_what_the_table_says(name, world):
    people, things = world
    door = DOORS[name]
    met = {"anonymous": knock(Client(), name, door, things)}
    for role, who in people.items():
        client = Client()
        client.force_login(who)
        met[role] = knock(client, name, door, things)
    expected = {role: getattr(door, role) for role in met}
    assert met == expected


@pytest.mark.parametrize("name", sorted(name for name, door in DOORS.items() if door.anonymous == LOGIN))
def test_a_personal_link_is_never_a_login(name, world):
    _, things = world
    client = Client()
    assert client.get(reverse("participants:invitation_show", args=things["token"])).status_code == 200
    assert not client.cookies
    assert knock(client, name, DOORS[name], things) == LOGIN


@pytest.mark.parametrize("name", sorted(name for name, door in DOORS.items() if door.method == "post" and ":" in name))
def test_what_acts_does_not_act_on_looking(name, world):
    people, things = world
    client = Client()
    client.force_login(people["admin"])
    assert client.get(reverse(name, args=things[DOORS[name].thing])).status_code == 405
