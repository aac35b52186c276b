"""The head of an office's papers (kop surat) and the block below them, as `templates/print/paper.typ` draws them."""

import base64
from contextlib import suppress
from datetime import date

from django.core.files.storage import default_storage

from programs.models import Office, Signatory
from rtportal.lib import clock, phones

_PNG = b"\x89PNG"


def letterhead_of(office: Office) -> dict[str, str]:
    """`government`, `name`, `address`, `lines`, `contact`, `phone`, `city` and `logo` (an SVG; "" for none).

    Needs `region`. One file is read where there is a logo.
    """
    return {
        "government": office.region.full_name,
        "name": office.name,
        "address": office.address,
        "lines": office.contact_lines,
        "contact": office.contact_name,
        "phone": phones.display(office.contact_phone),
        "city": office.city,
        "logo": _drawing(office.logo_path),
    }


def signature_of(signatory: Signatory | None, office: Office, *, day: date) -> dict[str, str]:
    """`place_date` (`Tanjung, 8 November 2023`), `position`, `name`, `rank`, `nip`.

    Without a signatory the office stands for the position, and the name is left to be written by hand.
    """
    return {
        "place_date": ", ".join(part for part in (office.city, clock.date_words(day).partition(", ")[2]) if part),
        "position": signatory.position if signatory else office.name,
        "name": signatory.full_name if signatory else "",
        "rank": signatory.rank if signatory else "",
        "nip": signatory.nip if signatory else "",
    }


def _drawing(path: str) -> str:
    """The picture inside an SVG: papers get everything as text."""
    if not path:
        return ""
    with suppress(FileNotFoundError), default_storage.open(path, "rb") as file:
        content = file.read()
        kind = "png" if content.startswith(_PNG) else "jpeg"
        data = base64.b64encode(content).decode()
        return (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>"
            f"<image width='100' height='100' href='data:image/{kind};base64,{data}'/></svg>"
        )
    return ""
