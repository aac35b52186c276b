"""Files whose rows were destroyed: written down in the same transaction, deleted after it.

Whoever dies in between leaves the paths; the next run deletes them.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage

from rtportal.privacy.models import DoomedFile
from rtportal.regions.models import Region

_AT_ONCE = 200


def doom(paths: Iterable[str], region: Region | None, now: datetime) -> None:
    """Call it in the transaction that destroys the rows."""
    DoomedFile.objects.bulk_create(DoomedFile(region=region, path=path, since=now) for path in paths if path)


def remove_doomed() -> int:
    """Delete all that wait, outside any transaction; returns how many. A file that is gone already counts too."""
    removed = 0
    while batch := list(DoomedFile.objects.order_by("pk").values_list("pk", "path")[:_AT_ONCE]):
        for _, path in batch:
            default_storage.delete(path)
        DoomedFile.objects.filter(pk__in=[pk for pk, _ in batch]).delete()
        removed += len(batch)
    return removed
