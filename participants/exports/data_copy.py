"""Everything about one head on paper: from their own page, or printed by an operator on their behalf."""

import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.http import Http404
from django.utils.text import capfirst, slugify

from participants.data_copy.gathering import DataCopy, copy_of
from participants.data_copy.portions import ELSEWHERE
from participants.models import RTHead
from programs.letterheads import letterhead_of
from programs.queries.offices import office_for
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import TypesettingFailed, typeset
from rtportal.documents.registry import Paper, register
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands

TEMPLATE = "data_copy"
# Somebody waits for the answer of a page.
_MOST_SECONDS = 20
_RIGHTS = (
    "Bapak/Ibu berhak meminta data yang salah dibetulkan (Pasal 6 dan Pasal 30 UU 27/2022), meminta data dihapus "
    "(Pasal 8 dan Pasal 43), dan meminta pemakaiannya dibatasi (Pasal 11 dan Pasal 41). Caranya: buka undangan, ketuk "
    "“Data saya”, atau hubungi kantor di atas. Permintaan dijawab paling lambat 3 × 24 jam."
)


@register
class DataCopyPaper(Paper):
    """What the portal holds about one head, for an operator to hand over."""

    identifier = "salinan-data"
    label = "Salinan semua data seorang ketua RT"
    about = "head"
    right = Right.ANSWER_FOR
    unit = "orang"
    is_intimate = True

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("head", "")))
        found = None if key is None else heads_with_place().visible_to(user).filter(pk=key).first()
        if found is None:
            raise Http404("no such head")
        self.head = found
        self.params = {"head": found.pk}
        self.region_code = found.rt.village_id
        self.subject = f"head:{found.pk}"
        self.title = f"Salinan data {found.full_name}, {found.rt.label}"
        self.filename = filename_of(found)

    def count(self) -> int:
        return 1

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        typeset(TEMPLATE, paper_data(copy_of(self.head, now=now)), target, look=lambda: tell(0))
        tell(1)


def heads_with_place() -> QuerySet[RTHead]:
    return RTHead.objects.select_related("rt__village__parent")


def copy_pdf(copy: DataCopy) -> bytes:
    """The paper at once, for whoever waits. Raises TypesettingFailed, also if it takes too long."""
    until = time.monotonic() + _MOST_SECONDS

    def look() -> None:
        if time.monotonic() > until:
            raise TypesettingFailed(TEMPLATE)

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "salinan.pdf"
        typeset(TEMPLATE, paper_data(copy), target, look=look)
        return target.read_bytes()


def paper_data(copy: DataCopy) -> dict:
    """As the template takes it; fields without a value are left out."""
    head, zone = copy.head, copy.zone
    made = clock.moment_words(copy.made_at, zone)
    rows = sum(len(section.entries) for section in copy.sections)
    return {
        "title": f"Salinan data {head.full_name}",
        "heading": "Salinan data pribadi",
        "office": letterhead_of(office_for(head.rt.village_id)),
        "printed": clock.short_moment(copy.made_at, zone),
        "facts": [
            ("Nama", head.full_name),
            ("Jabatan", f"Ketua {head.rt.label}, {head.rt.village.full_name}, {head.rt.village.parent.full_name}"),
            ("Keadaan", made),
            ("Dasar", "Pasal 7 dan Pasal 32 UU 27/2022"),
        ],
        "opening": f"Inilah semua yang disimpan portal tentang Bapak/Ibu: {thousands(rows)} catatan. NIK dan nomor HP "
        "wakil disamarkan, supaya tidak terbaca orang lain bila lembar ini tercecer; NIK lengkapnya dapat dilihat di "
        "kantor.",
        "sections": [
            {
                "title": section.title,
                "purpose": section.purpose,
                "retention": section.retention,
                "entries": [
                    {
                        "about": entry.about,
                        "facts": [(capfirst(fact.label), fact.words) for fact in entry.facts if fact.words],
                    }
                    for entry in section.entries
                ],
            }
            for section in copy.sections
            if section.entries
        ],
        "empty": ", ".join(section.title.lower() for section in copy.sections if not section.entries),
        "history": [(clock.short_moment(line.at, zone), line.who, line.what) for line in copy.history],
        "elsewhere": list(ELSEWHERE.values()),
        "rights": _RIGHTS,
    }


def filename_of(head: RTHead) -> str:
    return slugify(f"salinan data {head.full_name}")[:100]
