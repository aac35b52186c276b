"""What a file is about: one wave, or a whole programme with all its waves."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.text import slugify

from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.lib.keys import parse_key


@dataclass(frozen=True)
class ExportedThing:
    """`wave` is None where the file is about the programme; both come with region and office."""

    program: Program
    wave: Wave | None

    @property
    def params(self) -> dict[str, int | str]:
        return {"wave": self.wave.pk} if self.wave else {"program": self.program.pk}

    @property
    def subject(self) -> str:
        """Whose history tells of the file."""
        return self.wave.group if self.wave else f"program:{self.program.pk}"

    @property
    def waves(self) -> QuerySet[Wave]:
        """The waves in it that take place, by date; a wave that was asked for in any case."""
        rows = Wave.objects.select_related("program__region", "program__office", "venue")
        if self.wave:
            return rows.filter(pk=self.wave.pk)
        return rows.filter(program=self.program, cancelled_at=None).order_by("starts_at", "pk")

    def title(self, label: str) -> str:
        return f"{label} {self.wave.title}, {self.program.name}" if self.wave else f"{label} {self.program.name}"

    def filename(self, label: str) -> str:
        """Without extension."""
        about = f"{self.wave.title} {self.wave.local_day} " if self.wave else ""
        return slugify(f"{label} {about}{self.program.name}")[:120]


def exported_thing(user: User, params: Mapping[str, object]) -> ExportedThing:
    """What `wave` or `program` of the parameters name, in the user's scope; Http404 for none."""
    if "program" in params and "wave" not in params:
        programs = Program.objects.visible_to(user).select_related("region", "office")
        program = _found(programs, params["program"])
        return ExportedThing(program, None)
    waves = Wave.objects.visible_to(user).select_related("program__region", "program__office", "venue")
    wave = _found(waves, params.get("wave"))
    return ExportedThing(wave.program, wave)


def _found(rows: QuerySet, typed: object):
    key = parse_key(str(typed))
    found = None if key is None else rows.filter(pk=key).first()
    if found is None:
        raise Http404("no such wave or programme")
    return found
