"""The preview, the questions and the undo of an import in a real browser, on a telephone and on a laptop."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from participants.use_cases.process_roster_imports import process_roster_imports
from rtportal.accounts.models import User
from rtportal.lib import clock
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def pages() -> dict[str, str]:
    """The pages of imports in every state that an official decides about."""
    factories.regions(factories.TABALONG)
    who, now = factories.user(), clock.now()
    known = [rosters.row(number=n, name=f"Ketua Nomor {n}", phone=f"0812-0000-000{n}") for n in range(1, 9)]
    applied = rosters.applied(rosters.csv(known), by=who, now=now)
    undone = rosters.applied(rosters.csv([rosters.row(number=20), rosters.row(number=21)]), by=who, now=now)
    factories.enrolment(wave=factories.wave(), head=rosters.current("020"))
    rosters.undone(undone, now=now)
    damaged = [
        rosters.row(number="RT 1/RW 0", name="Ketua Nomor 1", phone="62 812-9999-0001", village="Kel. Blimbing Raya"),
        rosters.row(number="RT.2", name="Hj. Nor Hayati, S.Pd.", phone="8,1234567890E+10", village="Belimbing Raja"),
        rosters.row(number="3", name="Ketua Nomor 3", phone="8,12E+11"),
        rosters.row(number="12", name="Rusdi", phone="0812-9999-0001"),
        ["Jumlah", 4, *[""] * 10],
    ]
    previewed = rosters.previewed(rosters.csv(damaged), by=who, now=now)
    asked = [rosters.row(number=n, village="Belimbing R.") for n in (1, 2)]
    asked = rosters.previewed(rosters.csv([*asked, rosters.row(district="Tant")]), by=who, now=now)
    columns = [rosters.row(number=n, name="Ketua Bernama Panjang Sekali") for n in range(1, 5)]
    columns = rosters.previewed(rosters.csv(columns, ("Pejabat", *rosters.HEADER[1:])), by=who, now=now)
    made = {"applied": applied, "undone": undone, "previewed": previewed, "asked": asked, "columns": columns}
    return {name: f"/ketua-rt/impor/{one.pk}/" for name, one in made.items()}


@pytest.fixture
def signed_in(page: Page, pages: dict, live_server) -> Page:
    client = Client()
    client.force_login(User.objects.get())
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])
    return page


def test_the_pages_of_an_import_fit_are_accessible_and_undo_it_with_two_presses(signed_in, pages, live_server):
    for size in (PHONE, LAPTOP):
        signed_in.set_viewport_size(size)
        for name, path in pages.items():
            signed_in.goto(live_server.url + path)
            wider = signed_in.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (name, size)
            assert Axe().run(signed_in).response["violations"] == [], (name, size)
    signed_in.goto(live_server.url + pages["applied"])
    signed_in.get_by_text("Urungkan impor ini", exact=True).click()
    signed_in.get_by_role("button", name="Ya, urungkan impor ini").click()
    signed_in.get_by_role("heading", name="Impor sedang diurungkan").wait_for()
    process_roster_imports(now=clock.now())
    signed_in.get_by_role("heading", name="Impor ini sudah diurungkan").wait_for()
    assert signed_in.get_by_text("8 ketua RT baru dihapus.").is_visible()
