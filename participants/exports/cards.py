"""Cards and labels on sheets of A4 to be cut: passes, name cards, labels of seats and desks."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from django.http import Http404
from django.utils.text import slugify

from participants.models import Enrolment
from participants.queries.card_people import card_of, card_people, pass_of
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.registry import Paper, register
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands

# A thousand passes take a few seconds and as many megabytes.
MOST_CARDS = 5_000
NOBODY = "Belum ada peserta yang diharapkan datang. Ketua RT menjadi peserta ketika undangan dibuka."


class NoCards(InputError):
    """There is nobody to print for, or too many."""


class WaveCards(Paper):
    """What the papers of this module have in common; one card for each person who is expected."""

    about = "wave"
    right = Right.SCHEDULE
    unit = "kartu"
    template: ClassVar[str]

    def __init__(self, user: User, params: Mapping[str, object]):
        waves = Wave.objects.visible_to(user).select_related("program__region", "program__office__region", "venue")
        wave = waves.filter(pk=parse_key(str(params.get("wave")))).first()
        if wave is None:
            raise Http404("no such wave")
        self.wave = wave
        self.params = {"wave": wave.pk}
        self.region_code = wave.program.region_id
        self.subject = wave.group
        self.title = f"{self.label} {wave.title}, {wave.program.name}"
        self.filename = slugify(f"{self.label} {wave.title} {wave.program.name}")[:120]
        self._people = card_people(wave, user)

    def count(self) -> int:
        return self._people.count()

    def lacks(self) -> str:
        return "" if self.count() else NOBODY

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        typeset(self.template, self.data(now), target, look=lambda: tell(0))
        tell(self.count())

    def data(self, now: datetime) -> dict:
        """All that the cards tell, as JSON holds it. Raises NoCards."""
        people = list(self._people[: MOST_CARDS + 1])
        if not people:
            raise NoCards(NOBODY)
        if len(people) > MOST_CARDS:
            raise NoCards(f"Paling banyak {thousands(MOST_CARDS)} orang dalam satu berkas.")
        return {
            "title": self.title,
            "event": f"{self.wave.program.name}, {self.wave.title}",
            **self.laid_out(people, now),
        }

    @abstractmethod
    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        """What the template needs besides `title` and `event`."""


@register
class Passes(WaveCards):
    """Name, place, group, and the short code that the door scans."""

    identifier = "kartu-peserta"
    label = "Kartu peserta (pas)"
    template = "passes"

    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        return {"people": [pass_of(person) for person in people]}


@register
class NameCards(WaveCards):
    """A name in large letters."""

    identifier = "kartu-nama"
    label = "Kartu nama"
    template = "name_cards"

    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        return {"people": [card_of(person) for person in people]}


@register
class SeatLabels(WaveCards):
    """A small label for each chair."""

    identifier = "label-kursi"
    label = "Label kursi"
    template = "labels"

    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        return {"kind": "seat", "people": [card_of(person) for person in people]}


@register
class DeskLabels(WaveCards):
    """A large sign for each kelurahan/desa, or each parallel group where there are any."""

    identifier = "label-meja"
    label = "Label meja"
    template = "labels"
    unit = "peserta"

    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        cards = [card_of(person) for person in people]
        has_groups = any(card["group"] for card in cards)
        event = f"{self.wave.program.name}, {self.wave.title}"
        desks = Counter(
            (card["group"] or "Tanpa kelompok", event) if has_groups else (card["village"], card["district"])
            for card in cards
        )
        return {
            "kind": "desk",
            "desks": [
                {"name": name, "place": place, "count": f"{thousands(count)} peserta"}
                for (name, place), count in desks.items()
            ],
        }
