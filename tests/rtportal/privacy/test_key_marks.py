"""Machines of one portal with different keys: noticed at a start, at /sehat/, on the status page and by a check."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from rtportal.lib import clock
from rtportal.privacy.key_marks import mark_of, troubles_of_keys
from rtportal.privacy.models import KeyMark
from rtportal.privacy.use_cases.note_keys import note_keys
from rtportal.privacy.use_cases.rotate_keys import rotate_keys
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW, FOREIGN = "kunci-lama-0123456789", "kunci-baru-0123456789", "kunci-asing-0123456789"


@pytest.fixture(autouse=True)
def first_machine(settings, tmp_path):
    """With a folder of its own: other tests keep files under other keys."""
    options = {"BACKEND": "rtportal.lib.sealed_storage.SealedStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    settings.PERSONAL_KEYS, settings.AUDIT_KEYS = [OLD], [OLD]


def started() -> list[str]:
    """Names of what a process is told that starts now."""
    return [trouble.name for trouble in note_keys(now=clock.now())]


def marks(variable: str = "PERSONAL_KEYS") -> set[str]:
    return set(KeyMark.objects.filter(variable=variable).values_list("mark", flat=True))


def test_a_portal_that_never_ran_remembers_the_keys_of_its_first_machine():
    assert started() == []
    assert started() == []
    assert marks() == {mark_of("PERSONAL_KEYS", OLD)}
    assert KeyMark.objects.count() == 3


def test_a_mark_tells_nothing_of_its_key_and_is_another_for_each_variable():
    started()
    stored = str(list(KeyMark.objects.values()))
    assert OLD not in stored
    assert mark_of("PERSONAL_KEYS", OLD) != mark_of("AUDIT_KEYS", OLD)


def test_a_machine_with_another_key_is_told_so_and_the_first_one_is_not(settings):
    started()
    settings.PERSONAL_KEYS = [FOREIGN]
    assert started() == ["keys:PERSONAL_KEYS"]
    [trouble] = troubles_of_keys(clock.now())
    assert "Samakan PERSONAL_KEYS di semua mesin" in trouble.sentence
    assert trouble.is_outage
    settings.PERSONAL_KEYS = [OLD]
    assert started() == []
    assert marks() == {mark_of("PERSONAL_KEYS", OLD)}


def test_other_keys_of_the_history_are_told_but_stop_nothing(settings):
    started()
    settings.AUDIT_KEYS = [FOREIGN]
    assert [(one.name, one.is_outage) for one in note_keys(now=clock.now())] == [("keys:AUDIT_KEYS", False)]


def test_a_new_key_in_front_is_asked_of_every_machine_from_then_on(settings):
    started()
    settings.PERSONAL_KEYS = [NEW, OLD]
    assert started() == []
    settings.PERSONAL_KEYS = [OLD]
    assert started() == ["keys:PERSONAL_KEYS"]
    # As a machine that has the new key behind, before it comes in front everywhere.
    settings.PERSONAL_KEYS = [OLD, NEW]
    assert started() == []


def test_an_old_key_may_go_only_after_everything_was_rewritten(settings):
    started()
    settings.PERSONAL_KEYS = settings.AUDIT_KEYS = [NEW, OLD]
    started()
    settings.PERSONAL_KEYS = [NEW]
    assert started() == ["keys:PERSONAL_KEYS"]
    settings.PERSONAL_KEYS = [NEW, OLD]
    rotate_keys(tell=lambda title, count: None, clock=clock.now)
    settings.PERSONAL_KEYS = [NEW]
    assert started() == []
    assert marks() == {mark_of("PERSONAL_KEYS", NEW)}
    # Nothing rewrites the seals of the history.
    settings.AUDIT_KEYS = [NEW]
    assert started() == ["keys:AUDIT_KEYS"]


def test_what_was_rewritten_before_any_process_compared_is_remembered_too(settings):
    settings.PERSONAL_KEYS = [NEW, OLD]
    rotate_keys(tell=lambda title, count: None, clock=clock.now)
    assert marks() == {mark_of("PERSONAL_KEYS", NEW)}


def test_sehat_and_the_status_page_of_that_machine_say_so(client, settings):
    factories.regions()
    client.force_login(factories.user())
    started()
    assert client.get("/sehat/").json()["keys"] == "ok"
    assert "tidak memegang kunci" not in client.get("/keadaan/").text
    settings.PERSONAL_KEYS = [FOREIGN]
    met = client.get("/sehat/")
    assert (met.status_code, met.json()["keys"]) == (503, "failed: keys:PERSONAL_KEYS")
    page = client.get("/keadaan/")
    assert (page.status_code, "tidak memegang kunci PERSONAL_KEYS" in page.text) == (200, True)
    settings.PERSONAL_KEYS, settings.AUDIT_KEYS = [OLD], [FOREIGN]
    met = client.get("/sehat/")
    assert met.json()["keys"] == "warning: keys:AUDIT_KEYS"


def test_tables_that_do_not_have_it_yet_are_no_trouble(settings):
    started()
    settings.PERSONAL_KEYS = [FOREIGN]

    def away(execute, sql, params, many, context):
        return execute(sql.replace("privacy_keymark", "tidak_ada"), params, many, context)

    with transaction.atomic(), connection.execute_wrapper(away):
        assert troubles_of_keys(clock.now()) == []
        transaction.set_rollback(True)


def test_the_check_before_an_upgrade_refuses_a_machine_with_other_keys(settings):
    started()
    call_command("check", deploy=True, databases=["default"], tags=["database"], stdout=StringIO())
    settings.PERSONAL_KEYS = [FOREIGN]
    with pytest.raises(CommandError) as refused:
        call_command("check", deploy=True, databases=["default"], tags=["database"], stdout=StringIO())
    assert "Samakan PERSONAL_KEYS" in str(refused.value)
    assert FOREIGN not in str(refused.value)
