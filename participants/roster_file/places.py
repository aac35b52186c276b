"""The kelurahan/desa a row means, found inside one kabupaten/kota.

Names of villages repeat in most kabupaten, and in some even inside one kecamatan (a kelurahan and a desa of the same
name). So a village is only looked for inside its kecamatan; a misspelling is read where it can mean only one of them,
and where two remain an official is asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from participants.roster_file.cells import beginning
from participants.roster_file.decisions import PLACE, keepable
from participants.roster_file.matching import closest, key
from rtportal.lib.errors import InputError
from rtportal.lib.names import fold
from rtportal.regions.codes import DISTRICT, VILLAGE, ancestors
from rtportal.regions.models import Region

_DISTRICT_PREFIX = re.compile(r"(?:kecamatan|kec) (?=.)")
_VILLAGE_PREFIX = re.compile(r"(?:(kelurahan|kel)|(desa|ds)) (?=.)")
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")
# A file whose places are all unknown is another kabupaten's: comparing letters would take minutes and help nobody.
_MOST_COMPARED = 500
_SHOWN = 60
ASKED = "Tempat ini menunggu jawaban: pilih yang dimaksud."


class PlaceError(InputError):
    """No village, or more than one, is meant. `question` names the question that would settle it."""

    def __init__(self, sentence: str, question: str = ""):
        super().__init__(sentence)
        self.question = question


class Place(NamedTuple):
    """The code of a village, or "" with every reason why none was found.

    `repairs`: (column, as it was written, as it was read); `question`: the key of what has to be asked first.
    """

    code: str
    reasons: tuple[str, ...] = ()
    repairs: tuple[tuple[str, str, str], ...] = ()
    question: str = ""


class Places:
    """The kecamatan and villages of one region (normally a kabupaten/kota); two queries, then none.

    `decided` is what an official said before: the key of a question → a code, or "" for none of those offered.
    """

    def __init__(self, region: Region, decided: Mapping[str, str] | None = None):
        self.region = region
        # What could not be told without asking: key → question, in the shape `decisions.py` describes.
        self.questions: dict[str, dict] = {}
        self._decided = decided or {}
        self._compared = 0
        # A region below the kabupaten still needs its kecamatan by name.
        inside = Region.objects.within([region.code]) | Region.objects.filter(pk__in=ancestors(region.code))
        known = list(inside.filter(Q(level=DISTRICT) | Q(level=VILLAGE)))
        self.by_code = {place.code: place for place in known}
        self._districts = defaultdict(list)
        self._villages = defaultdict(list)
        self._by_district = defaultdict(list)
        for place in known:
            if place.level == DISTRICT:
                self._districts[key(place.name)].append(place)
            else:
                self._villages[key(place.name)].append(place)
                self._by_district[place.parent_id].append(place)
        # A roster of 20,000 rows names some hundred places.
        self.find = lru_cache(maxsize=None)(self._find)

    def say(self, village_code: str) -> str:
        """`Kelurahan Belimbing, Kec. Murung Pudak`."""
        village = self.by_code[village_code]
        return f"{village.full_name}, Kec. {self.by_code[village.parent_id].name}"

    def is_called(self, village_code: str, typed: str, district: str = "") -> bool:
        """Whether the names of a village and of its kecamatan were typed, with or without the words for their kinds;
        true for nothing typed.
        """
        village = self.by_code[village_code]
        told = ((village, typed, _VILLAGE_PREFIX), (self.by_code[village.parent_id], district, _DISTRICT_PREFIX))
        return all(_is_named(place, fold(said), prefix) for place, said, prefix in told)

    def _find(self, code: str, village: str, district: str) -> Place:
        """The village that the texts of the three cells mean. The code wins over the names."""
        try:
            if code:
                return Place(self._by_official_code(code))
            cells = (("Kelurahan/Desa", village), ("Kecamatan", district))
            missing = [f"{title} belum diisi." for title, text in cells if not text]
            if missing:
                return Place("", tuple(missing))
            parent, repairs = self._district(district)
            found, more = self._by_name(village, parent)
            return Place(found.code, (), (*repairs, *more))
        except PlaceError as refused:
            return Place("", (refused.sentence,), (), refused.question)

    def _by_official_code(self, typed: str) -> str:
        match = _CODE.fullmatch(typed.replace(" ", ""))
        if not match:
            raise PlaceError(f"Kode wilayah “{beginning(typed, 40)}” bukan kode kelurahan/desa. Contoh: 63.09.06.1001.")
        code = ".".join(match.groups())
        if code not in self.by_code or self.by_code[code].level != VILLAGE:
            raise PlaceError(f"Kode wilayah {code} tidak ada di {self.region.full_name}.")
        return code

    def _district(self, typed: str) -> tuple[Region, list]:
        folded = fold(typed)
        bare = _DISTRICT_PREFIX.sub("", folded, count=1)
        found = self._districts.get(key(folded)) or self._districts.get(key(bare)) or []
        question = f"kecamatan/{key(bare)}"
        unknown = f"Kecamatan “{beginning(typed, _SHOWN)}” tidak ada di {self.region.full_name}."
        everywhere = [place for places in self._districts.values() for place in places]
        meant = self._meant(question, bare, found, everywhere, unknown, {"typed": typed, "district": ""})
        return meant, _repairs("district", typed, meant)

    def _by_name(self, typed: str, district: Region) -> tuple[Region, list]:
        folded = fold(typed)
        prefix = _VILLAGE_PREFIX.match(folded)
        bare = folded[prefix.end() :] if prefix else folded
        found = self._named(folded, district)
        if not found and prefix:
            found = self._named(bare, district)
            kind = "kelurahan" if prefix[1] else "desa"
            if len(found) > 1:
                found = [place for place in found if place.kind == kind]
            elif found and found[0].kind != kind:
                # A wrong kind does no harm, unless one of that kind may be meant whose name was cut short.
                begun = (place for place in self._by_district[district.code] if place.kind == kind)
                found += [place for place in begun if key(place.name).startswith(key(bare))]
        question = f"{district.code}/{key(folded)}"
        elsewhere = {self.by_code[place.parent_id].name for place in self._villages.get(key(bare), ())}
        hint = f" Yang bernama itu ada di Kecamatan {', '.join(sorted(elsewhere))}." if elsewhere else ""
        unknown = f"Kelurahan/desa “{beginning(typed, _SHOWN)}” tidak ada di Kecamatan {district.name}.{hint}"
        told = {"typed": typed, "district": district.name}
        inside = self._by_district[district.code]
        meant = self._meant(question, bare, found, inside, unknown, told, is_elsewhere=bool(elsewhere))
        return meant, _repairs("village", typed, meant)

    def _named(self, folded: str, district: Region) -> list[Region]:
        return [place for place in self._villages.get(key(folded), ()) if place.parent_id == district.code]

    def _meant(
        self,
        question: str,
        bare: str,
        found: list[Region],
        siblings: list[Region],
        unknown: str,
        told: dict,
        *,
        is_elsewhere: bool = False,
    ) -> Region:
        """The one place that is meant: of that name, chosen by an official, or near beyond doubt.

        `is_elsewhere`: a place of exactly this name lies in another kecamatan, so it may be no misspelling at all.
        Raises PlaceError.
        """
        if len(found) == 1:
            return found[0]
        question = keepable(question)
        decided = self._decided.get(question)
        if decided is not None:
            chosen = [place for place in siblings if place.code == decided]
            if not chosen:
                raise PlaceError(unknown)
            return chosen[0]
        if found:
            self._ask(question, found, told)
        if self._compared >= _MOST_COMPARED:
            raise PlaceError(unknown)
        self._compared += 1
        by_name = defaultdict(list)
        for place in siblings:
            by_name[place.name].append(place)
        match = closest(bare, by_name)
        if not match.names:
            raise PlaceError(unknown)
        first = by_name[match.names[0]]
        if not match.is_certain or len(first) > 1 or is_elsewhere:
            self._ask(question, [place for name in match.names for place in by_name[name]], told)
        return first[0]

    def _ask(self, question: str, candidates: Iterable[Region], told: dict) -> None:
        self.questions.setdefault(
            question,
            {"kind": PLACE, "key": question, **told}
            | {"candidates": [{"code": place.code, "name": place.full_name} for place in candidates]},
        )
        raise PlaceError(ASKED, question)


def _is_named(place: Region, folded: str, prefix: re.Pattern) -> bool:
    return not folded or key(place.name) in (key(folded), key(prefix.sub("", folded, count=1)))


def _repairs(column: str, typed: str, meant: Region) -> list[tuple[str, str, str]]:
    """Whether a place was read other than it is written, but for capitals, spaces and the word for its kind in full."""
    is_as_written = fold(typed) in (fold(meant.name), fold(meant.full_name))
    return [] if is_as_written else [(column, typed, f"{meant.full_name} ({meant.code})")]
