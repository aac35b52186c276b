import pytest
from django.urls import reverse

from participants.models import RosterImport, RTHead
from participants.use_cases.process_roster_imports import process_roster_imports
from rtportal.lib import clock
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions()
    who = factories.user()
    client.force_login(who)
    return who


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_applied_import_is_undone_from_its_page_and_the_page_says_what_stays(client, official):
    rows = [rosters.row(), rosters.row(number="6", name="Rusdi")]
    made = rosters.applied(rosters.csv(rows), by=official, now=clock.now())
    page = text_of(client.get(reverse("participants:import_detail", args=[made.pk])))
    assert "2 ketua RT baru dihapus lagi." in page
    assert "Dapat diurungkan sampai" in page
    factories.enrolment(wave=factories.wave(), head=rosters.current())
    page = text_of(client.post(reverse("participants:import_undo", args=[made.pk]), follow=True))
    assert "Impor sedang diurungkan" in page
    process_roster_imports(now=clock.now())
    page = text_of(client.get(reverse("participants:import_detail", args=[made.pk])))
    assert "Impor ini sudah diurungkan" in page
    assert "1 ketua RT baru dihapus." in page
    assert "RT 005, Kelurahan Belimbing Raya: ketua barunya sudah diundang." in page
    assert [head.name for head in RTHead.objects.all()] == ["Ahmad Fauzi"]
    page = text_of(client.post(reverse("participants:import_undo", args=[made.pk]), follow=True))
    assert "Impor ini sudah diurungkan." in page


def test_an_old_import_offers_no_undo_and_refuses_it_in_a_sentence(client, official):
    made = rosters.applied(rosters.csv([rosters.row()]), by=official, now=factories.NOW)
    assert "Urungkan impor ini" not in text_of(client.get(reverse("participants:import_detail", args=[made.pk])))
    page = text_of(client.post(reverse("participants:import_undo", args=[made.pk]), follow=True))
    assert "Impor ini tidak dapat diurungkan lagi" in page
    assert RTHead.objects.exists()


@pytest.mark.parametrize(
    ("role", "region", "status"),
    [
        ("viewer", factories.TABALONG, 403),
        ("official", factories.JAMBI, 404),
        ("district_operator", factories.JARO, 404),
    ],
)
def test_strangers_find_nothing_and_others_may_not(client, official, role, region, status):
    made = rosters.applied(rosters.csv([rosters.row()]), by=official, now=clock.now())
    client.force_login(factories.user(role=role, region=region))
    assert client.post(reverse("participants:import_undo", args=[made.pk])).status_code == status
    made.refresh_from_db()
    assert made.state == RosterImport.State.APPLIED
