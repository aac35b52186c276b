"""Second factors and invitations as people meet them: a real browser, with an authenticator of its own."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import CDPSession, Page, expect

from rtportal.accounts.models import User
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(autouse=True)
def for_admins(settings):
    settings.SECOND_FACTOR = "admins"
    factories.regions()


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def screen(page: Page, request) -> Page:
    page.set_viewport_size(request.param)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def is_clean(page: Page) -> None:
    """Nothing refused by the policy, nothing wider than the screen, nothing axe objects to."""
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(clock.now().timestamp()) // 30))


def sign_in(page: Page, address: str, email: str, password: str = factories.PASSWORD) -> None:
    page.goto(f"{address}/akun/masuk/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()


def sign_out(page: Page, address: str) -> None:
    page.goto(f"{address}/akun/keluar/")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()


def with_virtual_authenticator(page: Page) -> CDPSession:
    """A passkey store with a finger that always fits, as a telephone has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_an_admin_sets_up_an_app_signs_in_by_it_and_invites_an_official_who_accepts(screen, live_server, settings):
    settings.BASE_URL = live_server.url
    admin = factories.user(role="admin", name="Ibu Admin", email="admin@tabalong.test")
    sign_in(screen, live_server.url, admin.email)
    expect(screen.get_by_role("heading", name="Pasang pengaman kedua dahulu")).to_be_visible()
    is_clean(screen)
    screen.get_by_role("link", name="Pasang aplikasi kode").click()
    is_clean(screen)
    secret = screen.get_by_role("textbox", name="Tidak dapat memindai?").input_value()
    screen.get_by_label("Kode 6 angka").fill(code_of(secret))
    screen.get_by_role("button", name="Pasang", exact=True).click()
    expect(screen.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    assert len(screen.locator(".trust-codes li").all()) == 10
    is_clean(screen)

    sign_out(screen, live_server.url)
    sign_in(screen, live_server.url, admin.email)
    expect(screen.get_by_role("heading", name="Langkah kedua")).to_be_visible()
    is_clean(screen)
    screen.get_by_label("Kode pengaman").fill(code_of(secret))
    screen.get_by_role("button", name="Masuk").click()

    expect(screen.get_by_role("heading", name="Yang perlu dikerjakan")).to_be_visible()
    screen.goto(f"{live_server.url}/petugas/")
    is_clean(screen)
    screen.get_by_role("link", name="Undang petugas").click()
    is_clean(screen)
    screen.get_by_label("Nama lengkap").fill("Nor Baru")
    screen.get_by_label("Alamat e-mail").fill("baru@tabalong.test")
    screen.get_by_label("Peran").select_option(label="Admin kabupaten/kota")
    screen.get_by_label("Wilayah").fill("Kecamatan Jaro")
    screen.get_by_role("button", name="Buat undangan").click()
    expect(screen.get_by_text("Undangan dikirim ke baru@tabalong.test.")).to_be_visible()
    is_clean(screen)
    link = screen.get_by_role("textbox", name="Tautan undangan").input_value()
    assert link in mail.outbox[-1].body
    sign_out(screen, live_server.url)

    screen.goto(link)
    is_clean(screen)
    screen.get_by_label("Kata sandi baru").fill("rumah kayu di tepi sungai")
    screen.get_by_label("Kata sandi sekali lagi").fill("rumah kayu di tepi sungai")
    screen.get_by_role("button", name="Simpan dan masuk").click()
    expect(screen.get_by_role("heading", name="Pasang pengaman kedua dahulu")).to_be_visible()
    screen.goto(link)
    expect(screen.get_by_role("heading", name="Undangan tidak berlaku lagi")).to_be_visible()
    new = User.objects.get(email="baru@tabalong.test")
    assert list(new.assignments.values_list("role", "region_id")) == [("admin", factories.JARO)]


def test_a_passkey_is_added_and_is_enough_to_sign_in(screen, live_server):
    admin = factories.user(role="admin", email="admin@tabalong.test")
    with_virtual_authenticator(screen)
    sign_in(screen, live_server.url, admin.email)
    screen.get_by_role("link", name="Tambah kunci sandi").click()
    is_clean(screen)
    screen.get_by_label("Nama kunci ini").fill("Laptop kantor")
    screen.get_by_role("button", name="Buat kunci sandi").click()
    expect(screen.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    screen.goto(f"{live_server.url}/akun/pengaman/kunci-sandi/")
    expect(screen.get_by_text("Laptop kantor").first).to_be_visible()
    is_clean(screen)

    sign_out(screen, live_server.url)
    screen.goto(f"{live_server.url}/akun/masuk/")
    screen.get_by_role("button", name="Pakai kunci sandi").click()
    expect(screen.get_by_role("heading", name="Yang perlu dikerjakan")).to_be_visible()


def test_a_passkey_is_the_second_step_and_the_fresh_proof(screen, live_server, settings):
    admin = factories.user(role="admin", email="admin@tabalong.test")
    official = factories.user(name="Budi Santoso")
    with_virtual_authenticator(screen)
    sign_in(screen, live_server.url, admin.email)
    screen.get_by_role("link", name="Tambah kunci sandi").click()
    screen.get_by_label("Boleh masuk dengan kunci ini saja").uncheck()
    screen.get_by_role("button", name="Buat kunci sandi").click()
    expect(screen.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    sign_out(screen, live_server.url)
    sign_in(screen, live_server.url, admin.email)
    is_clean(screen)
    screen.get_by_role("button", name="Pakai kunci sandi").click()
    expect(screen.get_by_role("heading", name="Yang perlu dikerjakan")).to_be_visible()

    # Every proof is too old at once.
    settings.STEP_UP_SECONDS = -1
    screen.goto(f"{live_server.url}/petugas/{official.pk}/")
    is_clean(screen)
    screen.get_by_role("button", name="Nonaktifkan akun").click()
    expect(screen.get_by_role("heading", name="Pastikan ini Anda")).to_be_visible()
    is_clean(screen)
    screen.get_by_role("button", name="Pakai kunci sandi").click()
    expect(screen.get_by_text(re.compile("Akun Budi Santoso dinonaktifkan"))).to_be_visible()


def test_whoever_lost_the_passkey_signs_in_by_a_recovery_code(screen, live_server):
    admin = factories.user(role="admin", email="admin@tabalong.test")
    authenticator = with_virtual_authenticator(screen)
    sign_in(screen, live_server.url, admin.email)
    screen.get_by_role("link", name="Tambah kunci sandi").click()
    screen.get_by_role("button", name="Buat kunci sandi").click()
    expect(screen.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    codes = screen.locator(".trust-codes li").all_inner_texts()
    sign_out(screen, live_server.url)
    authenticator.send("WebAuthn.disable")
    authenticator.send("WebAuthn.enable")
    sign_in(screen, live_server.url, admin.email)
    screen.get_by_label("Kode pengaman").fill(codes[0])
    screen.get_by_role("button", name="Masuk").click()
    expect(screen.get_by_role("heading", name="Yang perlu dikerjakan")).to_be_visible()


def test_the_list_of_devices(screen, live_server):
    official = factories.user(email="petugas@tabalong.test")
    sign_in(screen, live_server.url, official.email)
    screen.goto(f"{live_server.url}/akun/perangkat/")
    expect(screen.get_by_text("perangkat ini")).to_be_visible()
    is_clean(screen)
    screen.goto(f"{live_server.url}/akun/pengaman/")
    is_clean(screen)
