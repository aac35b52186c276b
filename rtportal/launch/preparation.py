"""What must be true before the portal's processes start: tables, regions, demo data, collected static files.

Each step looks first and does nothing when nothing changed, so a second start is quick and needs no network.
"""

import hashlib
import io
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from programs.models import Program
from rtportal.accounts.models import User
from rtportal.regions import reader
from rtportal.regions.models import Region


class Memory:
    """What the last start of this installation left behind, as JSON in `var/launch.json`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = json.loads(path.read_text()) if path.exists() else {}

    def get(self, name: str) -> str:
        return self._values.get(name, "")

    def put(self, name: str, value: str) -> None:
        self._values[name] = value
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self._values, indent=2))
        draft.replace(self._path)


def migrate() -> int:
    """Bring the tables up to date; returns how many migrations were applied."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    else:
        # Where all that a squashed migration replaces is there, it is only written down.
        executor.check_replacements()
    return len(waiting)


def load_regions(memory: Memory) -> bool:
    """Load the regions unless this database has them from the same file; whether it loaded."""
    # Of this database, because DATABASE_URL may point to another one at the next start.
    database = connection.settings_dict
    place = f"{database['HOST']}/{database['NAME']}"
    state = hashlib.sha256(place.encode() + reader.DATA_FILE.read_bytes()).hexdigest()
    if memory.get("regions") == state and Region.objects.exists():
        return False
    call_command("load_regions", stdout=io.StringIO())
    memory.put("regions", state)
    return True


def load_demo() -> bool:
    """Load the demo into a database that nobody works in yet; whether it loaded."""
    if User.objects.exists() or Program.objects.exists():
        return False
    call_command("demo", stdout=io.StringIO())
    return True


def collect_static(memory: Memory) -> bool:
    """Collect and compress the static files if any of them changed since the last time; whether it did."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            state.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    found = state.hexdigest()
    if memory.get("static") == found and Path(settings.STATIC_ROOT).is_dir():
        return False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    memory.put("static", found)
    return True
