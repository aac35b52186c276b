"""Letters that ask speakers of a wave for their part, one for each, with date, hour and topic of their sessions."""

from datetime import date, datetime

from participants.exports.wave_paper import NothingOnPaper, WavePaper, sample_of
from participants.official_letters import BY_HAND, event_values, frame_of, place_and_day
from participants.paper_words import (
    DETAILS,
    DETAILS_PARAGRAPH,
    EVENT_EXAMPLES,
    EVENT_WORDS,
    PaperWords,
    register_paper,
)
from rtportal.documents.registry import Phase, register
from rtportal.lib import clock
from sessions.models import SessionSpeaker, Speaker
from sessions.speaker_facts import OwnSession, own_sessions, place_words, speakers_in

NAME = "surat_narasumber"
UNPUBLISHED = "Jadwal gelombang ini belum diterbitkan. Terbitkan dahulu, karena surat memuat hari dan jam sesi."
NOBODY = "Belum ada narasumber dalam jadwal yang terbit."
_SPEAKER = "Narasumber"

register_paper(
    NAME,
    label="Surat permohonan narasumber",
    words=EVENT_WORDS
    | {
        "nama": "nama narasumber dengan gelar, atau jabatannya",
        "peran": "sebagai apa diminta: narasumber, moderator",
        DETAILS: "tabel hari, jam, dan materi sesi",
    },
    examples=EVENT_EXAMPLES | {"nama": "Drs. H. Rahmadi, M.Si.", "peran": "narasumber", DETAILS: DETAILS_PARAGRAPH},
    required=(DETAILS,),
    sample=sample_of("permohonan-narasumber"),
)


@register
class SpeakerLetters(WavePaper):
    """Everybody with a part in the published agenda whom nobody recorded as declining."""

    identifier = "permohonan-narasumber"
    label = "Surat permohonan narasumber"
    template = "speaker_letter"
    unit = "surat"
    phase = Phase.BEFORE

    def count(self) -> int:
        return len(speakers_in(self.wave.publication.facts)) if self.wave.publication else 0

    def lacks(self) -> str:
        if not self.wave.publication:
            return UNPUBLISHED
        return "" if self.count() else NOBODY

    def data(self, now: datetime) -> dict:
        if missing := self.lacks():
            raise NothingOnPaper(missing)
        wave, facts = self.wave, self.wave.publication.facts
        keys = speakers_in(facts)
        # Whoever was deleted since is asked no more.
        speakers = Speaker.objects.in_bulk(keys)
        day, words = clock.local_date(now, wave.zone), PaperWords(NAME, wave.program)
        letters = [self._letter(speakers[key], words, day) for key in keys if key in speakers]
        return {"title": self.title, "frame": frame_of(wave.program, day=day), "letters": letters}

    def _letter(self, speaker: Speaker, words: PaperWords, day: date) -> dict:
        wave, facts = self.wave, self.wave.publication.facts
        sessions = [own for own in own_sessions(facts, speaker.pk) if not own.is_declined]
        roles = list(dict.fromkeys(SessionSpeaker.Role(own.role).label for own in sessions))
        name = speaker.full_name or speaker.position
        text = words.text(event_values(wave) | {"nama": name, "peran": " dan ".join(roles).lower()})
        return {
            "number": BY_HAND,
            "attachment": "–",
            "subject": text.subject,
            "date": place_and_day(wave.program, day),
            "name": f"Bapak/Ibu {name}" if speaker.full_name else name,
            "standing": [part for part in (speaker.position if speaker.full_name else "", speaker.institution) if part],
            "paragraphs": text.paragraphs,
            "facts": [("Acara", f"{wave.program.name}, {wave.title}")],
            "rows": [_row(own, facts) for own in sessions],
        }


def _row(own: OwnSession, facts: dict) -> dict:
    zone = facts["zone"]
    role = SessionSpeaker.Role(own.role).label
    return {
        "day": clock.date_words(clock.local_date(own.starts_at, zone)),
        "hours": f"{clock.time_words(own.starts_at, zone).split()[0]}–{clock.time_words(own.ends_at, zone)}",
        "title": own.title if role == _SPEAKER else f"{own.title} ({role.lower()})",
        "place": place_words(own, facts),
    }
