"""What `manage.py check --deploy --database default` finds about the keys of this machine."""

from django.core import checks
from django.db import DEFAULT_DB_ALIAS

from rtportal.lib import clock
from rtportal.privacy.key_marks import troubles_of_keys


@checks.register(checks.Tags.database, deploy=True)
def keys_are_those_of_the_portal(databases=None, **_: object) -> list[checks.CheckMessage]:
    """Before a machine serves anybody, as `deploy/upgrade` asks."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    return [
        checks.Error(trouble.sentence, obj=trouble.name, id="privacy.E001") for trouble in troubles_of_keys(clock.now())
    ]
