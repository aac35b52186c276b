"""Papers about the committee of a programme: its letter of assignment for a wave, and the decree that appoints it."""

import re
from datetime import datetime

from participants.exports.wave_paper import NothingOnPaper, WavePaper, sample_of
from participants.official_letters import BY_HAND, event_rows, event_values, frame_of
from participants.paper_words import (
    DETAILS,
    DETAILS_PARAGRAPH,
    EVENT_EXAMPLES,
    EVENT_WORDS,
    paper_text,
    register_paper,
)
from rtportal.documents.registry import Phase, register
from rtportal.lib import clock

ASSIGNMENT, DECREE = "surat_tugas", "sk_panitia"
NOBODY = "Panitia program ini belum diisi. Isi dahulu pada halaman Panitia."
# `Menimbang: …`, `KESATU: …`; a sentence that happens to have a colon begins with more words.
_LABELLED = re.compile(r"(?P<label>[A-Z]\w{3,14}(?: \w{1,12})?)\s*:\s*(?P<text>.+)", re.DOTALL)

register_paper(
    ASSIGNMENT,
    label="Surat tugas panitia",
    words=EVENT_WORDS | {DETAILS: "daftar panitia yang ditugaskan"},
    examples=EVENT_EXAMPLES | {DETAILS: DETAILS_PARAGRAPH},
    required=(DETAILS,),
    sample=sample_of("surat-tugas"),
)
register_paper(
    DECREE,
    label="Keputusan pembentukan panitia",
    words={"pejabat": "jabatan yang menetapkan"},
    examples={"pejabat": "Kepala Dinas Pemberdayaan Masyarakat dan Desa"},
    sample=sample_of("sk-panitia"),
)


class CommitteePaper(WavePaper):
    """A paper that lists the programme's committee."""

    unit = "orang"
    phase = Phase.BEFORE

    def count(self) -> int:
        return self.wave.program.committee.count()

    def lacks(self) -> str:
        return "" if self.count() else NOBODY

    def members(self) -> list[dict[str, str]]:
        """In their order. Raises NothingOnPaper where there is nobody."""
        found = list(self.wave.program.committee.values("name", "nip", "position", "duty"))
        if not found:
            raise NothingOnPaper(NOBODY)
        return found


@register
class AssignmentLetter(CommitteePaper):
    """Sends the committee to one wave."""

    identifier = "surat-tugas"
    label = "Surat tugas panitia"
    template = "assignment_letter"

    def data(self, now: datetime) -> dict:
        wave, members = self.wave, self.members()
        text = paper_text(ASSIGNMENT, wave.program, event_values(wave))
        day = clock.local_date(now, wave.zone)
        return {
            "title": self.title,
            "frame": frame_of(wave.program, day=day),
            "heading": text.subject,
            "number": BY_HAND,
            "paragraphs": text.paragraphs,
            "members": members,
            "facts": event_rows(wave),
        }


@register
class CommitteeDecree(CommitteePaper):
    """Appoints the committee, which stands on the sheet behind it."""

    identifier = "sk-panitia"
    label = "Keputusan pembentukan panitia"
    template = "committee_decree"

    def data(self, now: datetime) -> dict:
        wave, members = self.wave, self.members()
        frame = frame_of(wave.program, day=clock.local_date(now, wave.zone))
        official = frame["signature"]["position"]
        text = paper_text(DECREE, wave.program, {"pejabat": official})
        return {
            "title": self.title,
            "frame": frame,
            "official": official,
            "subject": text.subject,
            "number": BY_HAND,
            "paragraphs": [_labelled(part) for part in text.paragraphs],
            "members": members,
        }


def _labelled(paragraph: str) -> dict[str, str]:
    """`Menimbang: bahwa …` as label and text; the label is empty where a paragraph has none."""
    found = _LABELLED.fullmatch(paragraph)
    return {"label": found["label"], "text": found["text"]} if found else {"label": "", "text": paragraph}
