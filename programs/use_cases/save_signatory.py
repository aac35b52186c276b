"""Add or change an official who signs an office's papers."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Office, Signatory
from programs.queries.changes import changed_labels, differences
from programs.queries.papers import signatory_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.names import split_titles

MOST_SIGNATORIES = 50


@transaction.atomic
def save_signatory(
    *,
    signatory: Signatory | None,
    version: int,
    office: Office,
    name: str,
    position: str,
    rank: str,
    nip: str,
    actor: User | None,
    now: datetime,
) -> Signatory:
    """Does: writes the signatory (a new one if `signatory` is None) and an audit line; titles are told from the name
    (`Drs. H. Ahmad Fauzi, M.Si.`). Without a difference nothing is written.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit), a signatory deleted meanwhile,
    more than 50 of one office.
    Tells: nobody. Papers made from now on have the new name.
    """
    front, bare, back = split_titles(name)
    wishes = {
        "gelar_depan": front,
        "name": bare,
        "gelar_belakang": back,
        "position": position,
        "rank": rank,
        "nip": nip,
    }
    _refuse_long(wishes)
    if signatory is None:
        return _add(Signatory(office=office, **wishes), actor, now)
    row = Signatory.objects.select_for_update(of=("self",)).select_related("office").filter(pk=signatory.pk).first()
    if row is None:
        raise Refusal("Penanda tangan ini baru saja dihapus oleh petugas lain.")
    subject, part = f"region:{row.office.region_id}", f"signatory:{row.pk}"
    refuse_stale(row, subject, version, part)
    before = signatory_values(row)
    for field, value in wishes.items():
        setattr(row, field, value)
    changes = differences(before, signatory_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="signatory.changed",
        sentence=f"Mengubah penanda tangan {row.full_name}: {changed_labels(changes)}.",
        region_code=row.office.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": changes}},
    )
    return row


def _refuse_long(wishes: dict[str, str]) -> None:
    """Titles have less room than the field that all is typed in."""
    for field, words in {"gelar_depan": "Gelar di depan nama", "gelar_belakang": "Gelar di belakang nama"}.items():
        most = Signatory._meta.get_field(field).max_length
        if len(wishes[field]) > most:
            raise Refusal(f"{words} paling panjang {most} huruf.", field="name")
    if len(wishes["name"]) > (most := Signatory._meta.get_field("name").max_length):
        raise Refusal(f"Nama tanpa gelar paling panjang {most} huruf.", field="name")


def _add(row: Signatory, actor: User | None, now: datetime) -> Signatory:
    # Two at once must not both find the last free place.
    office = Office.objects.select_for_update().get(pk=row.office_id)
    if office.signatories.count() >= MOST_SIGNATORIES:
        raise Refusal(
            f"Satu kantor paling banyak mempunyai {MOST_SIGNATORIES} penanda tangan. Hapus yang tidak dipakai."
        )
    save_or_refuse(row)
    record(
        at=now,
        actor=actor,
        action="signatory.created",
        sentence=f"Menambah penanda tangan {row.full_name}, {row.position}.",
        region_code=office.region_id,
        subject=f"region:{office.region_id}",
    )
    return row
