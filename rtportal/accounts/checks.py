"""What `manage.py check --deploy` finds about the account that the portal uses at its database."""

from django.core import checks
from django.db import connections

_BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


@checks.register(checks.Tags.database, deploy=True)
def check_database_role(databases=None, **_: object) -> list[checks.Warning]:
    """Row-level security holds for the owner of the tables, but for no superuser."""
    found = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(_BYPASSES)
            if cursor.fetchone()[0]:
                found.append(
                    checks.Warning(
                        "The portal signs in to PostgreSQL as a role that row-level security does not hold for.",
                        hint="Give the database to a role without SUPERUSER and BYPASSRLS, and use it in DATABASE_URL.",
                        obj=alias,
                        id="rtportal.W001",
                    )
                )
    return found
