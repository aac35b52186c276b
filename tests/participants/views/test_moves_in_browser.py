"""Choosing, moving, waiting, catching up and grouping in a real browser, without JavaScript where that matters."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from participants.models import Attendance, Enrolment
from participants.use_cases.move_participants import move_participants
from participants.use_cases.split_into_groups import split_into_groups
from programs.models import Wave
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.two_waves import confirm, decline, enrol, place, wave_of

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
PAGES = [
    "/gelombang/{wave}/peserta/",
    "/gelombang/{wave}/peserta/pindahkan/?pilihan=semua",
    "/gelombang/{wave}/peserta/pindahkan/?peserta={person}&tindakan=tunggu",
    "/gelombang/{wave}/peserta/kelompok/",
    "/gelombang/{later}/daftar-tunggu/",
    "/gelombang/{wave}/daftar-tunggu/",
    "/gelombang/{over}/kehadiran/",
    "/gelombang/{over}/kehadiran/susulan/",
    "/peserta/{person}/",
    "/peserta/{absent}/",
    "/peserta/{person}/tukar/",
    "/program/{program}/gelombang/tambah/?susulan=1",
]


@pytest.fixture
def world():
    """A wave that is over, two to come, one of them full, with people in every state."""
    factories.regions(factories.TABALONG)
    official, now = factories.user(), clock.now()
    program = factories.program(name="Bimtek Peningkatan Kapasitas Ketua RT Tahun 2026")
    day = clock.local_date(now, "WITA") + timedelta(days=20)
    opened = {"program": program, "invitations_opened_at": now}
    over = factories.wave(on=day, areas=(), **opened)
    wave = factories.wave(number=2, on=day + timedelta(days=1), areas=(MURUNG_PUDAK,), **opened)
    later = factories.wave(
        number=3, on=day + timedelta(days=8), areas=(JARO,), venue=factories.venue(capacity=3), **opened
    )
    over.wave_areas.create(program=program, region_id=factories.TANJUNG)
    people, there = enrol(wave, 9), enrol(later, 3)
    confirm(people[0])
    decline(people[1])
    place(people[2], later)
    place(people[3], later, after=60)
    absent, present, _ = enrol(over, 3)
    session = factories.session(wave=over)
    Attendance.objects.create(enrolment=present, session=session, marked_at=now, marked_by=official)
    move_participants(
        enrolment_ids=[there[0].pk],
        from_wave_id=later.pk,
        to_wave_id=wave.pk,
        reason="Panen raya",
        actor=official,
        now=now,
    )
    enrol(later, 1)
    split_into_groups(wave=wave, names=["Kelompok A", "Kelompok B"], actor=official, now=now)
    ended = now - timedelta(days=1)
    Wave.objects.filter(pk=over.pk).update(starts_at=ended - timedelta(hours=7), ends_at=ended)
    Enrolment.objects.filter(pk=absent.pk).update(superseded_at=now)
    factories.enrolment(wave=wave, head=absent.head, follows=absent)
    return {
        "official": official,
        "program": program.pk,
        "over": over.pk,
        "wave": wave.pk,
        "later": later.pk,
        "person": there[0].pk,
        "absent": absent.pk,
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


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_ticked_people_are_moved_without_javascript(page: Page, live_server, world):
    signed_in(page, live_server, world["official"])
    page.goto(f"{live_server.url}/gelombang/{world['wave']}/peserta/")
    for name in ("Warga 005", "Warga 006"):
        page.get_by_label(f"Pilih {name}").check()
    page.get_by_role("button", name="Pindahkan ke gelombang…").click()
    assert page.get_by_role("heading", name="2 peserta dipilih").is_visible()
    page.get_by_label("Gelombang 3").check()
    page.get_by_role("button", name="Pindahkan 2 orang").click()
    page.get_by_label("Saya setujui 5 kursi").check()
    page.get_by_role("button", name="Pindahkan 2 orang").click()
    assert page.get_by_text("2 orang dipindahkan ke Gelombang 3.").is_visible()
    moved = Enrolment.objects.filter(head__name__in=["Warga 005", "Warga 006"])
    assert {wave_of(one) for one in moved} == {3}
