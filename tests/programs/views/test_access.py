"""Who may open which page: strangers find nothing (404), readers may read and not write (403)."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

READ = ("program_detail",)
WRITE = ("program_update", "reminder_rules", "wave_create", "wave_head_count", "wave_update", "venue_update")
WRITE += ("office_update", "special_day_update", "feed_list")
CREATE = ("program_create", "venue_create", "office_create", "special_day_create")
LISTS = ("program_list", "venue_list", "special_day_list", "calendar", "settings")


@pytest.fixture
def addresses():
    factories.regions(factories.TABALONG, factories.JAMBI)
    office = factories.office()
    program = factories.program(office=office, name="Bimtek Tabalong")
    hall = factories.venue(name="Aula Tabalong")
    wave = factories.wave(program=program, venue=hall)
    keys = {"wave_update": wave.pk, "venue_update": hall.pk, "office_update": office.pk}
    keys |= {"special_day_update": factories.special_day().pk, "feed_list": office.pk}
    return {name: reverse(f"programs:{name}", args=[keys.get(name, program.pk)]) for name in (*READ, *WRITE)} | {
        name: reverse(f"programs:{name}") for name in (*CREATE, *LISTS)
    }


def codes(client, addresses, names, method="get"):
    return {name: getattr(client, method)(addresses[name]).status_code for name in names}


def all_answer(code, names):
    return dict.fromkeys(names, code)


def test_without_signing_in_every_page_leads_to_the_sign_in(client, addresses):
    for url in addresses.values():
        assert client.get(url).headers["Location"].startswith(reverse("account_login"))


def test_the_own_official_reads_and_writes(client, addresses):
    client.force_login(factories.user())
    assert codes(client, addresses, addresses) == all_answer(200, addresses)


def test_a_strange_official_finds_nothing(client, addresses):
    client.force_login(factories.user(region=factories.JAMBI))
    for method in ("get", "post"):
        names = [name for name in (*READ, *WRITE) if method == "get" or name not in {*READ, "wave_head_count"}]
        assert codes(client, addresses, names, method) == all_answer(404, names)


def test_lists_and_calendars_of_a_strange_official_are_empty(client, addresses):
    client.force_login(factories.user(region=factories.JAMBI))
    for name in LISTS:
        text = client.get(addresses[name]).content.decode()
        assert "Tabalong" not in text


@pytest.mark.parametrize("role", ["viewer", "district_operator", "village_operator"])
def test_readers_may_read_and_not_write(client, addresses, role):
    client.force_login(factories.user(role=role))
    assert codes(client, addresses, (*READ, *LISTS)) == all_answer(200, (*READ, *LISTS))
    refused = (*WRITE, *CREATE)
    assert codes(client, addresses, refused) == all_answer(403, refused)
    written = [name for name in refused if name != "wave_head_count"]
    assert codes(client, addresses, written, "post") == all_answer(403, written)
    assert "Tambah" not in client.get(addresses["program_detail"]).content.decode()


def test_an_operator_of_a_kecamatan_sees_the_programmes_of_the_kabupaten(client, addresses):
    client.force_login(factories.user(role="district_operator", region=factories.JARO))
    assert "Bimtek Tabalong" in client.get(addresses["program_list"]).content.decode()
    assert client.get(addresses["program_update"]).status_code == 403


def test_who_is_responsible_nowhere_finds_nothing(client, addresses):
    client.force_login(factories.user(region=None))
    names = (*READ, *WRITE, *CREATE)
    assert codes(client, addresses, names) == all_answer(404, names)
    assert codes(client, addresses, LISTS) == all_answer(200, LISTS)


def test_an_official_of_a_province_may_change_what_lies_inside(client, addresses):
    client.force_login(factories.user(region="63"))
    text = client.get(addresses["venue_list"]).content.decode()
    assert addresses["venue_update"] in text
    assert client.get(addresses["venue_update"]).status_code == 200
