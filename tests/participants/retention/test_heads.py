"""Who has left office long ago loses name and addresses, and still counts; whoever is needed stays."""

from datetime import date, datetime, timedelta

import pytest

from participants.models import Answer, Enrolment, RosterImport, RosterUndo, RTHead
from participants.use_cases.replace_head import replace_head
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.privacy.retention import GONE
from rtportal.privacy.use_cases.purge_expired import purge_expired
from rtportal.regions.codes import cut
from tests import factories
from tests.rtportal.privacy.agreements import agreed_admin

pytestmark = pytest.mark.django_db
NOW = clock.now()
TODAY = clock.local_date(NOW, "WITA")
LONG_AGO = clock.local_date(NOW - timedelta(days=1_000), "WITA")


@pytest.fixture
def former():
    factories.regions()
    agreed_admin()
    return factories.head(
        is_current=False,
        term_ends_on=LONG_AGO,
        gelar_depan="H.",
        email="ahmad@rt.test",
        nik_encrypted="x",
        nik_digest="y" * 64,
    )


def changed(action: str, region: str, *, at: datetime) -> None:
    record(at=at, actor=None, action=action, sentence="Berubah.", region_code=region, subject=f"region:{region}")


def purged(head: RTHead) -> bool:
    purge_expired(now=NOW)
    head.refresh_from_db()
    return head.name == GONE


def test_name_addresses_and_nik_go_and_the_seat_still_counts(former) -> None:
    wave = factories.wave(on=LONG_AGO)
    seat = factories.enrolment(
        wave=wave, head=former, answer="declined", answered_at=NOW, reason="Sakit", companion_name="Ibu Ani"
    )
    Answer.objects.create(enrolment=seat, kind="declined", reason="Sakit", channel="link", at=NOW)
    assert purged(former)
    assert (former.gelar_depan, former.phone, former.email, former.nik_encrypted, former.nik_digest) == ("",) * 5
    seat.refresh_from_db()
    assert (seat.answer, seat.reason, seat.companion_name, seat.short_code) == ("declined", "", GONE, None)
    assert seat.link_revoked_at
    assert Answer.objects.get().reason == ""


def test_whoever_is_in_office_stays(former) -> None:
    RTHead.objects.update(is_current=True)
    assert not purged(former)


def test_whoever_left_lately_stays(former) -> None:
    RTHead.objects.update(term_ends_on=clock.local_date(NOW - timedelta(days=100), "WITA"))
    assert not purged(former)


def test_whoever_is_in_an_open_programme_stays_though_their_wave_is_over(former) -> None:
    program = factories.program()
    factories.enrolment(wave=factories.wave(program=program, on=LONG_AGO), head=former)
    factories.wave(program=program, number=2, on=(NOW + timedelta(days=30)).date(), areas=(factories.JARO,))
    assert not purged(former)


def test_a_substitute_is_forgotten_but_that_somebody_came_is_not(former) -> None:
    RTHead.objects.update(is_current=True)
    seat = factories.enrolment(
        wave=factories.wave(on=LONG_AGO),
        head=former,
        answer="represented",
        answered_at=NOW,
        substitute_name="Pak Udin",
        substitute_phone="+6281200000000",
        substitute_relation="adik",
        substitute_key="udin",
    )
    assert not purged(former)
    seat.refresh_from_db()
    assert (seat.answer, seat.substitute_name, seat.substitute_phone, seat.substitute_key) == (
        "represented",
        GONE,
        "",
        "",
    )


def test_answers_of_a_wave_that_is_just_over_stay(former) -> None:
    yesterday = clock.local_date(NOW - timedelta(days=1), "WITA")
    factories.enrolment(
        wave=factories.wave(on=yesterday), head=former, reason="Sakit", answer="declined", answered_at=NOW
    )
    purge_expired(now=NOW)
    assert Enrolment.objects.get().reason == "Sakit"


def test_a_term_that_nobody_ended_ends_with_the_last_wave(former) -> None:
    RTHead.objects.update(term_ends_on=None)
    assert not purged(former)
    factories.enrolment(wave=factories.wave(on=date(2020, 4, 8)), head=former)
    assert purged(former)


def test_whoever_stayed_on_after_an_old_term_counts_from_the_day_of_leaving(former) -> None:
    RTHead.objects.update(is_current=True)
    replace_head(head=former, name="Nor Hayati", starts_on=TODAY, by=factories.user(), now=NOW)
    former.refresh_from_db()
    assert (former.term_ends_on, former.left_office_on) == (LONG_AGO, TODAY)
    assert not purged(former)
    RTHead.objects.filter(pk=former.pk).update(left_office_on=LONG_AGO)
    assert purged(former)


def test_a_term_without_an_end_counts_from_the_day_of_leaving(former) -> None:
    RTHead.objects.update(term_ends_on=None, left_office_on=TODAY)
    assert not purged(former)
    RTHead.objects.update(left_office_on=LONG_AGO)
    assert purged(former)


@pytest.mark.parametrize("action", ["head.replaced", "roster.applied", "roster.undone"])
@pytest.mark.parametrize("level", [2, 3, 4])
def test_whoever_left_without_a_day_counts_from_the_newest_change_around_the_rt(former, action, level) -> None:
    changed(action, cut(former.rt.village_id, level), at=NOW - timedelta(days=100))
    assert not purged(former)


def test_changes_elsewhere_and_of_long_ago_keep_nobody(former) -> None:
    changed("head.replaced", factories.villages_of(factories.JARO)[0].code, at=NOW)
    changed("roster.applied", factories.TABALONG, at=NOW - timedelta(days=900))
    changed("file.exported", factories.TABALONG, at=NOW)
    assert purged(former)


def test_whoever_a_roster_may_bring_back_stays_until_that_is_over(former) -> None:
    roster = RosterImport.objects.create(
        region_id=factories.TABALONG, uploaded_by=factories.user(), uploaded_at=NOW, filename="rt.xlsx"
    )
    changes = {"units": [], "created": [], "changed": [[former.pk, {"is_current": True}, ""]]}
    undo = RosterUndo.objects.create(roster_import=roster, changes=changes, until=NOW + timedelta(days=1))
    assert not purged(former)
    undo.until = NOW
    undo.save()
    assert purged(former)
