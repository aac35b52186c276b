import re

import pytest
from django.urls import reverse

from participants.use_cases.invite_participants import invite_participants
from rtportal.audit.models import AuditEvent
from rtportal.messaging.kinds import render
from rtportal.messaging.models import Message, Wording
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db

GOOD = {
    "number": "0",
    "subject": "Undangan {program}",
    "text": "Yth. {nama}, kami tunggu {waktu}.\n\n{tautan}",
    "short": "{nama}: {tautan}",
    "aksi": "simpan",
}


@pytest.fixture
def wave():
    factories.regions(MURUNG_PUDAK)
    factories.head(name="Ahmad Fauzi", email="a@rt.test")
    made = factories.wave(program=factories.program(name="Bimtek 2026"))
    invite_participants(wave_id=made.pk, by=factories.user(), now=NOW)
    return made


@pytest.fixture
def admin(client, wave):
    client.force_login(factories.user(role="admin"))
    return client


def editor(wave, kind: str = "invitation") -> str:
    return reverse("participants:wording_update", args=[wave.program_id, kind])


def content():
    [message] = Message.objects.all()
    return render([message])[message.pk]


def test_the_list_names_every_kind_with_its_words(admin, wave):
    page = admin.get(reverse("participants:wording_list", args=[wave.program_id])).content.decode()
    assert "Undangan narasumber" in page
    assert "versi 1" not in page
    admin.post(editor(wave), GOOD)
    assert "versi 1" in admin.get(reverse("participants:wording_list", args=[wave.program_id])).content.decode()


def test_saved_words_are_sent_instead_of_the_portals(admin, wave):
    assert admin.post(editor(wave), GOOD).status_code == 302
    assert content().subject == "Undangan Bimtek 2026"
    assert content().text.startswith("Yth. Ahmad Fauzi, kami tunggu Rabu, 8 April 2026")
    assert content().short.startswith("Ahmad Fauzi: http")
    event = AuditEvent.objects.get(action="wording.saved")
    assert event.sentence == "Mengubah kata-kata “Undangan” menjadi versi 1."
    assert event.subject == f"program:{wave.program_id}"


def test_other_programmes_keep_their_words(admin, wave):
    other = factories.program()
    admin.post(reverse("participants:wording_update", args=[other.pk, "invitation"]), GOOD)
    assert content().text.startswith("Assalamualaikum")


def test_the_portals_words_saved_again_are_the_portals_words(admin, wave):
    admin.post(editor(wave), GOOD)
    page = admin.get(editor(wave) + "?versi=0")
    default = page.context["form"].initial
    admin.post(editor(wave), {**default, "aksi": "simpan"})
    newest = Wording.objects.first()
    assert (newest.number, newest.subject, newest.text, newest.short) == (2, "", "", "")
    assert content().text.startswith("Assalamualaikum")
    assert AuditEvent.objects.filter(action="wording.reset").exists()


def test_an_earlier_version_can_be_taken_again(admin, wave):
    admin.post(editor(wave), GOOD)
    admin.post(editor(wave), GOOD | {"number": "1", "subject": "Lain"})
    page = admin.get(editor(wave) + "?versi=1")
    assert page.context["form"].initial["subject"] == "Undangan {program}"
    assert page.context["form"].initial["number"] == 2


def test_the_same_words_again_make_no_version(admin, wave):
    admin.post(editor(wave), GOOD)
    admin.post(editor(wave), GOOD | {"number": "1"})
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("text", "Yth. {namaa} {tautan}", "Kata {namaa} tidak dikenal; mungkin maksud Anda {nama}?"),
        ("subject", "{xyzzy}", "Kata {xyzzy} tidak dikenal."),
        ("text", "Yth. {nama}", "Teks ini harus memuat {tautan}."),
        ("short", "Yth. {nama}", "Teks ini harus memuat {tautan}."),
        ("text", "NIK 6309061203700001 {tautan}", "NIK tidak boleh ditulis di pesan."),
        ("text", "Yth. {nama {tautan}", "belum ditutup"),
        ("text", "\x00{tautan}", "nol"),
    ],
)
def test_words_that_cannot_be_sent_are_refused_and_nothing_typed_is_lost(admin, wave, field, text, sentence):
    page = admin.post(editor(wave), GOOD | {field: text})
    assert page.status_code == 200
    if "\x00" not in text:
        assert sentence in " ".join(page.context["form"].errors[field])
        assert page.context["form"][field].value() == text
    assert not Wording.objects.exists()


def test_whoever_saves_second_is_told_and_may_save_on_top(admin, wave):
    admin.post(editor(wave), GOOD)
    page = admin.post(editor(wave), GOOD | {"subject": "Lain"})
    assert "Isian Anda belum disimpan." in page.content.decode()
    assert Wording.objects.count() == 1
    number = re.search(r'name="number" value="(\d+)"', page.content.decode())[1]
    admin.post(editor(wave), GOOD | {"subject": "Lain", "number": number})
    assert Wording.objects.first().subject == "Lain"


def test_a_preview_reads_as_a_real_recipient_will_and_saves_nothing(admin, wave):
    page = admin.post(editor(wave), GOOD | {"aksi": "pratinjau"}, headers={"HX-Request": "true"})
    body = page.content.decode()
    assert "Yth. Ahmad Fauzi, kami tunggu Rabu, 8 April 2026" in body
    assert "<html" not in body
    assert " SMS" in body
    assert not Wording.objects.exists()


def test_a_preview_shows_nobody_the_link_or_code_of_a_recipient(admin, wave):
    enrolment = wave.enrolments.get()
    enrolment.short_code = "KQ73MV"
    enrolment.save()
    body = admin.post(editor(wave), GOOD | {"aksi": "pratinjau", "text": "{kode} {tautan}"}).content.decode()
    assert factories.token_of(enrolment.link_id) not in body
    assert "KQ7-3MV" not in body
    assert f"/u/{'x' * 27}/" in body


def test_a_preview_says_why_it_cannot_be_shown(admin, wave):
    page = admin.post(editor(wave), GOOD | {"aksi": "pratinjau", "text": "{namaa}"})
    assert "mungkin maksud Anda {nama}?" in page.content.decode()


@pytest.mark.parametrize("kind", ["schedule_changed", "wave_cancelled", "reminder_substitute", "speaker_invitation"])
def test_a_kind_that_is_due_to_nobody_is_shown_with_examples(admin, wave, kind):
    page = admin.get(editor(wave, kind))
    assert page.context["preview"].is_example
    assert not page.context["preview"].fault


def test_an_official_reads_the_words_and_only_an_admin_changes_them(client, wave):
    client.force_login(factories.user())
    assert client.get(editor(wave)).status_code == 200
    assert client.post(editor(wave), GOOD).status_code == 403


def test_an_unknown_kind_is_not_found(admin, wave):
    assert admin.get(editor(wave, "unheard-of")).status_code == 404


@pytest.mark.parametrize(
    "query", ["?versi=99", "?versi=x", "?penerima=x", "?penerima=99999999999999999999", "?cari=%00"]
)
def test_an_odd_address_shows_the_page(admin, wave, query):
    assert admin.get(f"{editor(wave)}?{query}").status_code == 200


def test_a_nul_in_the_search_for_a_recipient_is_left_out(client, admin, wave):
    assert client.get(editor(wave), {"cari": "a\0"}).status_code == 200
