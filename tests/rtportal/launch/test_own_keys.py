"""Real processes of a machine with the wrong keys: the web goes on and says so, the worker takes no work."""

import pytest
import requests

from rtportal.launch.services import worker_command
from tests.infra.portal import Portal, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KEYS = {"PERSONAL_KEYS": "kunci-semua-mesin-0123456789", "AUDIT_KEYS": "kunci-riwayat-semua-mesin-01"}
OTHER = "kunci-mesin-lain-0123456789"


def health(portal: Portal) -> requests.Response:
    return requests.get(portal.base_url + "/sehat/", timeout=20)


def test_a_machine_with_another_key_says_so_and_recovers_with_the_right_one(portal_database):
    with Portal(database_url=portal_database, env=KEYS, beat=False, processes=1) as portal:
        assert health(portal).json()["keys"] == "ok"
        portal.web.stop(10)
        portal.worker.stop(10)
        right = portal.env.copy()
        portal.env["PERSONAL_KEYS"] = OTHER
        portal.start_web()
        met = health(portal)
        assert (met.status_code, met.json()["keys"]) == (503, "failed: keys:PERSONAL_KEYS")
        assert requests.get(portal.base_url + "/akun/masuk/", timeout=20).status_code == 200
        wait_until(lambda: "Samakan PERSONAL_KEYS" in portal.web.log.read_text(), 20, "the log of the web says so")
        worker = portal._child("other-worker", worker_command(None, 1))
        assert worker.wait(60)
        assert worker.exit_code == 1
        assert "Samakan PERSONAL_KEYS" in worker.log.read_text()
        assert OTHER not in portal.web.log.read_text() + worker.log.read_text()
        portal.web.stop(10)
        portal.env.update(right)
        portal.start_web()
        portal.start_worker()
        assert health(portal).json()["keys"] == "ok"
