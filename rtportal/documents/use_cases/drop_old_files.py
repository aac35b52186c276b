"""Files with personal data do not lie about for ever."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage

from rtportal.documents.models import GeneratedFile

_AT_ONCE = 200


def drop_old_files(*, now: datetime) -> int:
    """Does: deletes files that were finished longer ago than FILE_DAYS, with their rows; returns how many.

    Refuses: nothing. What is waiting or being written stays.
    Tells: nobody; that they were made and fetched stays in the history.
    """
    until = now - timedelta(days=settings.FILE_DAYS)
    old = GeneratedFile.objects.filter(finished_at__lte=until).order_by("pk")
    dropped = 0
    while batch := list(old.values_list("pk", "path")[:_AT_ONCE]):
        # The content first: a row without a file says so, a file without a row would be forgotten.
        for _, path in batch:
            if path:
                default_storage.delete(path)
        GeneratedFile.objects.filter(pk__in=[pk for pk, _ in batch]).delete()
        dropped += len(batch)
    return dropped
