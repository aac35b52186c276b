import pytest
from django.test import Client
from django.urls import reverse

from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import WhatsAppTemplate
from tests import factories
from tests.infra.temporary import free_port
from tests.rtportal.messaging.letters import LETTER
from tests.rtportal.messaging.whatsapp import steer, whatsapp_template

pytestmark = pytest.mark.django_db
LIST = "/pengaturan/whatsapp/"
BODY = "Yth. Bapak/Ibu, ada surat untuk Anda."


@pytest.fixture
def admin() -> Client:
    factories.regions()
    client = Client()
    client.force_login(factories.user(role="admin"))
    return client


@pytest.fixture
def meta(settings, whatsapp_stub):
    steer(settings, whatsapp_stub)
    return whatsapp_stub


def save(client: Client, **changes):
    data = {"body": BODY, "footer": "DPMD", "life_minutes": "60", "version": "0"} | changes
    return client.post(reverse("messaging:template_update", args=[LETTER]), data, follow=True)


def submit(client: Client, version: int = 1) -> str:
    response = client.post(reverse("messaging:template_submit", args=[LETTER]), {"version": version}, follow=True)
    return response.content.decode()


def check(client: Client) -> str:
    return client.post(reverse("messaging:template_check", args=[LETTER]), follow=True).content.decode()


def template() -> WhatsAppTemplate:
    return WhatsAppTemplate.objects.get(kind=LETTER)


def test_every_kind_stands_on_the_page(admin):
    page = admin.get(LIST).content.decode()
    assert "Surat uji" in page
    assert "belum ditulis" in page
    assert "WhatsApp belum diatur" in page


def test_the_list_makes_as_many_queries_for_many_templates_as_for_one(admin, django_assert_max_num_queries):
    whatsapp_template("invitation")
    with django_assert_max_num_queries(12):
        admin.get(LIST)
    whatsapp_template("reminder_unanswered")
    with django_assert_max_num_queries(12):
        admin.get(LIST)


def test_a_template_is_written_and_submitted(admin, meta):
    assert "disimpan" in save(admin).content.decode()
    assert "diajukan ke Meta" in submit(admin)
    row = template()
    assert (row.status, row.name) == ("pending", f"{LETTER}_v1")
    assert row.external_id
    [asked] = meta.submitted
    assert (asked["name"], asked["category"], asked["message_send_ttl_seconds"]) == (row.name, "UTILITY", 3600)
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {
        "whatsapp_template.saved",
        "whatsapp_template.submitted",
    }


def test_two_presses_ask_once(admin, meta):
    save(admin)
    submit(admin)
    assert "sudah diajukan" in submit(admin)
    assert len(meta.submitted) == 1


def test_other_words_are_another_draft_under_another_name(admin, meta):
    save(admin)
    submit(admin)
    save(admin, body="Yth. Bapak/Ibu, surat baru sudah ada.", version="1")
    assert (template().status, template().name, template().external_id) == ("draft", f"{LETTER}_v2", "")


def test_the_same_words_change_nothing(admin):
    save(admin)
    save(admin, version="1")
    assert template().version == 1


def test_words_that_meta_would_refuse_are_shown_beside_their_field_and_kept(admin):
    page = save(admin, body="Yth. {siapa}, ada surat untuk Anda.").content.decode()
    assert "{siapa}" in page
    assert "tidak dikenal" in page
    assert not WhatsAppTemplate.objects.exists()


@pytest.mark.parametrize("change", [{"body": ""}, {"life_minutes": "7"}, {"version": "9" * 30}, {"footer": "x" * 61}])
def test_what_cannot_be_typed_is_said_and_nothing_changes(admin, change):
    assert save(admin, **change).status_code == 200
    assert not WhatsAppTemplate.objects.exists()


def test_an_edit_on_top_of_somebody_elses_is_refused(admin):
    save(admin)
    assert "diubah petugas lain" in save(admin, body="Yth. Bapak/Ibu, lain lagi isinya.").content.decode()
    assert template().body == BODY


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "2"])
def test_a_version_that_nobody_saw_is_not_submitted(admin, meta, version):
    save(admin)
    submit(admin, version)
    assert (template().status, meta.submitted) == ("draft", [])


def test_without_an_account_nothing_is_asked(admin):
    save(admin)
    assert "belum diatur" in submit(admin)
    assert "belum diatur" in check(admin)
    assert template().status == "draft"


def test_what_meta_says_against_it_is_shown_and_it_is_a_draft_again(admin, meta):
    save(admin)
    meta.templates[f"{LETTER}_v1"] = "APPROVED"
    assert "Meta menolak pengajuan ini" in submit(admin)
    assert template().status == "draft"


def test_where_meta_cannot_be_reached_it_is_a_draft_again(admin, meta, settings):
    settings.WHATSAPP_API_URL = f"http://127.0.0.1:{free_port()}/v25.0"
    save(admin)
    assert "tidak dapat dihubungi" in submit(admin)
    assert template().status == "draft"


def test_a_dead_token_is_named(admin, meta, settings):
    settings.WHATSAPP_TOKEN = "old"
    save(admin)
    assert "WHATSAPP_TOKEN" in submit(admin)


def test_asking_meta_finds_what_its_report_would_have_said(admin, meta):
    save(admin)
    submit(admin)
    meta.templates[f"{LETTER}_v1"] = "APPROVED"
    assert "disetujui" in check(admin)
    assert template().status == "approved"


def test_a_submission_that_never_arrived_is_a_draft_again(admin, meta):
    save(admin)
    WhatsAppTemplate.objects.update(status="pending")
    check(admin)
    assert template().status == "draft"


def test_a_rejected_template_can_be_submitted_again_under_another_name(admin, meta):
    save(admin)
    WhatsAppTemplate.objects.update(status="rejected")
    save(admin, version="1")
    assert (template().status, template().name) == ("draft", f"{LETTER}_v2")


def test_a_kind_that_does_not_exist_has_no_page(admin):
    assert admin.get(reverse("messaging:template_update", args=["nothing"])).status_code == 404
    assert admin.post(reverse("messaging:template_submit", args=["nothing"])).status_code == 404
