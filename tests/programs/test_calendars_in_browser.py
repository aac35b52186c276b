"""Calendar, special days, calendar addresses and the forms beside them, in a real browser."""

from datetime import date, time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from programs.models import Wave
from programs.use_cases.seed_special_days import seed_special_days
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, TANJUNG

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
PAGES = [
    "/kalender/?bulan=2026-03",
    "/kalender/?bulan=2026-03&tampilan=daftar&keadaan=terbit",
    "/kalender/?bulan=2026-11&keadaan=batal",
    "/hari-khusus/?tahun=2026",
    "/hari-khusus/tambah/",
    "/hari-khusus/{special_day}/ubah/",
    "/kantor/{office}/kalender/",
    "/kantor/{office}/ubah/",
    "/tempat/{venue}/ubah/",
    "/program/{program}/ubah/",
    "/pengaturan/",
]


@pytest.fixture
def world():
    """A month with Ramadan, holidays, a wave of each state and one of three days."""
    factories.regions(factories.TABALONG)
    office, hall = factories.office(), factories.venue(name="Aula Pendopo Bersinar Pembataan")
    seed_special_days(now=NOW)
    day = factories.special_day(on=date(2026, 3, 17), name="Hari Jadi Kabupaten Tabalong")
    program = factories.program(office=office, name="Bimtek Peningkatan Kapasitas Ketua RT Tahun 2026")
    factories.wave(program=program, venue=hall, on=date(2026, 3, 4), areas=(MURUNG_PUDAK,))
    factories.wave(program=program, number=2, on=date(2026, 3, 5), areas=(JARO,), published=False)
    called_off = factories.wave(program=program, number=3, on=date(2026, 3, 12), areas=(TANJUNG,))
    Wave.objects.filter(pk=called_off.pk).update(cancelled_at=NOW, cancel_reason="Banjir")
    long = factories.wave(program=program, number=4, on=date(2026, 3, 26), areas=(MUARA_UYA,), ends=time(16))
    Wave.objects.filter(pk=long.pk).update(ends_at=long.ends_at + timedelta(days=2))
    factories.feed(office=office)
    factories.feed(office=office, label="Lama", revoked_at=NOW)
    return {"office": office.pk, "venue": hall.pk, "program": program.pk, "special_day": day.pk}


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_pages_fit_keep_the_policy_and_have_nothing_axe_objects_to(page: Page, live_server, world, size):
    client = Client()
    client.force_login(factories.user())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        assert page.goto(live_server.url + path.format(**world)).status == 200
        assert (path, complaints) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
        violations = Axe().run(page).response["violations"]
        assert (path, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (path, [])
