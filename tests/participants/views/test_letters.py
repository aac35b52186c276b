"""The pages where letters are printed and ticked off."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rtportal.audit.models import AuditEvent
from rtportal.documents.models import GeneratedFile
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW
from tests.participants.letters import letters, village, wave_by_letter

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def wave():
    return wave_by_letter(4)


@pytest.fixture
def operator(wave):
    return factories.user(role="village_operator", region=village().code, name="Nor Hayati")


@pytest.fixture
def desk(client, operator):
    client.force_login(operator)
    return client


def on_paper(*these: Message) -> None:
    Message.objects.filter(pk__in=[one.pk for one in these]).update(started_at=NOW)


def gather() -> list[Message]:
    """All letters in the operator's village."""
    Message.objects.filter(channel="letter").update(region_code=village().code)
    return letters()


def tick(desk, wave, **said):
    here = reverse("participants:letter_close", args=[wave.pk, village().code])
    return desk.post(here, said, follow=True).content.decode()


def test_the_list_counts_letters_by_wave_and_village(client, wave):
    first, second, *_ = gather()
    on_paper(first, second)
    Message.objects.filter(pk=second.pk).update(state=State.ACCEPTED)
    client.force_login(factories.user())
    line = client.get(reverse("participants:letter_list")).context["page"][0]
    assert (line.of, line.to_print, line.printed, line.handed_out, line.total) == (wave, 2, 1, 1, 4)
    answer = client.get(reverse("participants:letter_wave", args=[wave.pk]))
    assert [line.of for line in answer.context["page"]] == [village()]
    assert "Cetak 2 surat" in answer.content.decode()
    assert "Cetak ulang 1" in answer.content.decode()


def test_an_operator_counts_the_own_village_only(desk, wave):
    line = desk.get(reverse("participants:letter_list")).context["page"][0]
    assert line.total == 1


def test_the_button_asks_for_a_bundle_in_the_background(desk, wave):
    said = {"wave": wave.pk, "area": village().code, "format": "pdf"}
    answer = desk.post(reverse("documents:export_create", args=["surat"]), said)
    file = GeneratedFile.objects.get()
    assert (file.state, file.format, file.rows_total) == ("queued", "pdf", 1)
    assert answer.url == reverse("documents:file_detail", args=[file.pk])
    assert '0</span> dari <span class="num">1</span> surat' in desk.get(answer.url).content.decode()
    assert file in desk.get(reverse("documents:file_list")).context["page"]


def test_letters_are_no_spreadsheet(desk, wave):
    said = {"wave": wave.pk, "area": village().code, "format": "xlsx"}
    answer = desk.post(reverse("documents:export_create", args=["surat"]), said, follow=True)
    assert "Format berkas tidak dikenal. Yang ada: PDF." in answer.content.decode()
    assert not GeneratedFile.objects.exists()


def test_those_that_are_ticked_were_told(desk, wave):
    first, second, third, fourth = gather()
    on_paper(first, second, third)
    said = tick(desk, wave, surat=[first.pk, second.pk, fourth.pk], hasil="diserahkan")
    assert "2 surat ditandai sudah diserahkan." in said
    assert [one.state for one in letters()] == ["accepted", "accepted", "task", "task"]
    assert AuditEvent.objects.filter(action="message.task_told").count() == 1


def test_all_that_are_on_paper_are_ticked_at_once(desk, wave):
    first, second, third, _ = gather()
    on_paper(first, second, third)
    assert "3 surat ditandai sudah diserahkan." in tick(desk, wave, semua="1", hasil="diserahkan")
    assert [one.state for one in letters()] == ["accepted"] * 3 + ["task"]


def test_who_cannot_be_met_is_passed_on_or_given_up_with_the_reason(desk, wave):
    first, second, *_ = gather()
    on_paper(first, second)
    Message.objects.filter(pk=first.pk).update(route=[["manual", "+6281200000001"]], expires_at=None)
    said = tick(desk, wave, surat=[first.pk, second.pk], hasil="tidak-sampai", alasan="pindah\0 rumah " + "x" * 300)
    assert "2 surat ditandai tidak sampai" in said
    assert letters()[0].detail.startswith("Surat tidak sampai: pindah rumah x")
    assert [one.failure for one in letters()[:2]] == ["undelivered", "undelivered"]
    assert Message.objects.get(channel="manual").about_id == first.about_id


def test_two_who_tick_the_same_letter_tell_once(desk, wave):
    first, *_ = gather()
    on_paper(first)
    tick(desk, wave, surat=first.pk, hasil="diserahkan")
    said = tick(desk, wave, surat=first.pk, hasil="tidak-sampai")
    assert "sudah ditandai petugas lain" in said
    assert letters()[0].state == "accepted"
    assert letters()[0].attempt_count == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"hasil": "diserahkan"},
        {"hasil": "diserahkan", "surat": "x"},
        {"hasil": "diserahkan", "surat": "9" * 30},
        {"hasil": "?", "semua": "1"},
        {"surat": "1"},
    ],
)
def test_nonsense_changes_nothing(desk, wave, said):
    on_paper(*gather())
    tick(desk, wave, **said)
    assert {one.state for one in letters()} == {"task"}


def test_letters_of_another_village_are_out_of_reach(desk, wave):
    other = letters()[1]
    on_paper(other)
    tick(desk, wave, surat=other.pk, hasil="diserahkan")
    other.refresh_from_db()
    assert other.state == "task"
    for name in ("letter_village", "letter_close"):
        here = reverse(f"participants:{name}", args=[wave.pk, other.region_code])
        assert desk.post(here).status_code in {404, 405}
    assert desk.get(reverse("participants:letter_village", args=[wave.pk, other.region_code])).status_code == 404


def test_a_letter_that_tells_an_old_schedule_is_named(desk, wave):
    first, *_ = gather()
    on_paper(first)
    Message.objects.filter(pk=first.pk).update(edition=wave.publication_id)
    here = reverse("participants:letter_village", args=[wave.pk, village().code])
    assert "Jadwal berubah" not in desk.get(here).content.decode()
    wave.starts_at += timedelta(hours=1)
    wave.save()
    factories.publish(wave)
    said = desk.get(here).content.decode()
    assert "Jadwal berubah setelah surat dicetak" in said
    assert f"{first.recipient_name} ({first.address})." in said


def test_a_letter_that_was_withdrawn_after_printing_must_not_be_handed_out(desk, wave):
    first, *_ = gather()
    on_paper(first)
    Message.objects.filter(pk=first.pk).update(state=State.WITHDRAWN, detail="Diganti undangan dengan tautan baru.")
    said = desk.get(reverse("participants:letter_village", args=[wave.pk, village().code])).content.decode()
    assert "Jangan diserahkan:" in said
    assert f"{first.recipient_name} ({first.address}): Diganti undangan dengan tautan baru." in said


def test_names_are_only_text(desk, wave):
    Message.objects.update(recipient_name="<script>x</script>")
    said = desk.get(reverse("participants:letter_village", args=[wave.pk, village().code])).content.decode()
    assert "<script>x" not in said


def test_there_are_as_many_queries_for_one_letter_as_for_many(desk, wave, django_assert_num_queries):
    here = reverse("participants:letter_village", args=[wave.pk, village().code])
    on_paper(letters()[0])
    desk.get(here)
    with CaptureQueriesContext(connection) as one:
        desk.get(here)
    on_paper(*gather())
    with django_assert_num_queries(len(one)):
        desk.get(here)


def test_a_nul_in_a_code_is_no_fault_of_the_portals(desk, wave):
    code = f"{village().code}.\0"
    assert desk.get(reverse("participants:letter_village", args=[wave.pk, code])).status_code == 404
    asked = {"wave": str(wave.pk), "area": "63.09\0"}
    assert desk.post(reverse("documents:export_create", args=["surat"]), asked).status_code < 500
