"""`manage.py rotate_keys` dies by SIGKILL in the middle, again and again: every row stays readable, nothing doubles."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from rtportal.env import BASE_DIR
from rtportal.lib.sealed_files import key_of
from rtportal.lib.sealing import key_name
from tests.infra.portal import Portal, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]
OLD, NEW = "kunci-lama-0123456789", "kunci-baru-0123456789"
OLD_NIK, NEW_NIK = Fernet.generate_key().decode(), Fernet.generate_key().decode()
PEOPLE, FILES = 4_000, 400
SEED = f"""
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from participants.models import RTHead
from participants.nik_store import digest_of, sealed
from tests import factories
factories.regions(factories.TABALONG)
for number, head in enumerate(factories.heads({PEOPLE})[:40]):
    nik = f"63090612037{{number:05}}"
    RTHead.objects.filter(pk=head.pk).update(nik_encrypted=sealed(nik), nik_digest=digest_of(nik))
for number in range({FILES}):
    default_storage.save(f"materials/{{number:04}}.pdf", ContentFile(b"isi %d " % number * 30_000))
"""
# Everything that lies sealed, read with the keys that are given.
READ = """
import hashlib, json
from django.conf import settings
settings.PERSONAL_KEYS, settings.NIK_KEYS = {keys!r}, {nik_keys!r}
from django.core.files.storage import default_storage
from participants.models import RTHead
from participants.nik_store import opened
from rtportal.audit.models import AuditEvent
rows = [(head.pk, head.phone, head.email, opened(head.nik_encrypted) if head.nik_encrypted else "")
    for head in RTHead.objects.order_by("pk")]
names = sorted(name for name in default_storage.listdir("materials")[1] if not name.endswith(".part"))
files = {{name: hashlib.sha256(default_storage.open(f"materials/{{name}}").read()).hexdigest() for name in names}}
print(json.dumps({{"rows": rows, "files": files,
    "lines": AuditEvent.objects.filter(action="keys.rotated").count()}}))
"""
# How many telephones lie under which key.
STORED = """
import json
from collections import Counter
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT phone FROM participants_rthead")
    print(json.dumps(Counter(phone.split("~")[1] for phone, in cursor.fetchall())))
"""


def read(portal: Portal, keys: list[str], nik_keys: list[str]) -> dict:
    return json.loads(portal.python(READ.format(keys=keys, nik_keys=nik_keys)))


def stored(portal: Portal) -> dict[str, int]:
    return json.loads(portal.python(STORED))


def materials(portal: Portal) -> list[Path]:
    return sorted((portal.var_dir / "files" / "materials").iterdir())


def rewritten_files(portal: Portal) -> int:
    count = 0
    for path in materials(portal):
        if not path.name.endswith(".part"):
            with path.open("rb") as file:
                count += key_of(file) == key_name(NEW)
    return count


def rotate_until(portal: Portal, moment: Callable[[str], object]) -> None:
    """Begin, and kill it at the first moment at which `moment(what it said so far)` is true."""
    log = portal.var_dir / "rotation.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, BASE_DIR / "manage.py", "rotate_keys"],
            env=portal.env,
            cwd=BASE_DIR,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until(lambda: moment(log.read_text()) or process.poll() is not None, 120, "it comes that far", every=0)
            assert process.poll() is None, f"it was quicker:\n{log.read_text()}"
        finally:
            process.kill()
            process.wait()


def test_killed_in_rows_and_in_files_it_goes_on_and_loses_nothing(portal_database):
    env = {"PERSONAL_KEYS": OLD, "NIK_KEYS": OLD_NIK}
    with Portal(database_url=portal_database, env=env, start=False) as portal:
        portal.python(SEED)
        before = read(portal, [OLD], [OLD_NIK])
        assert (len(before["rows"]), len(before["files"]), before["lines"]) == (PEOPLE, FILES, 0)
        portal.env |= {"PERSONAL_KEYS": f"{NEW},{OLD}", "NIK_KEYS": f"{NEW_NIK},{OLD_NIK}"}
        both = ([NEW, OLD], [NEW_NIK, OLD_NIK])

        rotate_until(portal, lambda told: "1.000" in told)
        first = stored(portal)
        # In the middle: some under each key, and each row readable.
        assert set(first) == {key_name(OLD), key_name(NEW)}
        assert sum(first.values()) == PEOPLE
        assert read(portal, *both) == before

        rotate_until(portal, lambda told: "1.000" in told)
        # It went on where it was.
        assert stored(portal)[key_name(NEW)] > first[key_name(NEW)]
        assert read(portal, *both) == before

        rotate_until(portal, lambda told: rewritten_files(portal) > FILES // 8)
        assert 0 < rewritten_files(portal) < FILES
        assert stored(portal) == {key_name(NEW): PEOPLE}
        assert read(portal, *both) == before
        # Left by one that was killed while it wrote; its file has been deleted since.
        left = portal.var_dir / "files" / "materials" / ".dihapus.pdf.part"
        left.write_bytes(b"separuh")

        told = portal.manage("rotate_keys")
        assert "Kunci lama boleh dihapus" in told
        after = read(portal, [NEW], [NEW_NIK])
        assert after == before | {"lines": 1}
        assert rewritten_files(portal) == FILES == len(materials(portal))
        assert "0 disegel ulang" in portal.manage("rotate_keys")
