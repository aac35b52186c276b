"""The written notice of an incident, made from its facts (UU 27/2022, Pasal 46)."""

from dataclasses import dataclass

from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.privacy.models import Incident

PEOPLE, AGENCY = "orang", "lembaga"
_NOTHING_YET = "Masih diperiksa; kami memberitahukan lagi begitu ada hasilnya."


@dataclass(frozen=True)
class Notice:
    """`subject` and the paragraphs; `lacks` says which facts that the law asks for are still missing."""

    to: str
    subject: str
    paragraphs: list[str]
    lacks: list[str]

    @property
    def text(self) -> str:
        """To copy into a letter or a message."""
        return "\n\n".join([self.subject, *self.paragraphs])


def notices_of(incident: Incident) -> list[Notice]:
    """To the people concerned and to the agency."""
    return [notice_of(incident, PEOPLE), notice_of(incident, AGENCY)]


def notice_of(incident: Incident, to: str) -> Notice:
    """`to` is PEOPLE or AGENCY; needs `region`."""
    discovered = clock.moment_words(incident.discovered_at, incident.region.time_zone)
    remedy = incident.remedy.strip() or _NOTHING_YET
    facts = [
        f"Data yang terungkap: {incident.data_kinds}",
        f"Kapan dan bagaimana: {incident.happened}",
        f"Yang kami lakukan: {remedy}",
    ]
    people = f"{thousands(incident.people_count)} orang ({incident.whose})"
    if to == PEOPLE:
        subject = "Pemberitahuan tentang data pribadi Bapak/Ibu"
        opening = (
            f"Bapak/Ibu yang kami hormati, pada {discovered} kami mengetahui bahwa data pribadi Bapak/Ibu pada portal "
            f"pembinaan ketua RT {incident.region.full_name} tidak terlindungi sebagaimana mestinya."
        )
        closing = [
            "Kami mohon maaf. Berhati-hatilah terhadap telepon atau pesan yang meminta kata sandi, kode OTP, atau uang "
            "atas nama pemerintah daerah; kami tidak pernah memintanya.",
            f"Pertanyaan dapat disampaikan kepada {incident.contact}.",
        ]
    else:
        subject = "Pemberitahuan kegagalan pelindungan data pribadi"
        opening = (
            "Sesuai Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, kami memberitahukan "
            f"kegagalan pelindungan data pribadi pada portal pembinaan ketua RT {incident.region.full_name}, yang kami "
            f"ketahui pada {discovered} dan menyangkut {people}."
        )
        told = incident.people_told_at
        at = clock.moment_words(told, incident.region.time_zone) if told else ""
        to_people = (
            f"Orang yang datanya terungkap sudah diberi tahu pada {at}."
            if told
            else "Orang yang datanya terungkap diberi tahu secara tertulis dalam batas waktu yang sama."
        )
        closing = [to_people, f"Narahubung: {incident.contact}."]
    lacks = [] if incident.remedy.strip() else ["upaya penanganan dan pemulihan"]
    return Notice(to, subject, [opening, *facts, *closing], lacks)
