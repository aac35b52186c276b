"""A published wave changes through a preview: mirrors `reschedule_wave` like its neighbour."""

import pytest

from participants.schedule_change import Acceptance
from programs.errors import Refusal
from programs.models import SpecialDay, Wave
from programs.use_cases.reschedule_wave import NeedsAcceptance
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, WAVE_DAY
from tests.participants.announcements import deliver, inbox, invited, waiting
from tests.programs.use_cases.rescheduling import A_WEEK, accepting, asked, change, later, preview_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(factories.TABALONG)
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


def test_a_draft_changes_at_once(wave):
    draft = factories.wave(program=wave.program, number=2, areas=(MUARA_UYA,), published=False)
    assert asked(draft, **later(draft)).local_day == WAVE_DAY + A_WEEK
    assert draft.publications.count() == 0


def test_a_published_wave_shows_first_what_changes_and_who_was_told_and_nothing_is_written(wave):
    invited(wave, 3)
    deliver()
    before = dict(wave.reminders.values_list("pk", "due_at"))
    preview = preview_of(wave, **later(wave))
    assert [change["label"] for change in preview.changes] == ["Waktu"]
    assert (preview.impact.told, preview.impact.due, preview.impact.queued) == (3, 3, 0)
    assert {move.after - move.before for move in preview.reminders} == {A_WEEK}
    wave.refresh_from_db()
    assert (wave.local_day, wave.version) == (WAVE_DAY, 1)
    assert dict(wave.reminders.values_list("pk", "due_at")) == before
    assert not AuditEvent.objects.filter(action="wave.changed").exists()


def test_accepting_publishes_the_next_version_and_each_person_told_gets_one_correction(wave):
    people = invited(wave, 3)
    deliver()
    session = factories.session(wave=wave)
    saved = change(wave, **later(wave), actor=factories.user())
    assert saved.publication.number == 2
    assert saved.publication.facts["agenda"][0]["starts_at"] == (session.starts_at + A_WEEK).isoformat()
    assert saved.hall_booking.starts_at == saved.starts_at
    assert [message.kind for message in waiting()] == ["schedule_changed"] * 3
    deliver()
    assert [len(inbox(person)) for person in people] == [2, 2, 2]


def test_a_number_or_an_area_changes_at_once_and_is_told_to_nobody(wave):
    invited(wave, 1)
    deliver()
    assert asked(wave, number=7, areas=[MURUNG_PUDAK, JARO, MUARA_UYA]).publication.number == 1
    assert waiting() == []


def test_another_edit_in_between_is_shown_anew(wave):
    acceptance = accepting(preview_of(wave, **later(wave)))
    factories.session(wave=wave)
    with pytest.raises(NeedsAcceptance) as needed:
        asked(wave, **later(wave), acceptance=acceptance)
    assert needed.value.is_new
    assert len(needed.value.preview.changes) == 2


def test_people_told_meanwhile_are_shown_before_they_get_a_correction(wave):
    acceptance = accepting(preview_of(wave, **later(wave)))
    invited(wave, 2)
    deliver()
    with pytest.raises(NeedsAcceptance) as needed:
        asked(wave, **later(wave), acceptance=acceptance)
    assert needed.value.is_new
    assert needed.value.preview.impact.due == 2


def test_every_warning_must_be_ticked_and_is_kept_with_the_publication(wave):
    day = WAVE_DAY + A_WEEK
    SpecialDay.objects.create(region_id=factories.TABALONG, name="Hari Jadi", starts_on=day, ends_on=day)
    preview = preview_of(wave, **later(wave))
    (warning,) = preview.warnings
    with pytest.raises(NeedsAcceptance) as needed:
        asked(wave, **later(wave), acceptance=Acceptance(preview.token))
    assert not needed.value.is_new
    saved = change(wave, **later(wave))
    assert [entry["key"] for entry in saved.publication.acknowledged] == [warning.key]


def test_a_hall_that_is_taken_then_is_refused_outright(wave):
    other = factories.wave(program=factories.program(), areas=(MUARA_UYA,), on=WAVE_DAY + A_WEEK, venue=wave.venue)
    with pytest.raises(Refusal) as refusal:
        asked(wave, **later(wave))
    assert not isinstance(refusal.value, NeedsAcceptance)
    assert other.title in refusal.value.sentence


def test_a_cancelled_wave_cannot_be_changed(wave):
    Wave.objects.update(cancelled_at=NOW)
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        asked(wave, number=3)
