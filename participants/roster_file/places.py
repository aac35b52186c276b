"""The kelurahan/desa a row means, found inside one kabupaten/kota.

Names of villages repeat in most kabupaten, and in some even inside one kecamatan (a kelurahan and a desa of the same
name). So a village is only looked for inside its kecamatan, and where two remain the row must say which.
"""

import difflib
import re
from collections import defaultdict
from functools import lru_cache

from django.db.models import Q

from rtportal.lib.errors import InputError
from rtportal.lib.names import fold
from rtportal.regions.codes import DISTRICT, VILLAGE, ancestors
from rtportal.regions.models import Region

_DISTRICT_PREFIX = re.compile(r"(?:kecamatan|kec) (?=.)")
_VILLAGE_PREFIX = re.compile(r"(?:(kelurahan|kel)|(desa|ds)) (?=.)")
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")


class PlaceError(InputError):
    """No village, or more than one, is meant."""


class Places:
    """The kecamatan and villages of one region (normally a kabupaten/kota); two queries, then none."""

    def __init__(self, region: Region):
        self.region = region
        # A region below the kabupaten still needs its kecamatan by name.
        inside = Region.objects.within([region.code]) | Region.objects.filter(pk__in=ancestors(region.code))
        known = list(inside.filter(Q(level=DISTRICT) | Q(level=VILLAGE)))
        self.by_code = {place.code: place for place in known}
        self._districts = defaultdict(list)
        self._villages = defaultdict(list)
        self._by_district = defaultdict(list)
        for place in known:
            if place.level == DISTRICT:
                self._districts[_key(place.name)].append(place)
            else:
                self._villages[_key(place.name)].append(place)
                self._by_district[place.parent_id].append(place)
        # A roster of 20,000 rows names some hundred places.
        self.find = lru_cache(maxsize=None)(self._find)

    def say(self, village_code: str) -> str:
        """`Kelurahan Belimbing, Kec. Murung Pudak`."""
        village = self.by_code[village_code]
        return f"{village.full_name}, Kec. {self.by_code[village.parent_id].name}"

    def _find(self, code: str, village: str, district: str) -> tuple[str, tuple[str, ...]]:
        """(village code, ()) or ("", every reason why none was found), from the texts of the three cells.

        The code wins over the names.
        """
        try:
            if code:
                return self._by_official_code(code), ()
            cells = (("Kelurahan/Desa", village), ("Kecamatan", district))
            missing = [f"{title} belum diisi." for title, text in cells if not text]
            if missing:
                return "", tuple(missing)
            return self._by_name(village, self._district(district)), ()
        except PlaceError as refused:
            return "", (refused.sentence,)

    def _by_official_code(self, typed: str) -> str:
        match = _CODE.fullmatch(typed.replace(" ", ""))
        if not match:
            raise PlaceError(f"Kode wilayah “{typed[:40]}” bukan kode kelurahan/desa. Contoh: 63.09.06.1001.")
        code = ".".join(match.groups())
        if code not in self.by_code or self.by_code[code].level != VILLAGE:
            raise PlaceError(f"Kode wilayah {code} tidak ada di {self.region.full_name}.")
        return code

    def _district(self, typed: str) -> Region:
        folded = fold(typed)
        bare = _DISTRICT_PREFIX.sub("", folded, count=1)
        found = self._districts.get(_key(folded)) or self._districts.get(_key(bare))
        if not found:
            names = [place.name for places in self._districts.values() for place in places]
            raise PlaceError(f"Kecamatan “{typed[:60]}” tidak ada di {self.region.full_name}.{_guess(bare, names)}")
        if len(found) > 1:
            raise PlaceError(f"Ada lebih dari satu Kecamatan {found[0].name}. Isi Kode wilayah.")
        return found[0]

    def _by_name(self, typed: str, district: Region) -> str:
        folded = fold(typed)
        prefix = _VILLAGE_PREFIX.match(folded)
        found = self._named(folded, district)
        kind = ""
        if not found and prefix:
            kind = "kelurahan" if prefix[1] else "desa"
            found = self._named(folded[prefix.end() :], district)
        if len(found) > 1 and kind:
            found = [place for place in found if place.kind == kind]
        if not found:
            raise PlaceError(self._unknown(typed, folded[prefix.end() :] if prefix else folded, district))
        if len(found) > 1:
            listed = " dan ".join(f"{place.full_name} ({place.code})" for place in found)
            can_say_kind = len({place.kind for place in found}) > 1
            how = "Tulis kata Desa atau Kelurahan di depan namanya, atau isi" if can_say_kind else "Isi"
            raise PlaceError(f"Di Kecamatan {district.name} ada {listed}. {how} Kode wilayah.")
        return found[0].code

    def _named(self, folded: str, district: Region) -> list[Region]:
        return [place for place in self._villages.get(_key(folded), ()) if place.parent_id == district.code]

    def _unknown(self, typed: str, bare: str, district: Region) -> str:
        elsewhere = sorted({self.by_code[place.parent_id].name for place in self._villages.get(_key(bare), ())})
        if elsewhere:
            hint = f" Yang bernama itu ada di Kecamatan {', '.join(elsewhere)}."
        else:
            hint = _guess(bare, [place.name for place in self._by_district[district.code]])
        return f"Kelurahan/desa “{typed[:60]}” tidak ada di Kecamatan {district.name}.{hint}"


def _key(name: str) -> str:
    """For comparing names of places: "Muara Uya" and "MUARAUYA" are one."""
    return fold(name).replace(" ", "")


def _guess(typed: str, names: list[str]) -> str:
    by_key = {_key(name): name for name in names}
    close = difflib.get_close_matches(_key(typed), by_key, n=2, cutoff=0.75)
    return f" Mungkin maksudnya {' atau '.join(by_key[key] for key in close)}." if close else ""
