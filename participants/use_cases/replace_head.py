"""An RT has a new head: the office writes it down, and the open invitations pass."""

from datetime import date, datetime

from django.db import transaction

from participants.models import RTHead
from participants.roster_file import cells
from participants.roster_file.rows import LONGEST
from participants.succession import HandedOver, end_term, hand_over, lock_roster
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock, names, phones
from rtportal.lib.clock import short_date
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import REGENCY, cut
from rtportal.regions.models import Region

_TITLES = {
    "name": "Nama",
    "front": "Gelar depan",
    "back": "Gelar belakang",
    "starts_on": "Awal masa bakti",
    "ends_on": "Akhir masa bakti",
}


class ReplacementRefused(InputError):
    """The head cannot be replaced like this. `field` names the input it hangs on, empty if it is about the whole."""

    def __init__(self, sentence: str, *, field: str = ""):
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def replace_head(
    *,
    head: RTHead,
    name: str,
    front: str = "",
    back: str = "",
    phone: str = "",
    email: str = "",
    starts_on: date,
    ends_on: date | None = None,
    status: str = RTHead.Status.DEFINITIVE,
    by: User,
    now: datetime,
) -> HandedOver:
    """`head` comes with `rt.village`; the caller has checked Right.MANAGE_ROSTER. Titles may stand within `name`.

    Does: ends the term of the present head, puts the new one into office, and hands over what the RT is invited to.
    Refuses (ReplacementRefused, nothing changed): somebody who holds the office no more; the same name; no name, a
    term that has not begun, has ended, has a year nobody means or begins before that of the present head; a number or
    address nobody can use.
    Tells: the successor, once for each open invitation, through the outbox; the predecessor nothing more. The history.
    """
    zone = Region.objects.values_list("time_zone", flat=True).get(pk=cut(head.rt.village_id, REGENCY))
    today = clock.local_date(now, zone)
    written = _person(name, front, back) | {"phone": _phone(phone), "email": _email(email), "status": _status(status)}
    lock_roster(head.rt.village_id)
    former = RTHead.objects.select_related("rt__village").get(pk=head.pk)
    _refuse_former(former)
    if names.fold(written["name"]) == names.fold(former.name):
        raise ReplacementRefused(
            f"Nama ini sama dengan ketua yang sekarang, {former.full_name}. Isi nama penggantinya; bila hanya datanya "
            "yang berubah, unggah daftar ketua RT.",
            field="name",
        )
    _refuse_term(former, starts_on, ends_on, today)
    end_term(former, successor_starts=starts_on, today=today)
    former.save(update_fields=["term_ends_on", "is_current", "left_office_on"])
    successor = RTHead.objects.create(rt=former.rt, term_starts_on=starts_on, term_ends_on=ends_on, **written)
    passed = hand_over([successor], by=by, now=now)
    village = former.rt.village
    words = f" {thousands(passed.seats)} undangan beralih." if passed.seats else ""
    record(
        at=now,
        actor=by,
        action="head.replaced",
        sentence=f"Ketua {former.rt} {village.full_name} berganti: {former} → {successor}.{words}",
        region_code=village.pk,
        subject=f"region:{village.pk}",
        data={"from": former.pk, "to": successor.pk, "passed": passed.seats},
    )
    return passed


def _refuse_former(former: RTHead) -> None:
    if former.is_current:
        return
    present = RTHead.objects.current().filter(rt=former.rt_id).first()
    whom = f" {former.rt} sekarang dipimpin {present}." if present else ""
    raise ReplacementRefused(f"{former} tidak lagi menjabat.{whom} Muat ulang halaman ini.")


def _refuse_term(former: RTHead, starts_on: date, ends_on: date | None, today: date) -> None:
    if starts_on > today:
        raise ReplacementRefused(
            f"Awal masa bakti belum tiba ({short_date(starts_on)}). Catat pergantiannya pada hari itu.",
            field="starts_on",
        )
    if former.term_starts_on and starts_on < former.term_starts_on:
        raise ReplacementRefused(
            f"Awal masa bakti ({short_date(starts_on)}) lebih awal daripada awal masa bakti {former} "
            f"({short_date(former.term_starts_on)}).",
            field="starts_on",
        )
    if ends_on and ends_on < starts_on:
        raise ReplacementRefused("Akhir masa bakti lebih awal daripada awalnya.", field="ends_on")
    if ends_on and ends_on < today:
        raise ReplacementRefused(
            f"Masa bakti ini sudah berakhir ({short_date(ends_on)}). Catat ketua yang sekarang menjabat.",
            field="ends_on",
        )
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day:
            _refuse_year(day, field)


def _refuse_year(day: date, field: str) -> None:
    try:
        cells.usual(day, _TITLES[field])
    except InputError as refused:
        raise ReplacementRefused(refused.sentence, field=field) from None


def _person(name: str, front: str, back: str) -> dict[str, str]:
    typed = {key: _clean(text, key) for key, text in (("name", name), ("front", front), ("back", back))}
    before, plain, behind = names.split_titles(typed["name"])
    if not any(letter.isalpha() for letter in plain):
        raise ReplacementRefused("Isi nama ketua RT yang baru.", field="name")
    parts = {"name": plain, "front": typed["front"] or before, "back": typed["back"] or behind}
    for key, text in parts.items():
        if len(text) > LONGEST[key]:
            raise ReplacementRefused(
                f"{_TITLES[key]} terlalu panjang: {len(text)} huruf, paling banyak {LONGEST[key]}.", field=key
            )
    return {"name": parts["name"], "gelar_depan": parts["front"], "gelar_belakang": parts["back"]}


def _clean(text: str, field: str) -> str:
    if "\0" in text:
        raise ReplacementRefused("Isian ini memuat karakter yang tidak dapat disimpan. Ketik ulang.", field=field)
    return cells.text(text)


def _phone(typed: str) -> str:
    return _read(phones.parse_mobile, typed, "phone")


def _email(typed: str) -> str:
    return _read(cells.email, typed, "email")


def _read(read, typed: str, field: str) -> str:
    text = _clean(typed, field)
    try:
        return read(text) if text else ""
    except InputError as refused:
        raise ReplacementRefused(refused.sentence, field=field) from None


def _status(value: str) -> str:
    if value not in RTHead.Status.values:
        raise ReplacementRefused("Pilih Definitif, Plt, atau Perpanjangan.", field="status")
    return value
