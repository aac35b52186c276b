"""The rehearsal says what pressing the button would do, and does nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Enrolment
from participants.queries.rehearsal import rehearsal_of
from participants.use_cases.invite_participants import InvitationRefused, invite_participants
from rtportal.messaging.models import Message, OptOut, WhatsAppTemplate
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def whatsapp(settings):
    """A new WhatsApp account: 250 people a day."""
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_NUMBER_ID = "x", "1"
    settings.WHATSAPP_PEOPLE_PER_DAY, settings.WHATSAPP_PRICE = 250, 350
    WhatsAppTemplate.objects.create(
        kind="invitation", name="undangan", body="Undangan {{1}}", status="approved", changed_at=NOW
    )


@pytest.fixture
def wave(db):
    factories.regions(factories.TABALONG)
    return factories.wave(venue=factories.venue(capacity=2000))


def lines(rehearsal) -> dict[str, tuple[int, int]]:
    return {line.label: (line.first, line.later) for line in rehearsal.lines}


def test_it_counts_who_is_told_over_which_channel_first_and_how_far_the_chain_goes(wave):
    factories.heads(2)
    factories.head(number="900", email="")
    factories.head(number="901", email="", phone="")
    found = rehearsal_of(wave, now=NOW)
    assert lines(found) == {"Kotak masuk percobaan": (2, 0), "WhatsApp petugas": (1, 2), "Surat": (1, 3)}
    assert found.depths == [(2, 2), (1, 1), (0, 1)]
    assert (found.heads, found.lost_count, found.cost) == (4, 0, 0)
    assert found.forecast.first_at == found.forecast.last_at == NOW


def test_three_real_heads_are_previewed_over_different_channels_and_nothing_stays(wave):
    factories.heads(5)
    factories.head(number="900", email="", name="Hanya Telepon")
    factories.head(number="901", email="", phone="", name="Hanya Rumah")
    previews = rehearsal_of(wave, now=NOW).previews
    assert {preview.channel_label for preview in previews} == {"Kotak masuk percobaan", "WhatsApp petugas", "Surat"}
    for preview in previews:
        assert preview.head.full_name in preview.text
        assert "Rabu, 8 April 2026" in preview.text
        assert preview.subject
    assert not Enrolment.objects.exists()
    assert not Message.objects.exists()


def test_a_new_whatsapp_account_needs_four_days_for_951_and_the_cost_is_said(wave, whatsapp):
    factories.heads(951)
    wave.program.reach_chain = ["whatsapp", "letter"]
    found = rehearsal_of(wave, now=NOW)
    assert [people for _, people in found.days] == [250, 250, 250, 201]
    assert found.cost == 951 * 350
    assert found.forecast.last_at - NOW >= timedelta(days=3)
    assert found.forecast.late_count == 0


def test_whose_message_would_come_after_the_event_is_counted(wave, whatsapp):
    factories.heads(300)
    wave.program.reach_chain = ["whatsapp"]
    assert rehearsal_of(wave, now=wave.starts_at - timedelta(hours=5)).forecast.late_count == 50


def test_whom_nothing_reaches_is_named_with_the_reason_of_each_channel(wave):
    wave.program.reach_chain = ["inbox", "manual"]
    factories.head(number="900", email="", phone="", name="Tidak Ada")
    refusing = factories.head(number="901", email="a@rt.test", phone="", name="Tidak Mau")
    OptOut.objects.create(channel="inbox", address=refusing.email, since=NOW, source="uji")
    found = rehearsal_of(wave, now=NOW)
    nothing = "tidak ada alamat atau nomor yang dapat dipakai"
    assert [(lost.head.name, lost.why) for lost in found.lost] == [
        ("Tidak Ada", f"Kotak masuk percobaan: {nothing}; WhatsApp petugas: {nothing}"),
        ("Tidak Mau", f"Kotak masuk percobaan: tidak mau menerima pesan lagi; WhatsApp petugas: {nothing}"),
    ]
    assert found.lost_count == 2
    assert found.previews == []


def test_a_channel_that_brings_no_invitations_says_why(wave, settings):
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_NUMBER_ID = "x", "1"
    wave.program.reach_chain = ["whatsapp", "manual"]
    factories.heads(1)
    [first, _] = rehearsal_of(wave, now=NOW).lines
    assert (first.first, first.hindrance) == (0, "Templat WhatsApp untuk jenis pesan ini belum disetujui Meta.")


def test_the_fingerprint_holds_for_the_same_and_changes_with_people_channels_and_schedule(wave):
    [head] = factories.heads(1)
    prints = [rehearsal_of(wave, now=NOW).fingerprint]
    assert rehearsal_of(wave, now=NOW + timedelta(days=1)).fingerprint == prints[0]
    head.email = "lain@rt.test"
    head.save()
    prints.append(rehearsal_of(wave, now=NOW).fingerprint)
    wave.program.reach_chain = ["manual", "inbox"]
    prints.append(rehearsal_of(wave, now=NOW).fingerprint)
    factories.heads(1, district=JARO)
    wave.wave_areas.create(program=wave.program, region_id=JARO)
    prints.append(rehearsal_of(wave, now=NOW).fingerprint)
    factories.publish(wave)
    prints.append(rehearsal_of(wave, now=NOW).fingerprint)
    assert len(set(prints)) == 5


def test_another_preference_since_the_rehearsal_refuses_the_button(wave):
    [head] = factories.heads(1)
    seen = rehearsal_of(wave, now=NOW).fingerprint
    head.preferred_channel = "letter"
    head.save()
    official = factories.user()
    with pytest.raises(InvitationRefused, match="berubah sejak gladi kirim"):
        invite_participants(wave_id=wave.pk, by=official, now=NOW, seen=seen)
    assert not Message.objects.exists()
    seen = rehearsal_of(wave, now=NOW).fingerprint
    invite_participants(wave_id=wave.pk, by=official, now=NOW, seen=seen)
    assert Message.objects.get().channel == "letter"


def test_newcomers_are_rehearsed_alone(wave):
    factories.heads(3)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    wave.refresh_from_db()
    factories.head(number="900", email="baru@rt.test")
    assert rehearsal_of(wave, now=NOW).heads == 1


def test_many_heads_cost_as_many_queries_as_few(wave, whatsapp):
    wave.program.reach_chain = ["whatsapp", "inbox", "manual", "letter"]
    counts = []
    for district, people in ((JARO, 3), (MURUNG_PUDAK, 60)):
        factories.heads(people, district=district)
        other = factories.wave(program=wave.program, number=people, areas=(district,)) if district == JARO else wave
        with CaptureQueriesContext(connection) as queries:
            rehearsal_of(other, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
