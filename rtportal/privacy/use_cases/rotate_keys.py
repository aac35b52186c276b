"""Everything that lies sealed is brought under the newest keys, so that older ones can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction

from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.resealing import reseal, sealed_columns
from rtportal.lib.rotation import RotationStep, rotation_steps
from rtportal.lib.sealed_storage import reseal_files
from rtportal.lib.sealing import SealError, key_name
from rtportal.privacy.key_marks import ROTATED, own_marks
from rtportal.privacy.models import KeyMark


class RotationStopped(InputError):
    """Something is sealed with a key that is not there, or is damaged; what was rewritten until then stays."""


@dataclass
class Rotation:
    """`rewritten` by title. `late` were written under an older key while it went on: some process still prefers it."""

    rewritten: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.rewritten.values())


def rotate_keys(*, tell: Callable[[str, int], None], clock: Callable[[], datetime]) -> Rotation:
    """Does: rewrites every sealed column, NIK, second factor and kept file that does not lie under the first of
    `PERSONAL_KEYS` and `NIK_KEYS`; then looks once more, for what was written meanwhile. In short transactions: the
    portal stays in use, and after being stopped it goes on where it was. One audit line, which names no key's value.
    Machines need not hold the older keys any more, unless some process still wrote with one.
    Refuses (RotationStopped): a value that none of the keys opens.
    Tells: `tell(title, so_many)` as it goes on.
    """
    done = Rotation()
    for step in _all_steps():
        done.rewritten[step.title] = _run(step, partial(tell, step.title))
    done.late = sum(_run(step, partial(tell, step.title)) for step in _all_steps())
    if not done.late:
        _forget_older_keys(clock())
    record(
        at=clock(),
        actor=None,
        action="keys.rotated",
        sentence=f"Kunci data pribadi diganti: {thousands(done.total + done.late)} baris dan berkas disegel ulang.",
        region_code="",
        subject="keys",
        data={"key": key_name(settings.PERSONAL_KEYS[0]), "rewritten": done.rewritten, "late": done.late},
    )
    return done


@transaction.atomic
def _forget_older_keys(now: datetime) -> None:
    for variable in ROTATED:
        newest, *_ = own_marks(variable)
        KeyMark.objects.filter(variable=variable).exclude(mark=newest).delete()
        KeyMark.objects.get_or_create(variable=variable, mark=newest, defaults={"noted_at": now})


def _all_steps() -> list[RotationStep]:
    sealed = [model for model in apps.get_models() if sealed_columns(model)]
    columns = [
        RotationStep(str(model._meta.verbose_name).capitalize(), lambda told, model=model: reseal(model, progress=told))
        for model in sealed
    ]
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    files = RotationStep("Berkas", lambda told: reseal_files(folder, progress=told))
    return [*columns, *rotation_steps(), files]


def _run(step: RotationStep, tell: Callable[[int], None]) -> int:
    try:
        return step.run(tell)
    except (SealError, InvalidToken) as error:
        why = str(error) or "tidak ada kunci yang cocok"
        refusal = f"{step.title}: ada yang tidak dapat dibuka ({why}). Tambahkan lagi kunci lamanya."
        raise RotationStopped(refusal) from None
