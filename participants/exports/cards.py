"""Cards and labels on sheets of A4 to be cut: passes, name cards, labels of seats and desks."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from participants.exports.wave_paper import NothingOnPaper, WavePaper
from participants.models import Enrolment
from participants.queries.card_people import card_of, card_people, code_of
from rtportal.accounts.models import User
from rtportal.documents.registry import Phase, register
from rtportal.lib.numbers import thousands

# A thousand passes take a few seconds and as many megabytes.
MOST_CARDS = 5_000
NOBODY = "Belum ada peserta yang diharapkan datang. Ketua RT menjadi peserta ketika undangan dibuka."


class WaveCards(WavePaper):
    """What the papers of this module have in common; one card for each person who is expected."""

    unit = "kartu"
    phase = Phase.DURING

    def __init__(self, user: User, params: Mapping[str, object]):
        super().__init__(user, params)
        self._people = card_people(self.wave, user)

    def count(self) -> int:
        return self._people.count()

    def lacks(self) -> str:
        return "" if self.count() else NOBODY

    def data(self, now: datetime) -> dict:
        people = list(self._people[: MOST_CARDS + 1])
        if not people:
            raise NothingOnPaper(NOBODY)
        if len(people) > MOST_CARDS:
            raise NothingOnPaper(f"Paling banyak {thousands(MOST_CARDS)} orang dalam satu berkas.")
        return self.frame(now) | {"event": self.event} | self.laid_out([card_of(person) for person in people], people)

    @property
    def event(self) -> str:
        return f"{self.wave.program.name}, {self.wave.title}"

    def laid_out(self, cards: list[dict], people: list[Enrolment]) -> dict:
        """What the template needs besides the frame and `event`; the cards are those of the people, in order."""
        return {"people": cards}


@register
class Passes(WaveCards):
    """Name, place, group, and the short code that the door scans."""

    identifier = "kartu-peserta"
    label = "Kartu peserta (pas)"
    template = "passes"

    def laid_out(self, cards: list[dict], people: list[Enrolment]) -> dict:
        return {"people": [card | code_of(person) for card, person in zip(cards, people, strict=True)]}


@register
class NameCards(WaveCards):
    """A name in large letters."""

    identifier = "kartu-nama"
    label = "Kartu nama"
    template = "name_cards"


@register
class SeatLabels(WaveCards):
    """A small label for each chair."""

    identifier = "label-kursi"
    label = "Label kursi"
    template = "labels"

    def laid_out(self, cards: list[dict], people: list[Enrolment]) -> dict:
        return {"kind": "seat", "people": cards}


@register
class DeskLabels(WaveCards):
    """A large sign for each kelurahan/desa, or each parallel group where there are any."""

    identifier = "label-meja"
    label = "Label meja"
    template = "labels"
    unit = "peserta"

    def laid_out(self, cards: list[dict], people: list[Enrolment]) -> dict:
        has_groups = any(card["group"] for card in cards)
        desks = Counter(
            (card["group"] or "Tanpa kelompok", self.event) if has_groups else (card["village"], card["district"])
            for card in cards
        )
        return {
            "kind": "desk",
            "desks": [
                {"name": name, "place": place, "count": f"{thousands(count)} peserta"}
                for (name, place), count in desks.items()
            ],
        }
