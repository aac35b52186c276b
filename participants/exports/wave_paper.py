"""What the papers of a wave share: the wave in the user's scope, its data read apart from laying it out."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from django.http import Http404
from django.utils.text import slugify

from participants.paper_words import Sample
from programs.letterheads import letterhead_of, signature_of
from programs.models import PaperSettings, Signatory, Wave
from programs.queries.papers import paper_settings
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import Paper, open_export
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key


class NothingOnPaper(InputError):
    """The paper would be empty; the sentence says why."""


class WavePaper(Paper):
    """A paper about one wave: `data` reads everything it tells, `template` lays it out."""

    about = "wave"
    right = Right.SCHEDULE
    unit = "baris"
    template: ClassVar[str]

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("wave", "")))
        waves = Wave.objects.visible_to(user).select_related(
            "program__region", "program__office__region", "venue", "publication"
        )
        found = None if key is None else waves.filter(pk=key).first()
        if found is None:
            raise Http404("no such wave")
        self.user, self.wave = user, found
        self.params = {"wave": found.pk}
        self.region_code = found.program.region_id
        self.subject = found.group
        self.title = f"{self.label} {found.title}, {found.program.name}"
        self.filename = slugify(f"{self.label} {found.title} {found.program.name}")[:120]

    @abstractmethod
    def data(self, now: datetime) -> dict:
        """All that the paper tells, as JSON holds it. Raises NothingOnPaper."""

    def lacks(self) -> str:
        """Why the paper has no place among the papers of the wave yet, as a sentence; "" if it has one."""
        return ""

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        data = self.data(now)
        typeset(self.template, data, target, look=lambda: tell(0))
        tell(self.count())

    def frame(self, now: datetime) -> dict:
        """What stands on every paper: title, head, when it was printed, programme and wave."""
        wave = self.wave
        return {
            "title": self.title,
            "office": letterhead_of(wave.program.office),
            "printed": clock.short_moment(now, wave.zone),
            "program": wave.program.name,
            "wave": wave.title,
        }

    def facts(self) -> list[tuple[str, str]]:
        """When and where the wave was."""
        wave = self.wave
        return [
            ("Acara", f"{wave.program.name}, {wave.title}"),
            ("Waktu", wave.span_words),
            ("Tempat", wave.venue.name),
        ]

    def settings(self) -> PaperSettings:
        """How the programme's papers are made, with who signs."""
        return paper_settings(self.wave.program_id)

    def signature(self, signatory: Signatory | None, label: str, *, dated: bool = False) -> dict[str, str]:
        """A block to sign as `label` (`PPTK`), on the last day of the wave; with place and date if `dated`."""
        wave = self.wave
        last_day = clock.local_date(wave.ends_at, wave.zone)
        block = signature_of(signatory, wave.program.office, day=last_day)
        return block | {"position": label, "place_date": block["place_date"] if dated else ""}


def sample_of(identifier: str) -> Sample:
    """How a preview of such a paper is made, of its first letter where it has several; see `paper_words.py`."""

    def sample(user: User, key: int, now: datetime) -> tuple[str, dict]:
        paper = open_export(identifier, user=user, params={"wave": key})
        data = paper.data(now)
        return paper.template, data | {"letters": data.get("letters", [])[:1]}

    return sample
