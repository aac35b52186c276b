"""Steps that asking for a correction and deciding on it share: what may be asked for, and how it is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from participants.models import RTHead
from participants.roster_file import cells
from participants.roster_file.rows import LONGEST
from rtportal.lib import names, phones
from rtportal.lib.errors import InputError

LONGEST_NOTE = 300


class CorrectionRefused(InputError):
    """What was typed cannot be taken: `faults` holds a sentence for each field concerned ("" for none of them)."""

    def __init__(self, faults: dict[str, str]):
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class Wish:
    """What is to change by field (`name` with titles, `phone`, `email`), what it was, and what else was said."""

    wanted: dict[str, str]
    before: dict[str, str]
    note: str


def data_of(head: RTHead) -> dict[str, str]:
    """What a head may ask to have put right, as it is now."""
    return {"name": head.full_name, "phone": head.phone, "email": head.email}


def read_wish(head: RTHead, *, name: str, phone: str, email: str, note: str) -> Wish:
    """What was typed against what is known of the head; raises CorrectionRefused with every fault at once."""
    now, faults = data_of(head), {}
    typed = {
        "name": _read(_name, name, "name", faults),
        "phone": now["phone"] if phone == phones.display(now["phone"]) else _read(_phone, phone, "phone", faults),
        "email": now["email"] if email == now["email"] else _read(cells.email, email, "email", faults),
    }
    said = cells.text(note)
    if len(said) > LONGEST_NOTE:
        faults["note"] = f"Terlalu panjang: {len(said)} huruf, paling banyak {LONGEST_NOTE}."
    wanted = {field: value for field, value in typed.items() if value != now[field]}
    if not faults and not wanted and not said:
        faults[""] = "Belum ada yang diubah. Ubah isian yang salah, atau tulis keterangan."
    if faults:
        raise CorrectionRefused(faults)
    return Wish(wanted, {field: now[field] for field in wanted}, said)


def columns_of(wanted: Mapping[str, str]) -> dict[str, str]:
    """The columns of RTHead that a wish means, by name."""
    columns = {field: wanted[field] for field in ("phone", "email") if field in wanted}
    if "name" in wanted:
        front, name, back = names.split_titles(wanted["name"])
        columns |= {"gelar_depan": front, "name": name, "gelar_belakang": back}
    return columns


def change_sentence(before: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """For the history, where no telephone number stands in full: `nama dari A menjadi B; nomor HP dari … menjadi …`."""
    parts = []
    if "name" in wanted:
        parts.append(f"nama dari {before['name']} menjadi {wanted['name']}")
    if "phone" in wanted:
        former = phones.masked(before["phone"]) or "kosong"
        parts.append(f"nomor HP dari {former} menjadi {phones.masked(wanted['phone'])}")
    if "email" in wanted:
        parts.append("alamat e-mail diubah" if wanted["email"] else "alamat e-mail dihapus")
    return "; ".join(parts) or "keterangan saja"


def _read(parse, typed: str, field: str, faults: dict[str, str]) -> str:
    try:
        return parse(typed)
    except InputError as refused:
        faults[field] = refused.sentence
        return ""


def _name(typed: str) -> str:
    said = cells.text(typed)
    if not said:
        raise InputError("Isi nama Bapak/Ibu.")
    if not any(c.isalpha() for c in said):
        raise InputError(f"Nama tidak terbaca: “{said[:40]}”.")
    front, name, back = names.split_titles(said)
    labels = {"front": "Gelar depan", "name": "Nama", "back": "Gelar belakang"}
    for key, text in (("front", front), ("name", name), ("back", back)):
        if len(text) > LONGEST[key]:
            raise InputError(f"{labels[key]} terlalu panjang: {len(text)} huruf, paling banyak {LONGEST[key]}.")
    return names.full_name(front, name, back)


def _phone(typed: str) -> str:
    said = cells.text(typed)
    if not said:
        raise InputError("Isi nomor HP. Bila tidak lagi mempunyai HP, tulis pada keterangan.")
    return phones.parse_mobile(said)
