"""The editor of a message's words in a real browser, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from participants.use_cases.invite_participants import invite_participants
from rtportal.messaging.models import Wording
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def editor(live_server, page: Page) -> Page:
    """The list of kinds, opened by an admin of a programme with two invited heads."""
    factories.regions(MURUNG_PUDAK)
    factories.head(name="Ahmad Fauzi", email="a@rt.test")
    factories.head(name="Budi Santoso", email="b@rt.test", number="006")
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    client = Client()
    client.force_login(factories.user(role="admin"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/program/{wave.program_id}/kata/")
    return page


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_preview_follows_what_is_typed_and_chosen(editor: Page, size):
    editor.set_viewport_size(size)
    complaints = []
    editor.on("console", lambda message: complaints.append(message.text))
    editor.get_by_role("link", name="Ubah Undangan", exact=True).click()
    subject = editor.get_by_label("Perihal")
    subject.fill("Undangan ")
    editor.get_by_role("button", name="Sisipkan nama", exact=True).click()
    assert subject.input_value() == "Undangan {nama}"
    editor.locator("#preview", has_text="Undangan Ahmad Fauzi").wait_for()
    editor.get_by_label("Untuk").select_option(index=1)
    editor.locator("#preview", has_text="Undangan Budi Santoso").wait_for()
    # On a slow machine the next keystroke takes back the preview under way; htmx complains of that as of nothing else.
    taken_back = ("htmx:afterRequest", "htmx:sendAbort")
    assert [words for words in complaints if not words.startswith(taken_back)] == []
    assert editor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(editor).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_words_are_previewed_and_saved_without_javascript(editor: Page):
    editor.get_by_role("link", name="Ubah Undangan", exact=True).click()
    editor.get_by_label("Perihal").fill("Undangan {nama}")
    editor.get_by_role("button", name="Pratinjau").click()
    assert "Undangan Ahmad Fauzi" in editor.locator("#preview").inner_text()
    editor.get_by_role("button", name="Simpan").click()
    assert "Disimpan sebagai versi 1." in editor.content()
    assert Wording.objects.get().subject == "Undangan {nama}"
