"""A worker is killed while it writes a large file."""

import json

import pytest

from tests.infra.portal import Portal, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

ROWS = 15_000
ASK = """
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.lib import clock
from tests.load.roster_sides import seed
seed({rows})
by = User.objects.get()
export = open_export("daftar-peserta", user=by, params={{"wave": Wave.objects.get().pk}})
print(request_export(export=export, file_format=FORMATS["xlsx"], by=by, clock=clock.now).pk)
"""
WAIT_FOR_PROGRESS = """
import time
from rtportal.documents.models import GeneratedFile
while not GeneratedFile.objects.filter(rows_done__gt=0).exists():
    time.sleep(0.02)
"""
LET_THE_LEASE_RUN_OUT = """
from rtportal.documents.models import GeneratedFile
from rtportal.lib import clock
from rtportal.lib.wakeup import wake_after_commit
GeneratedFile.objects.update(lease_until=clock.now())
wake_after_commit("documents.write_waiting_files")
"""
LOOK = """
import json
from rtportal.audit.models import AuditEvent
from rtportal.documents.models import GeneratedFile
file = GeneratedFile.objects.values("state", "path", "rows_done", "rows_total", "attempt_count").get()
lines = AuditEvent.objects.filter(action="file.exported").values_list("data__rows", flat=True)
print(json.dumps({**file, "audit": list(lines)}))
"""
# Sealed on the disk; whoever fetches it gets it opened.
ROWS_WRITTEN = """
from python_calamine import CalamineWorkbook
from rtportal.documents.models import GeneratedFile
from rtportal.documents.storage import open_stored
book = CalamineWorkbook.from_filelike(open_stored(GeneratedFile.objects.get()))
print(len(book.get_sheet_by_index(0).to_python()))
"""


def look(portal: Portal) -> dict:
    return json.loads(portal.python(LOOK))


def test_a_worker_killed_in_the_middle_of_an_export_leaves_it_to_the_next_one(portal_database: str) -> None:
    with Portal(database_url=portal_database, processes=1) as portal:
        key = portal.python(ASK.format(rows=ROWS)).splitlines()[-1]
        folder = portal.var_dir / "files" / "exports"
        portal.python(WAIT_FOR_PROGRESS)
        portal.worker.kill()

        file = look(portal)
        assert (file["state"], file["path"], file["audit"]) == ("running", "", [])
        assert 0 < file["rows_done"] < ROWS
        assert not (folder / f"{key}.xlsx").exists()

        portal.start_worker()
        portal.python(LET_THE_LEASE_RUN_OUT)
        wait_until(lambda: look(portal)["state"] == "ready", 120, "the file is ready\n" + portal.logs())
        file = look(portal)
        assert (file["rows_done"], file["rows_total"], file["attempt_count"]) == (ROWS, ROWS, 2)
        assert file["audit"] == [ROWS]
        assert [path.name for path in folder.iterdir()] == [f"{key}.xlsx"]
        assert int(portal.python(ROWS_WRITTEN)) == ROWS + 1
