"""Whether the program that runs now can go on while a new migration is applied: `python -m tests.infra.migration_lint`.

An upgrade applies migrations first and restarts the web afterwards, so for a minute the old program works on the new
tables. The linter reads the SQL for PostgreSQL; what it refuses has to be done in two releases (rtportal/README.md).
`released_migrations.txt` names what was released before this rule or with an upgrade that stops the portal, as the one
that guards rows and seals phones did: the program before it would see no rows. `--release` writes it anew. What is
refused but right stands in ACCEPTED with its reason.
"""

import os
import subprocess
import sys
from pathlib import Path

from rtportal.env import BASE_DIR
from tests.infra.machine import install_missing
from tests.infra.migrated import fill_postgres
from tests.infra.missing import MARK
from tests.infra.postgres import NoPostgres, Postgres
from tests.infra.temporary import temporary_folder

RELEASED = Path(__file__).with_name("released_migrations.txt")
# `app.name` of a migration → the codes of the linter that are passed over in it, and why.
ACCEPTED: dict[str, tuple[set[str], str]] = {}
WITH_A_DATABASE = "--with-a-database"
# At a release: everything there is counts as released from now on.
RELEASE = "--release"


def new_migrations() -> list[tuple[str, str]]:
    """Label and name of ours that were not released yet, sorted. Needs Django set up."""
    released = set(RELEASED.read_text().split())
    return [key for key in our_migrations() if ".".join(key) not in released]


def our_migrations() -> list[tuple[str, str]]:
    """All of them, sorted."""
    from django.apps import apps

    found = []
    for config in apps.get_app_configs():
        if BASE_DIR in Path(config.path).parents and ".venv" not in Path(config.path).parts:
            found += [(config.label, path.stem) for path in Path(config.path).glob("migrations/[0-9]*.py")]
    return sorted(found)


def refusals(keys: list[tuple[str, str]]) -> list[str]:
    """What the linter refuses of these migrations, each as a line."""
    from django_migration_linter import MigrationLinter
    from django_migration_linter.sql_analyser import analyse_sql_statements

    linter = MigrationLinter(no_output=True, no_cache=True)
    found = []
    for label, name in keys:
        errors, _, _ = analyse_sql_statements(linter.sql_analyser_class, _sql(linter, label, name), [])
        passed_over, _ = ACCEPTED.get(f"{label}.{name}", (set(), ""))
        found += [
            f"{label}.{name}: {issue.code} {issue.message} {issue.table or ''} {issue.column or ''}".rstrip()
            for issue in errors
            if issue.code not in passed_over
        ]
    return found


def _sql(linter, label: str, name: str) -> list[str]:
    """Most SQL follows from the migrations alone; what looks for a constraint's name looks into the tables."""
    try:
        return linter.get_sql(label, name)
    except ValueError:
        fill_postgres(os.environ["DATABASE_URL"])
        return linter.get_sql(label, name)


def inside() -> int:
    """With an empty PostgreSQL in the settings."""
    import django

    django.setup()
    keys = new_migrations()
    found = refusals(keys)
    for line in found:
        print(line)
    print(f"{len(keys)} new migrations, {len(found)} refusals")
    return 1 if found else 0


def main() -> int:
    install_missing()
    try:
        server = Postgres()
        server.start()
    except NoPostgres as error:
        print(f"{MARK}migrations on PostgreSQL: {error}")
        return 0
    try:
        environment = {
            **os.environ,
            "DATABASE_URL": server.new_database(),
            "VAR_DIR": str(temporary_folder("migrations")),
            "DJANGO_SETTINGS_MODULE": "rtportal.settings",
        }
        command = [sys.executable, "-m", "tests.infra.migration_lint", WITH_A_DATABASE]
        return subprocess.run(command, env=environment, cwd=BASE_DIR).returncode
    finally:
        server.stop()


def release() -> int:
    """Write every migration into `released_migrations.txt`."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")
    django.setup()
    RELEASED.write_text("".join(f"{label}.{name}\n" for label, name in our_migrations()))
    return 0


if __name__ == "__main__":
    ways = {WITH_A_DATABASE: inside, RELEASE: release}
    sys.exit(ways.get(sys.argv[-1], main)())
