"""One letter to each camat, or to each lurah and kepala desa, with the list of the people invited from there."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.http import Http404
from django.utils.text import slugify

from participants.exports.wave_paper import NothingOnPaper, WavePaper, sample_of
from participants.models import Enrolment
from participants.official_letters import event_rows, event_values, frame_of, place_and_day
from participants.paper_words import DETAILS, DETAILS_PARAGRAPH, EVENT_EXAMPLES, EVENT_WORDS, PaperWords, register_paper
from programs.paper_numbers import letter_day, letter_number
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.registry import Phase, register
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import is_within, within_q
from rtportal.regions.models import Region

NAME = "surat_camat"
# To whom: the value of the choice `untuk`, what people read.
TO_DISTRICTS, TO_VILLAGES = "kecamatan", "kelurahan"
RECEIVERS = ((TO_DISTRICTS, "Camat"), (TO_VILLAGES, "Lurah dan kepala desa"))
_HEADS = {"kecamatan": "Camat", "kelurahan": "Lurah", "desa": "Kepala Desa"}

register_paper(
    NAME,
    label="Surat kepada camat, lurah, dan kepala desa",
    words=EVENT_WORDS
    | {
        "wilayah": "kecamatan atau kelurahan/desa penerima surat",
        "jumlah": "berapa ketua RT yang diundang dari sana",
        DETAILS: "tabel hari, waktu, tempat, dan acara",
    },
    examples=EVENT_EXAMPLES | {"wilayah": "Kecamatan Murung Pudak", "jumlah": "143", DETAILS: DETAILS_PARAGRAPH},
    required=(DETAILS,),
    sample=sample_of("surat-camat"),
)
NOBODY = "Belum ada ketua RT yang diundang, jadi tidak ada daftar untuk dilampirkan."


@register
class AreaLetters(WavePaper):
    """About a wave; `untuk` says to whom (see RECEIVERS), `area` narrows it to one region."""

    identifier = "surat-camat"
    label = "Surat kepada camat, lurah, dan kepala desa"
    template = "area_letter"
    right = Right.EXPORT
    unit = "ketua RT"
    phase = Phase.BEFORE
    choices = (("untuk", "Untuk", RECEIVERS),)

    def __init__(self, user: User, params: Mapping[str, object]):
        super().__init__(user, params)
        wave = self.wave
        area = storable(str(params.get("area", "")))[:13] or wave.program.region_id
        if not (is_within(area, wave.program.region_id) and Region.objects.filter(pk=area).exists()):
            raise Http404("no such region")
        self.receivers = TO_VILLAGES if params.get("untuk") == TO_VILLAGES else TO_DISTRICTS
        self.params |= {"untuk": self.receivers, "area": area}
        self.region_code = area
        to = dict(RECEIVERS)[self.receivers].lower()
        self.title = f"Surat kepada {to} {wave.title}, {wave.program.name}"
        self.filename = slugify(f"surat kepada {to} {wave.title} {wave.program.name}")[:120]
        self._people = (
            Enrolment.objects.active()
            .filter(within_q("village_id", [area]), wave=wave)
            .select_related("head__rt", "village__parent")
            .order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
        )

    def count(self) -> int:
        return self._people.count()

    def lacks(self) -> str:
        return "" if self._people.exists() else NOBODY

    def data(self, now: datetime) -> dict:
        wave, places = self.wave, defaultdict(list)
        for person in self._people:
            places[person.village if self.receivers == TO_VILLAGES else person.village.parent].append(person)
        if not places:
            raise NothingOnPaper(NOBODY)
        day = letter_day(wave) or clock.local_date(now, wave.zone)
        words = PaperWords(NAME, wave.program)
        letters = [self._letter(place, people, words, day) for place, people in places.items()]
        return {"title": self.title, "frame": frame_of(wave.program, day=day), "letters": letters}

    def _letter(self, place: Region, people: list[Enrolment], words: PaperWords, day: date) -> dict:
        wave, count = self.wave, thousands(len(people))
        text = words.text(event_values(wave) | {"wilayah": place.full_name, "jumlah": count})
        return {
            "number": letter_number(wave),
            "attachment": "1 (satu) berkas",
            "subject": text.subject,
            "date": place_and_day(wave.program, day),
            "addressee": f"{_HEADS[place.kind]} {place.name}",
            "town": place.name,
            "paragraphs": text.paragraphs,
            "facts": event_rows(wave),
            "list-title": "Daftar ketua RT yang diundang",
            "place": place.full_name,
            "count": f"{count} orang",
            "rows": [
                {"name": one.head.full_name, "unit": one.head.rt.label, "village": one.village.name} for one in people
            ],
        }
