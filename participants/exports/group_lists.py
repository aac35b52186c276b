"""Lists to hang up: who is in which parallel group, or from which kecamatan where there are no groups."""

from collections import defaultdict
from datetime import datetime

from participants.exports.cards import WaveCards
from participants.models import Enrolment
from participants.queries.card_people import card_of
from programs.letterheads import letterhead_of
from rtportal.documents.registry import register
from rtportal.lib import clock
from rtportal.lib.numbers import thousands


@register
class GroupLists(WaveCards):
    """Each group on sheets of its own."""

    identifier = "daftar-kelompok"
    label = "Daftar kelompok"
    template = "group_lists"
    unit = "peserta"

    def laid_out(self, people: list[Enrolment], now: datetime) -> dict:
        cards = [card_of(person) for person in people]
        has_groups = any(card["group"] for card in cards)
        groups: defaultdict[str, list[dict]] = defaultdict(list)
        for card in cards:
            groups[(card["group"] or "Tanpa kelompok") if has_groups else card["district"]].append(card)
        return {
            "office": letterhead_of(self.wave.program.office),
            "facts": [
                ("Acara", f"{self.wave.program.name}, {self.wave.title}"),
                ("Waktu", self.wave.span_words),
                ("Tempat", self.wave.venue.name),
            ],
            "printed": clock.moment_words(now, self.wave.zone),
            "groups": [
                {"name": name, "count": f"{thousands(len(some))} peserta", "people": some}
                for name, some in sorted(groups.items())
            ],
        }
