"""What a reply says, where it says only that: STOP, MULAI, HADIR, TIDAK with the politeness people put around them.

Whatever else stands in a reply makes it one for a human: a word more may turn its sense around ("tidak hadir", "hadir
tidak ya", "kalau tidak hadir"), and a wrong answer costs somebody a seat.
"""

import re
import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    """What somebody asked for or answered."""

    STOP = "stop"
    START = "start"
    COMING = "coming"
    DECLINING = "declining"


LONGEST = 120

# Each word that may stand in such a reply, by what it does there. One letter each, so that a whole reply becomes a
# short string whose shape is asked for below.
_WORDS = {
    "G": "assalamualaikum asalamualaikum assalamu'alaikum assalamuallaikum waalaikumsalam wassalam salam selamat pagi "
    "siang sore malam yth wr wb maaf maap mf pak pa bapak bpk bu ibu min admin mas mbak mba kak",
    "P": "mohon tolong",
    "Y": "siap baik ok oke ya iya inggih nggih pasti",
    "I": "saya kami sy",
    "W": "insyaallah",
    "T": "terimakasih makasih trims tks thanks suwun syukron",
    "N": "tidak tdk ga gak nggak ngga enggak ndak tak kada",
    "A": "akan bisa dapat bs dpt sempat",
    "C": "hadir hadirr hadiir datang",
    "B": "berhalangan",
    "S": "stop setop berhenti unsub unsubscribe",
    "M": "mulai start",
    "L": "berlangganan pesan kirim mengirim wa whatsapp sms",
    "R": "lagi",
}
_LETTER = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_UNKNOWN = "?"

# The first that fits holds. A comma between "tidak" and "hadir" fits nowhere: "tidak, saya hadir" is a yes. What is
# merely polite may stand before "tidak bisa hadir", but "ya tidak" may mean either.
_SHAPES = (
    (Keyword.STOP, re.compile("[GP,]*SL{0,2}[GTY,]*")),
    (Keyword.START, re.compile("[GP,]*M[LR]?[GTY,]*")),
    (Keyword.DECLINING, re.compile("[GPYIW,]*(NA?C|BC?)[GPT,]*")),
    (Keyword.DECLINING, re.compile("[GPI,]*NA?[GPT,]*")),
    (Keyword.COMING, re.compile("[GYIW,]*A?C(,+A?C)?[GTYIW,]*")),
)

# What people put behind a word without meaning anything by it.
_DECORATION = dict.fromkeys(map(ord, '🙏👍😊🙂☺✅✔👌🤝🏻🏼🏽🏾🏿\ufe0f\u200d\u200b*_~"“”‘'), None)
_TOGETHER = (
    (re.compile(r"\bin\s?s[hy]?y?a[\s'’]*al+[ao]h?\b"), "insyaallah"),
    (re.compile(r"\bt(?:e?ri)ma kasih\b"), "terimakasih"),
    (re.compile(r"\bass?alam(?:u|mu)?['’ ]*al+aikum\b"), "assalamualaikum"),
)
_HELD_DOWN = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,.!;:\-–—()\n]+|\S")
_BREAK = re.compile(r"[,.!;:\-–—()\n]+")


def read_keyword(text: str) -> Keyword | None:
    """The one thing this reply says; None if a human has to read it.

    Case, blanks, line ends, dots, exclamation marks, folded hands and letters held down ("hadirrr") do not matter. A
    question mark does: "bisa hadir?" asks.
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DECORATION).strip()
    plain = _HELD_DOWN.sub(r"\1", plain)
    for pattern, word in _TOGETHER:
        plain = pattern.sub(word, plain)
    shape = "".join(_letter(token) for token in _TOKEN.findall(plain))
    return next((keyword for keyword, pattern in _SHAPES if pattern.fullmatch(shape)), None)


def _letter(token: str) -> str:
    return "," if _BREAK.fullmatch(token) else _LETTER.get(token, _UNKNOWN)
