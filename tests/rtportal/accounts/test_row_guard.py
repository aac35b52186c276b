"""What PostgreSQL shows and takes, by whom a connection acts for."""

import os
import subprocess
import sys

import psycopg2
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from participants.models import RT, Enrolment, RTHead
from programs.models import Program, Venue, Wave
from rtportal.accounts.checks import check_database_role
from rtportal.accounts.row_guard import acting_as, beyond_scope
from rtportal.audit.models import AuditEvent
from rtportal.audit.record import record
from rtportal.env import BASE_DIR
from rtportal.regions.models import Region
from tests import factories
from tests.infra.environment import clean_environment
from tests.infra.postgres import ROLE
from tests.infra.temporary import temporary_folder

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.row_locks,
]


@pytest.fixture
def wave() -> Wave:
    """One for two kecamatan, with two people of each; and a head of another province."""
    factories.regions()
    wave = factories.wave(areas=(factories.JARO, factories.MUARA_UYA))
    for district in (factories.JARO, factories.MUARA_UYA):
        for head in factories.heads(2, district=district):
            factories.enrolment(wave=wave, head=head)
    factories.heads(1, district=f"{factories.JAMBI}.01")
    return wave


@pytest.fixture
def operator(wave):
    return factories.user(role="district_operator", region=factories.JARO)


def counts() -> tuple[int, int, int]:
    return RT.objects.count(), RTHead.objects.count(), Enrolment.objects.count()


def test_an_official_sees_what_lies_in_their_regions_and_what_is_around_them(wave, operator):
    assert counts() == (5, 5, 4)
    with acting_as(operator):
        assert counts() == (2, 2, 2)
        assert [Program.objects.count(), Wave.objects.count(), Venue.objects.count()] == [1, 1, 1]
    with acting_as(factories.user(region=factories.JAMBI)):
        assert counts() == (1, 1, 0)
        assert [Program.objects.count(), Wave.objects.count(), Venue.objects.count()] == [0, 0, 0]
    assert counts() == (5, 5, 4)


def test_whoever_is_responsible_nowhere_or_no_more_sees_nothing(wave, operator):
    with acting_as(factories.user(region=None)):
        assert counts() == (0, 0, 0)
    operator.is_active = False
    operator.save()
    with acting_as(operator):
        assert counts() == (0, 0, 0)


def test_two_regions_are_seen_together(wave, operator):
    operator.assignments.create(role="viewer", region_id=factories.JAMBI)
    with acting_as(operator):
        assert counts() == (3, 3, 2)


def test_a_code_that_only_begins_alike_is_another_region(wave):
    Region.objects.create(code="63.09.1", name="Buatan", level=3, kind="kecamatan", parent_id=factories.TABALONG)
    with acting_as(factories.user(region="63.09.1")):
        assert counts() == (0, 0, 0)


def test_nothing_is_written_outside(wave, operator):
    other = Enrolment.objects.exclude(village__parent=factories.JARO).first()
    with acting_as(operator):
        assert Enrolment.objects.filter(pk=other.pk).update(reason="x") == 0
        assert Enrolment.objects.filter(pk=other.pk).delete() == (0, {})
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            RT.objects.create(village_id=other.village_id, number="099")
        mine = RT.objects.first()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            RT.objects.filter(pk=mine.pk).update(village_id=other.village_id)


def test_what_must_be_unique_is_so_beyond_what_is_seen(wave, operator):
    taken = Enrolment.objects.exclude(village__parent=factories.JARO).first()
    with acting_as(operator):
        mine = Enrolment.objects.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.filter(pk=mine.pk).update(link_hash=taken.link_hash)


def test_beyond_scope_everything_is_there_for_a_moment(wave, operator):
    with acting_as(operator):
        with beyond_scope("a test"):
            assert counts() == (5, 5, 4)
            with acting_as(operator):
                assert counts() == (2, 2, 2)
            assert counts() == (5, 5, 4)
        assert counts() == (2, 2, 2)


def test_whoever_goes_beyond_scope_says_why():
    with pytest.raises(ValueError, match="say why"), beyond_scope(""):
        pass


@pytest.mark.parametrize("fails", [lambda: 1 / 0, lambda: RT.objects.raw("SELECT 1 / 0 AS id")[0]])
def test_a_failure_brings_back_whoever_acted_before(wave, operator, fails):
    with acting_as(operator):
        with pytest.raises(Exception), transaction.atomic(), beyond_scope("a test"):  # noqa: B017
            fails()
        assert counts() == (2, 2, 2)
        with pytest.raises(Exception), transaction.atomic():  # noqa: B017
            with beyond_scope("a test"):
                assert counts() == (5, 5, 4)
            fails()
        assert counts() == (2, 2, 2)
    assert counts() == (5, 5, 4)


def test_changing_sides_is_no_query_of_the_page(operator):
    with CaptureQueriesContext(connection) as queries, acting_as(operator), beyond_scope("a test"):
        pass
    assert len(queries) == 0


def test_the_history_takes_a_line_that_its_writer_may_not_read(operator):
    with acting_as(operator):
        record(
            at=factories.NOW, actor=operator, action="x", sentence="x", region_code=factories.JAMBI, subject="user:1"
        )
        assert not AuditEvent.objects.exists()
    assert AuditEvent.objects.get().region_code == factories.JAMBI


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_does_not_lose_whom_it_acts_for(wave, operator):
    with acting_as(operator):
        assert counts() == (2, 2, 2)
        connection.close()
        assert counts() == (2, 2, 2)
        # As when the server was restarted.
        connection.connection.close()
        with beyond_scope("a test"):
            pass
        assert counts() == (2, 2, 2)
    assert counts() == (5, 5, 4)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_says_nothing_sees_nothing(wave):
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory")
    for options, seen in (("", 0), ("-c rtportal.actor=nobody", 0), ("-c rtportal.actor=system", 4)):
        stranger = psycopg2.connect(**{**parameters, "options": options})
        with stranger, stranger.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM participants_enrolment")
            assert cursor.fetchone() == (seen,)
        stranger.close()


def test_a_superuser_is_warned_of():
    assert check_database_role(databases=["default"]) == []
    asked = [sys.executable, BASE_DIR / "manage.py", "check", "--deploy", "--database", "default"]
    url = os.environ["RTP_TEST_POSTGRES_SERVER"].replace(f"//{ROLE}@", "//postgres@")
    env = {**clean_environment(), "VAR_DIR": str(temporary_folder("check")), "DATABASE_URL": url}
    told = subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stderr
    assert "(rtportal.W001)" in told
