"""The SPJ bundle that was made of a wave, and whether its data still are so."""

from dataclasses import dataclass

from participants.queries.wave_state import changed_parts, wave_state
from programs.models import Wave
from rtportal.documents.models import GeneratedFile

EXPORT = "spj"


@dataclass(frozen=True)
class Bundle:
    """The newest one that is ready; `changed` names the parts of the data that are different now."""

    file: GeneratedFile
    changed: list[str]


def newest_bundle(wave: Wave) -> Bundle | None:
    """None where none was made, and then one query; else a dozen more, however many people there are.

    `wave` comes with venue, `program.region` and `program.office`.
    """
    files = GeneratedFile.objects.filter(export=EXPORT, subject=wave.group, state=GeneratedFile.State.READY)
    file = files.with_zone().select_related("owner").order_by("-finished_at").first()
    return Bundle(file, changed_parts(file.fingerprint, wave_state(wave))) if file else None
