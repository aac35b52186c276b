"""Incidents: the clock from discovery, every change kept, notices with what the law asks for."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from rtportal.lib import clock
from rtportal.privacy.incident_words import AGENCY, PEOPLE, notice_of
from rtportal.privacy.models import Incident, IncidentChange
from rtportal.privacy.queries.incidents import overdue_notices
from rtportal.privacy.use_cases.mark_told import mark_told
from rtportal.privacy.use_cases.save_incident import IncidentRefused, save_incident
from tests import factories
from tests.rtportal.privacy.incidents import facts, incident

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def admin():
    factories.regions()
    return factories.user(role="admin")


def changed(row: Incident, by, version: int = 1, **changes) -> Incident:
    return save_incident(incident=row, region=row.region, version=version, facts=facts(NOW, **changes), by=by, now=NOW)


def test_the_notice_is_due_three_days_after_the_discovery(admin) -> None:
    row = incident(by=admin, now=NOW)
    assert row.due_at == NOW - timedelta(hours=2) + timedelta(hours=72)


def test_a_discovery_to_come_is_refused(admin) -> None:
    with pytest.raises(IncidentRefused, match="belum tiba"):
        incident(by=admin, now=NOW, discovered_at=NOW + timedelta(minutes=1))


def test_every_change_is_kept_with_what_was_before(admin) -> None:
    row = changed(incident(by=admin, now=NOW), admin, people_count=72)
    newest = row.changes.first()
    assert newest.facts == {"people_count": [71, 72]}
    changed(row, admin, version=2, people_count=72)
    assert IncidentChange.objects.count() == 2


@pytest.mark.parametrize("what", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_written_down(admin, what: str) -> None:
    incident(by=admin, now=NOW)
    rows = IncidentChange.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(sentence="x") if what == "update" else rows._raw_delete(rows.db)


def test_an_edit_on_top_of_somebody_elses_is_refused(admin) -> None:
    row = incident(by=admin, now=NOW)
    changed(row, admin, people_count=72)
    with pytest.raises(IncidentRefused, match="petugas lain"):
        changed(row, admin, people_count=73)


def test_the_notice_says_what_the_law_asks_for(admin) -> None:
    row = incident(by=admin, now=NOW)
    for to in (PEOPLE, AGENCY):
        text = notice_of(row, to).text
        for fact in (row.data_kinds, row.happened, clock.moment_words(row.discovered_at, "WITA")):
            assert fact in text
    assert "71 orang" in notice_of(row, AGENCY).text
    assert "Pasal 46" in notice_of(row, AGENCY).text
    assert notice_of(row, PEOPLE).lacks == ["upaya penanganan dan pemulihan"]


def test_nobody_is_told_before_the_notice_is_whole(admin) -> None:
    row = incident(by=admin, now=NOW)
    with pytest.raises(IncidentRefused, match="penanganan dan pemulihannya"):
        mark_told(incident=row, whom=PEOPLE, by=admin, now=NOW)


def test_it_closes_only_when_both_were_told(admin) -> None:
    row = incident(by=admin, now=NOW, remedy="Lembarnya sudah diambil kembali.")
    row = mark_told(incident=row, whom=PEOPLE, by=admin, now=NOW)
    closing = {"remedy": "Lembarnya sudah diambil kembali.", "state": "closed"}
    with pytest.raises(IncidentRefused, match="belum dapat ditutup"):
        changed(row, admin, version=2, **closing)
    row = mark_told(incident=row, whom=AGENCY, by=admin, now=NOW)
    assert changed(row, admin, version=3, **closing).state == "closed"


def test_telling_twice_keeps_the_first_moment(admin) -> None:
    row = incident(by=admin, now=NOW, remedy="Diambil kembali.")
    mark_told(incident=row, whom=PEOPLE, by=admin, now=NOW)
    again = mark_told(incident=row, whom=PEOPLE, by=admin, now=NOW + timedelta(hours=1))
    assert again.people_told_at == NOW


def test_an_overdue_notice_is_a_trouble_that_names_no_place(admin) -> None:
    row = incident(by=admin, now=NOW)
    assert overdue_notices(NOW) == []
    [trouble] = overdue_notices(row.due_at)
    assert not trouble.is_outage
    assert "Tabalong" not in trouble.sentence
