"""Why a wave cannot take another wave's agenda."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef

from programs.models import Wave
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@beyond_scope("an agenda must stay whoever came; which of the waves are seen was asked before")
def agenda_hindrances(waves: Collection[Wave], replace: Collection[int] = ()) -> dict[int, str]:
    """Wave's key → the sentence, for each wave that has an agenda which `replace` does not name or that must stay.

    An agenda must stay once attendance was recorded in it, even what was taken back, or materials were handed in. One
    query.
    """
    itself = TrainingSession.objects.filter(pk=OuterRef("pk"))
    rows = (
        TrainingSession.objects.filter(wave__in=waves)
        .order_by()
        .values("wave")
        .annotate(
            sessions=Count("pk"),
            attended=Count(
                "pk",
                filter=Exists(itself.filter(attendances__isnull=False))
                | Exists(itself.filter(attendance_events__isnull=False))
                | Exists(itself.filter(paper_sheet__isnull=False)),
            ),
            supplied=Count("pk", filter=Exists(itself.filter(materials__isnull=False))),
        )
    )
    titles = {wave.pk: wave.title for wave in waves}
    found = {}
    for row in rows:
        title, size = titles[row["wave"]], thousands(row["sessions"])
        if row["attended"]:
            found[row["wave"]] = f"{title} dilewati: kehadiran sudah dicatat dalam agendanya."
        elif row["supplied"]:
            found[row["wave"]] = f"{title} dilewati: berkas materi sudah diunggah untuk agendanya."
        elif row["wave"] not in replace:
            found[row["wave"]] = f"{title} dilewati: sudah mempunyai agenda ({size} sesi)."
    return found
