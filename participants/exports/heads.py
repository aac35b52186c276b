"""The RT heads of a region, in the columns of the roster file: given out in full, it can be uploaded again as it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.http import Http404
from django.utils.text import slugify

from participants import nik_store
from participants.models import RTHead
from participants.queries.head_list import HeadFilter, heads_of
from participants.queries.roster import village_groups
from participants.roster_file.columns import HEADINGS
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.documents.registry import Export, register
from rtportal.documents.tables import Cell, Column
from rtportal.lib import phones
from rtportal.lib.clean_text import storable
from rtportal.lib.clock import short_date
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region

# Under these headings the roster file knows no column, so what is hidden is never read back as a number.
MASKED = {"phone": "HP tersamar", "nik": "NIK tersamar"}
_CODES = {"number", "rw", "code", "phone", "nik"}
_WIDTHS = {"name": 30, "village": 24, "district": 20, "code": 16, "phone": 18, "email": 26, "nik": 20}
_KEYS = (
    *("name", "front", "back", "number", "rw", "village", "district", "code", "phone", "email", "nik"),
    *("starts", "ends", "status"),
)


@register
class HeadsExport(Export):
    """A row for each RT head in office, narrowed as the page *Ketua RT* is."""

    identifier = "daftar-ketua-rt"
    label = "Daftar ketua RT"
    about = "region"
    unit = "ketua RT"
    has_identity = True

    def __init__(self, user: User, params: Mapping[str, object]):
        code = storable(str(params.get("region", "")))[:13]
        region = Region.objects.filter(pk=code).first()
        if region is None or not any(is_within(code, area) for area in scope_of(user).areas):
            raise Http404("no such region")
        self.asked = HeadFilter(
            search=" ".join(storable(str(params.get("cari", ""))).split())[:100],
            district=code,
            lacks_phone=bool(params.get("tanpa_hp")),
            lacks_email=bool(params.get("tanpa_email")),
        )
        self.params = {"region": code} | {name: value for name, value, _ in self._narrowed()}
        self.region_code = code
        self.subject = f"region:{code}"
        self.title = f"{self.label} {region.full_name}"
        self.filename = slugify(self.title)[:120]
        self.heads = heads_of(user, self.asked)

    def count(self) -> int:
        return self.heads.count()

    def narrowed_to(self) -> Sequence[tuple[str, str]]:
        return [(words, value if words == "Dicari" else "ya") for _, value, words in self._narrowed()]

    def columns(self) -> Sequence[Column]:
        hidden = {} if self.is_unmasked else MASKED
        return [
            Column(hidden.get(key, HEADINGS[key]), _WIDTHS.get(key, 14), is_code=key in _CODES, name=key)
            for key in _KEYS
        ]

    def rows(self) -> Iterator[Sequence[Cell]]:
        phone, number = (phones.display, nik_store.opened) if self.is_unmasked else (phones.masked, nik_store.masked)
        for villages in village_groups(self.heads, "rt__village_id"):
            for head in self.heads.filter(rt__village_id__in=villages):
                village = head.rt.village
                yield (
                    head.name,
                    head.gelar_depan,
                    head.gelar_belakang,
                    head.rt.number,
                    head.rt.rw,
                    village.full_name,
                    village.parent.name,
                    village.code,
                    phone(head.phone) if head.phone else "",
                    head.email,
                    number(head.nik_encrypted),
                    _day(head.term_starts_on),
                    _day(head.term_ends_on),
                    RTHead.Status(head.status).label,
                )

    def _narrowed(self) -> list[tuple[str, str, str]]:
        """Each filter that holds: its parameter, its value, and what people call it."""
        asked = self.asked
        filters = [
            ("cari", asked.search, "Dicari"),
            ("tanpa_hp", "1" if asked.lacks_phone else "", "Tanpa nomor HP"),
            ("tanpa_email", "1" if asked.lacks_email else "", "Tanpa e-mail"),
        ]
        return [one for one in filters if one[1]]


def _day(day: date | None) -> str:
    return short_date(day) if day else ""
