"""What cannot be taken back, tells many people or shows NIK in full asks for a fresh proof; the rest does not."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from rtportal.documents.models import GeneratedFile
from rtportal.lib import clock
from rtportal.web.step_up import SESSION_KEY
from tests import factories
from tests.rtportal.everything import everything

pytestmark = pytest.mark.django_db

MANY = ",".join(str(number) for number in range(1, 7))
# Address, the thing it names, and what is sent.
DANGEROUS = [
    ("participants:invitations_open", "wave", {}),
    ("participants:held_send", "wave", {"alasan": "mendesak"}),
    ("participants:absent_invite", "wave", {"target": "1"}),
    ("participants:wave_cancel", "wave", {"reason": "banjir"}),
    ("participants:enrolments_move", "wave", {"peserta": MANY}),
    ("programs:schedule_publish", "wave", {}),
    ("programs:wave_update", "wave", {"pratinjau": "x"}),
    ("documents:export_create", "export", {"full": "on", "format": "xlsx"}),
    ("trust:official_invite", "", {"name": "Nor Baru"}),
    ("trust:invitation_resend", "official_invitation", {}),
    ("trust:assignment_add", "official", {"role": "viewer"}),
    ("trust:assignment_change", "assignment", {"role": "viewer"}),
    ("trust:assignment_end", "assignment", {}),
    ("trust:official_deactivate", "official", {}),
    ("trust:official_reactivate", "official", {}),
    ("trust:official_factor_reset", "official", {}),
    ("mfa_activate_totp", "", {"code": "000000"}),
]
HARMLESS = [
    ("participants:enrolments_move", "wave", {"peserta": "1,2,3,4,5"}),
    ("programs:wave_update", "wave", {"title": "Lain"}),
    ("documents:export_create", "export", {"format": "xlsx"}),
    ("trust:invitation_withdraw", "official_invitation", {}),
]


@pytest.fixture
def world():
    return everything()


def long_signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = clock.now().timestamp() - 601
    session.save()
    return client


def send(world, name: str, thing: str, sent: dict) -> str:
    people, things = world
    client = long_signed_in(people["admin"])
    return client.post(reverse(name, args=things[thing]), sent).text


@pytest.mark.parametrize(("name", "thing", "sent"), DANGEROUS, ids=[name for name, _, _ in DANGEROUS])
def test_a_dangerous_step_asks_first_and_keeps_what_was_sent(world, name, thing, sent):
    page = send(world, name, thing, sent)
    assert "Pastikan ini Anda" in page
    for field, value in sent.items():
        assert f'name="{field}" value="{value}"' in page


@pytest.mark.parametrize(("name", "thing", "sent"), HARMLESS, ids=[name for name, _, _ in HARMLESS])
def test_another_step_goes_on(world, name, thing, sent):
    assert "Pastikan ini Anda" not in send(world, name, thing, sent)


def test_a_file_in_full_is_fetched_with_a_fresh_proof_and_a_masked_one_without(world):
    people, things = world
    client, address = long_signed_in(people["admin"]), reverse("documents:file_download", args=things["file"])
    assert client.get(address).status_code == 302
    GeneratedFile.objects.update(is_unmasked=True)
    assert "Pastikan ini Anda" in client.get(address).text
    GeneratedFile.objects.update(is_unmasked=False, export="salinan-data")
    assert "Pastikan ini Anda" in client.get(address).text


def test_everything_about_one_person_and_a_roster_with_its_numbers_ask_too(world):
    people, things = world
    client, (head,) = long_signed_in(people["admin"]), things["head"]
    asked = client.post("/ekspor/salinan-data/buat/", {"head": head, "format": "pdf"})
    assert f'name="head" value="{head}"' in asked.text
    assert "Pastikan ini Anda" in client.get(reverse("participants:import_copy", args=things["roster_import"])).text


def test_looking_at_a_form_asks_nothing(world):
    people, things = world
    client = long_signed_in(people["admin"])
    for name in ("participants:wave_cancel", "programs:schedule_publish", "programs:wave_update"):
        assert "Pastikan ini Anda" not in client.get(reverse(name, args=things["wave"])).text


def test_every_page_that_changes_a_second_factor_stands_behind_a_proof():
    """django-allauth's own question is switched off for them: `ClosedAccountAdapter.is_reauthentication_required`."""
    asks = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if getattr(pattern.callback, "asks_fresh_proof", False)
    }
    open_ones = {"mfa_index", "mfa_list_webauthn", "mfa_authenticate", "mfa_login_webauthn"}
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if (pattern.name or "").startswith("mfa_")
    }
    assert names - open_ones <= asks


def test_the_proof_of_a_password_lets_the_step_go_on(world):
    people, things = world
    client, address = long_signed_in(people["admin"]), reverse("trust:official_deactivate", args=things["official"])
    sent = {"bukti-dari": "POST", "bukti-password": factories.PASSWORD}
    assert "dinonaktifkan" in client.post(address, sent, follow=True).text
