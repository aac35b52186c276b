"""Lists to hang up: who is in which parallel group, or from which kecamatan where there are no groups."""

from collections import defaultdict

from participants.exports.cards import WaveCards
from participants.models import Enrolment
from rtportal.documents.registry import register
from rtportal.lib.numbers import thousands


@register
class GroupLists(WaveCards):
    """Each group on sheets of its own."""

    identifier = "daftar-kelompok"
    label = "Daftar kelompok"
    template = "group_lists"
    unit = "peserta"

    def laid_out(self, cards: list[dict], people: list[Enrolment]) -> dict:
        has_groups = any(card["group"] for card in cards)
        groups: defaultdict[str, list[dict]] = defaultdict(list)
        for card in cards:
            groups[(card["group"] or "Tanpa kelompok") if has_groups else card["district"]].append(card)
        return {
            "facts": self.facts(),
            "has-groups": has_groups,
            "groups": [
                {"name": name, "count": f"{thousands(len(some))} peserta", "people": some}
                for name, some in sorted(groups.items())
            ],
        }
