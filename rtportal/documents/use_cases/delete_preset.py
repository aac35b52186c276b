"""Taking a choice of columns off the list."""

from rtportal.documents.models import ExportPreset


def delete_preset(*, preset: ExportPreset) -> None:
    """Does: deletes it; files that were made with it stay. Nothing if it is gone already.

    Refuses: nothing.
    Tells: nobody; it holds no data.
    """
    ExportPreset.objects.filter(pk=preset.pk).delete()
