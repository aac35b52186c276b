"""Say who is on the committee of a programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import CommitteeMember, Program
from programs.queries.changes import differences
from programs.queries.papers import committee_values
from programs.use_cases._editing import locked_program, refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record

MOST_MEMBERS = 100


@dataclass(frozen=True)
class Member:
    """Somebody of the committee as wished; `nip` has 18 digits or is empty."""

    name: str
    duty: str
    position: str = ""
    nip: str = ""


@transaction.atomic
def set_committee(
    *, program: Program, version: int, members: Sequence[Member], actor: User | None, now: datetime
) -> Program:
    """Does: makes the programme's committee equal to `members`, in their order, and writes an audit line; without a
    difference nothing is written.

    Refuses: an edit on top of a version of the programme that somebody else has changed (StaleEdit); more than 100
    members.
    Tells: nobody. Papers made from now on list them.
    """
    if len(members) > MOST_MEMBERS:
        raise Refusal(f"Paling banyak {MOST_MEMBERS} anggota panitia dalam satu program.")
    row = locked_program(program.pk)
    subject = f"program:{row.pk}"
    refuse_stale(row, subject, version)
    present = list(row.committee.all())
    if [_as_wished(member) for member in present] == list(members):
        return row
    row.committee.all().delete()
    wanted = CommitteeMember.objects.bulk_create(
        CommitteeMember(program=row, place=place, name=one.name, nip=one.nip, position=one.position, duty=one.duty)
        for place, one in enumerate(members, start=1)
    )
    changes = differences(committee_values(present), committee_values(wanted))
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="program.committee_changed",
        sentence=f"Mengubah panitia program {row.name}: {len(wanted)} orang.",
        region_code=row.region_id,
        subject=subject,
        data={"version": row.version, "changes": changes},
    )
    return row


def _as_wished(member: CommitteeMember) -> Member:
    return Member(member.name, member.duty, member.position, member.nip)
