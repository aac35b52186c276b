"""The list of answers on a telephone in one hand, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from participants.models import Enrolment
from programs.models import Program
from rtportal.lib import clock
from tests import factories
from tests.participants.substitutes import name_substitute
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST_TARGET = 48


@pytest.fixture
def phone(live_server, browser):
    """The signed-in telephone of the operator of three heads, the first of whom is represented."""
    people = enrol(coming_waves()[0], 3)
    Program.objects.update(substitutes="approved", substitute_letter=True)
    name_substitute(people[0], now=clock.now())
    client = Client()
    client.force_login(factories.user(role="village_operator", region=people[0].village_id))
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False, has_touch=True
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_one_after_the_other_is_written_down(phone):
    phone.goto("/")
    phone.get_by_role("link", name="Hubungi 2 yang belum menjawab").click()
    second = phone.locator(".desk-row", has_text="Warga 002")
    second.get_by_text("Catat jawaban").click()
    second.get_by_role("button", name="Hadir").click()
    # Without a source nothing is written, and it says so where the finger is.
    expect(second.get_by_role("alert")).to_contain_text("Pilih bagaimana jawaban ini disampaikan")
    expect(second).to_be_in_viewport()
    second.get_by_label("telepon", exact=True).check()
    second.get_by_role("button", name="Hadir").click()
    expect(second).to_contain_text("Baru saja dicatat")
    expect(second).to_be_in_viewport()
    third = phone.locator(".desk-row", has_text="Warga 003")
    third.get_by_text("Catat jawaban").click()
    third.get_by_text("Berhalangan…").click()
    third.get_by_label("Alasan").fill("Menjaga cucu")
    # "Go" on the keyboard answers nothing.
    third.get_by_label("Alasan").press("Enter")
    expect(third.get_by_label("Alasan")).to_have_value("Menjaga cucu")
    assert Enrolment.objects.get(head__name="Warga 003").answer == ""
    third.get_by_role("button", name="Catat berhalangan").click()
    expect(third).to_contain_text("Menjaga cucu")
    written = Enrolment.objects.exclude(answer="represented").order_by("pk").values_list("answer", "answers__channel")
    assert list(written) == [("confirmed", "phone"), ("declined", "phone")]


def test_a_substitute_is_refused_and_the_head_is_to_be_asked_again(phone):
    phone.goto("/")
    phone.get_by_role("link", name="1 wakil menunggu keputusan Anda").click()
    first = phone.locator(".desk-row", has_text="Warga 001")
    first.get_by_text("Tolak wakil…").click()
    first.get_by_label("Alasan menolak").fill("Wakil harus pengurus RT.")
    first.get_by_role("button", name="Tolak Budi Santoso").click()
    phone.get_by_role("link", name="Belum 3").click()
    expect(first).to_contain_text("Wakil ditolak")
    expect(first).to_contain_text("Wakil harus pengurus RT.")


def test_it_fits_the_screen_has_large_targets_and_axe_finds_nothing(live_server, browser, phone):
    with_script = browser.new_context(
        viewport={"width": 360, "height": 740}, storage_state=phone.context.storage_state()
    )
    page = with_script.new_page()
    page.goto(f"{live_server.url}/jawaban/?keadaan=semua")
    for summary in page.locator(".desk-answer > summary, .desk-answer details > summary, .substitute summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    targets = page.locator(
        ".desk-row .btn, .desk-row summary, .desk-ways label, .desk-row input:visible, .desk-states a"
    )
    sizes = [box["height"] for target in targets.all() if (box := target.bounding_box())]
    radio = 20
    assert [size for size in sizes if size < SMALLEST_TARGET and size != radio] == []
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    with_script.close()
