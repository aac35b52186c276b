from datetime import date, timedelta

import pytest

from participants.models import RTHead
from participants.use_cases.replace_head import ReplacementRefused
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.successors import successor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


def test_the_new_head_is_in_office_and_the_term_of_the_old_one_ends_the_day_before(official):
    old = factories.head(term_starts_on=date(2020, 1, 1))
    successor(old, official)
    new = RTHead.objects.current().get()
    old.refresh_from_db()
    assert (old.is_current, old.term_ends_on) == (False, date(2026, 2, 28))
    assert (new.rt_id, new.full_name, new.phone) == (old.rt_id, "Hj. Nor Hayati, S.Pd.", "+6281311112222")
    assert (new.term_starts_on, new.status, new.is_synthetic) == (date(2026, 3, 1), "definitif", False)


def test_titles_may_stand_in_fields_of_their_own(official):
    successor(factories.head(), official, name="Nor Hayati", front="Hj.", back="S.E.")
    assert RTHead.objects.current().get().full_name == "Hj. Nor Hayati, S.E."


def test_an_rt_without_invitations_only_gets_its_head(official):
    assert successor(factories.head(), official, phone="", email="").seats == 0
    event = AuditEvent.objects.get(action="head.replaced")
    assert "Ahmad Fauzi → Hj. Nor Hayati, S.Pd." in event.sentence
    assert event.actor == official


@pytest.mark.parametrize(
    ("wishes", "field", "words"),
    [
        ({"name": "H. AHMAD  FAUZI"}, "name", "sama dengan ketua yang sekarang"),
        ({"name": " "}, "name", "Isi nama"),
        ({"name": "12345"}, "name", "Isi nama"),
        ({"name": "Nor\0Hayati"}, "name", "tidak dapat disimpan"),
        ({"name": "N" * 121}, "name", "terlalu panjang: 121"),
        ({"front": "H" * 41}, "front", "Gelar depan terlalu panjang"),
        ({"phone": "0526 2021234"}, "phone", "0526"),
        ({"phone": "0812\0"}, "phone", "tidak dapat disimpan"),
        ({"email": "nor@"}, "email", "e-mail tidak benar"),
        ({"status": "seumur hidup"}, "status", "Pilih Definitif"),
        ({"starts_on": TODAY + timedelta(days=1)}, "starts_on", "belum tiba"),
        ({"starts_on": date(2019, 12, 31)}, "starts_on", "lebih awal daripada awal masa bakti Ahmad Fauzi"),
        ({"ends_on": date(2026, 2, 27)}, "ends_on", "lebih awal daripada awalnya"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}, "ends_on", "sudah berakhir"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(official, wishes, field, words):
    old = factories.head(term_starts_on=date(2020, 1, 1))
    with pytest.raises(ReplacementRefused, match=words) as refused:
        successor(old, official, **wishes)
    assert refused.value.field == field
    old.refresh_from_db()
    assert (old.is_current, old.term_ends_on, RTHead.objects.count()) == (True, None, 1)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("wishes", "field"), [({"starts_on": date.min}, "starts_on"), ({"ends_on": date.max}, "ends_on")]
)
def test_a_year_that_nobody_means_is_refused(official, wishes, field):
    # Nothing is known of the former term that it could be compared with.
    with pytest.raises(ReplacementRefused, match="tidak wajar") as refused:
        successor(factories.head(), official, **wishes)
    assert refused.value.field == field
    assert RTHead.objects.get().is_current


def test_somebody_who_was_replaced_already_is_not_replaced_again(official):
    old = factories.head()
    successor(old, official)
    with pytest.raises(ReplacementRefused, match="sekarang dipimpin Hj"):
        successor(old, official, name="Budi Santoso")
    assert RTHead.objects.current().get().name == "Nor Hayati"


def test_today_is_that_of_the_region(official):
    # Half past midnight in Tabalong, still the day before in UTC.
    night = NOW.replace(hour=16, minute=30)
    successor(factories.head(), official, starts_on=TODAY + timedelta(days=1), now=night)
    assert RTHead.objects.current().get().term_starts_on == date(2026, 3, 3)
