"""The door as officials see it, in a real browser: pages fit, the board renews itself, guests need no JavaScript."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from participants.models import Attendance
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.door_world import desk, doubtful, guest, scan

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
PAGES = [
    "/gelombang/{wave}/kehadiran/",
    "/gelombang/{wave}/pintu/",
    "/meja/{closed}/",
    "/gelombang/{wave}/pintu/layar/",
    "/gelombang/{wave}/pintu/layar/?kecamatan=63.09.06",
    "/gelombang/{wave}/pintu/layar/?tampilan=proyektor",
    "/gelombang/{wave}/pintu/belum-hadir/",
    "/gelombang/{wave}/pintu/periksa/",
    "/gelombang/{wave}/pintu/tamu/",
    "/tamu/{guest}/",
    "/tamu/{guest}/?cari=tidak+ada",
]


@pytest.fixture
def world():
    """A wave of today with people, desks, a guest and questions."""
    factories.regions(factories.TABALONG)
    official, now = factories.user(), clock.now()
    wave = factories.wave(on=clock.local_date(now, "WITA"), areas=(MURUNG_PUDAK, JARO))
    session = factories.session(wave=wave, title="Pembukaan dan pengarahan Bupati tentang pencegahan narkoba")
    first = desk(wave, "Meja 1", by=official, opened_at=now, seen_at=now)
    second = desk(wave, "Meja pintu timur dekat tempat parkir", by=official)
    heads = factories.heads(4, district=MURUNG_PUDAK) + factories.heads(3, district=JARO)
    people = [factories.enrolment(wave=wave, head=head) for head in heads]
    scan(session, first, people[0], at=session.starts_at + timedelta(minutes=12), companions=1)
    scan(session, second, people[0], at=session.starts_at + timedelta(minutes=13))
    scan(session, first, people[1], at=session.starts_at, seq=2)
    scan(session, first, people[1], kind="out", at=session.starts_at + timedelta(minutes=20), seq=3)
    doubtful(session, first)
    factories.head(district=JARO, number="077", name="Budi Santoso")
    visitor = guest(session, first, "Pak Budi Santoso", unit="RT 77", place="Jaro")
    return {
        "official": official,
        "wave": wave.pk,
        "session": session,
        "desk": first,
        "people": people,
        "guest": visitor.pk,
        "closed": desk(wave, "Meja lama", by=official, revoked_at=now).pk,
    }


def signed_in(page: Page, live_server, user) -> Page:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_pages_fit_keep_the_policy_and_have_nothing_axe_objects_to(page: Page, live_server, world, size):
    signed_in(page, live_server, world["official"]).set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        assert page.goto(live_server.url + path.format(**world)).status == 200, path
        assert (path, complaints) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
        violations = Axe().run(page).response["violations"]
        assert (path, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (path, [])


@pytest.mark.parametrize("view", ["", "?tampilan=proyektor"], ids=["committee", "projector"])
def test_the_board_shows_who_came_within_seconds_without_being_touched(page: Page, live_server, world, view):
    signed_in(page, live_server, world["official"])
    page.goto(f"{live_server.url}/gelombang/{world['wave']}/pintu/layar/{view}")
    newcomer = world["people"][5]
    assert page.get_by_text(newcomer.head.full_name).count() == 0
    scan(world["session"], world["desk"], newcomer, at=clock.now(), seq=9)
    expect(page.get_by_text(newcomer.head.full_name)).to_be_visible(timeout=15_000)


def test_everything_on_the_wall_is_large_and_on_one_screen(page: Page, live_server, world):
    signed_in(page, live_server, world["official"]).set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{live_server.url}/gelombang/{world['wave']}/pintu/layar/?tampilan=proyektor")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.wall-number, .wall-of, .wall-name, .wall-count')]"
        ".map((line) => parseFloat(getComputedStyle(line).fontSize))"
    )
    # A fortieth of the height is what one reads from ten metres on a wall two metres wide.
    assert min(sizes) >= 1080 / 40
    assert max(sizes) >= 1080 / 5


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_guest_is_matched_and_given_back_without_javascript(page: Page, live_server, world):
    signed_in(page, live_server, world["official"])
    page.goto(f"{live_server.url}/gelombang/{world['wave']}/pintu/tamu/")
    page.get_by_role("link", name="Cocokkan Pak Budi Santoso").click()
    page.get_by_label("Nama, RT, atau kelurahan/desa").fill("budi 77")
    page.get_by_role("button", name="Cari", exact=True).last.click()
    page.get_by_role("button", name="Ini orangnya Budi Santoso").click()
    assert page.get_by_text("adalah Budi Santoso, dan tercatat hadir.").is_visible()
    assert Attendance.objects.filter(enrolment__head__name="Budi Santoso").exists()
    page.get_by_role("button", name="Batalkan pencocokan").click()
    assert page.get_by_text("kembali menjadi tamu yang belum dicocokkan").is_visible()
    assert not Attendance.objects.filter(enrolment__head__name="Budi Santoso").exists()
