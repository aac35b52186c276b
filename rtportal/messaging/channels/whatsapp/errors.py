"""What Meta's error codes mean for a message and for the channel. Codes count, never their texts, which change.

Source: developers.facebook.com, WhatsApp Business Platform, "Error codes" (15 May 2026).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from rtportal.messaging.models import Message

Failure = Message.Failure


class Effect(Enum):
    """What an error stops."""

    THIS_FOR_GOOD = "this message will never be taken"
    THIS_FOR_NOW = "this message may be taken later"
    ALL_FOR_NOW = "no message is taken at present"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`failure` is the kind of failure should the message end with it, `pause` how long to wait by itself."""

    effect: Effect
    sentence: str
    failure: Failure = Failure.REFUSED
    pause: timedelta | None = None


def _person(sentence: str, failure: Failure) -> Meaning:
    return Meaning(Effect.THIS_FOR_GOOD, sentence, failure)


def _content(sentence: str) -> Meaning:
    return Meaning(Effect.THIS_FOR_GOOD, sentence, Failure.CONTENT)


def _later(sentence: str, **pause: int) -> Meaning:
    return Meaning(Effect.THIS_FOR_NOW, sentence, Failure.CHANNEL, timedelta(**pause) if pause else None)


def _all(sentence: str, **pause: int) -> Meaning:
    return Meaning(Effect.ALL_FOR_NOW, sentence, Failure.CHANNEL, timedelta(**pause) if pause else None)


_NO_WHATSAPP = "Nomor ini tidak memakai WhatsApp atau tidak dapat menerima pesan."
_NOT_DELIVERED = "WhatsApp memilih tidak mengantar pesan ini kepada penerima."
_SIGNED_OUT = "Token WhatsApp (WHATSAPP_TOKEN) tidak berlaku lagi. Buat token baru di Meta, lalu perbarui pengaturan."
_NO_PERMISSION = "Token WhatsApp (WHATSAPP_TOKEN) tidak berhak mengirim pesan dari nomor ini."
_BUSY = "WhatsApp meminta portal mengirim lebih lambat."
_TEMPLATE = "Templat WhatsApp tidak cocok dengan yang disetujui Meta."
_STOPPED_TEMPLATE = "Templat WhatsApp dihentikan oleh Meta."
_TROUBLE = "WhatsApp sedang mengalami gangguan."
_ACCOUNT = "Akun WhatsApp dibatasi atau diblokir oleh Meta."

_BY_CODE: dict[int, Meaning] = {
    # the recipient
    131026: _person(_NO_WHATSAPP, Failure.ADDRESS),
    131021: _person("Nomor ini sama dengan nomor pengirim portal.", Failure.ADDRESS),
    131030: _person("Nomor ini tidak ada dalam daftar nomor uji di Meta.", Failure.ADDRESS),
    131049: _person(_NOT_DELIVERED, Failure.UNDELIVERED),
    130472: _person(_NOT_DELIVERED, Failure.UNDELIVERED),
    131050: _person("Penerima berhenti menerima pesan di WhatsApp.", Failure.OPTED_OUT),
    131056: _later("WhatsApp meminta jeda antara dua pesan ke nomor yang sama.", seconds=6),
    # what is said
    131047: _content("WhatsApp hanya menerima pesan bertemplat untuk penerima ini."),
    131008: _content("Isian templat WhatsApp kurang."),
    131009: _content("Isian templat WhatsApp tidak diterima."),
    100: _content("Permintaan ke WhatsApp tidak diterima."),
    **dict.fromkeys((132000, 132001, 132005, 132012, 132018), _content(_TEMPLATE)),
    132007: _content("Isi templat WhatsApp melanggar ketentuan Meta."),
    **dict.fromkeys((132015, 132016), _content(_STOPPED_TEMPLATE)),
    # the way there
    130429: _all(_BUSY, seconds=30),
    **dict.fromkeys((4, 80007), _all(_BUSY, minutes=10)),
    131048: _all("WhatsApp membatasi nomor portal karena banyak penerima menolak pesannya.", hours=1),
    **dict.fromkeys((1, 2, 131000, 131016), _later(_TROUBLE)),
    131057: _all("Akun WhatsApp sedang dalam pemeliharaan.", minutes=10),
    **dict.fromkeys((0, 190), _all(_SIGNED_OUT)),
    **dict.fromkeys((3, 10, 131005, *range(200, 300)), _all(_NO_PERMISSION)),
    **dict.fromkeys((33, 133010), _all("Nomor pengirim (WHATSAPP_PHONE_NUMBER_ID) tidak terdaftar di Meta.")),
    **dict.fromkeys((368, 130497, 131031), _all(_ACCOUNT)),
    131037: _all("Nama tampilan nomor WhatsApp belum disetujui Meta."),
    131042: _all("Pembayaran akun WhatsApp bermasalah. Periksa penagihan di Meta."),
}


def meaning_of(code: int | None, status: int = 400) -> Meaning:
    """What an error of the API means, given with an answer or in a later report (which has no HTTP status)."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    shown = f" (kode {code})" if code is not None else ""
    if status == 429:
        return _all(f"{_BUSY[:-1]}{shown}.", seconds=30)
    if status in {401, 403}:
        return _all(f"{_NO_PERMISSION[:-1]}{shown}.")
    if status >= 500:
        return _later(f"{_TROUBLE[:-1]}{shown}.")
    return Meaning(Effect.THIS_FOR_GOOD, f"Ditolak oleh WhatsApp{shown}.")
