"""Change a programme."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Office, Program
from programs.queries.changes import changed_labels, differences, program_values
from programs.queries.reach_chain import refuse_odd_chain
from programs.use_cases._editing import locked_program, refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def update_program(
    *,
    program: Program,
    version: int,
    office: Office,
    name: str,
    kind: str,
    aim: str,
    letter_number: str,
    companions: str,
    substitutes: str,
    substitute_limit: int,
    substitute_letter: bool,
    bring: str,
    records_hours: bool,
    answer_days_before: int,
    minutes_per_jp: int,
    reach_chain: list[str],
    actor: User | None,
    now: datetime,
) -> Program:
    """Does: saves the programme and an audit line of what changed; without a difference nothing is written.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); an office of another region;
    a name that another programme of the region has; a chain with an unknown channel or one twice.
    Tells: nobody. The answer deadline of waves already invited moves with `answer_days_before`. The chain holds for
    messages written from now on, the rules about substitutes for those named from now on.
    """
    row = locked_program(program.pk)
    refuse_stale(row, f"program:{row.pk}", version)
    if office.region_id != row.region_id:
        raise Refusal(f"{office.name} bukan kantor di {row.region.full_name}.", field="office")
    refuse_odd_chain(reach_chain)
    before = program_values(row)
    row.office, row.name, row.kind, row.aim = office, name, kind, aim
    row.letter_number, row.companions, row.answer_days_before = letter_number, companions, answer_days_before
    row.substitutes, row.substitute_limit = substitutes, substitute_limit
    row.substitute_letter, row.bring, row.records_hours = substitute_letter, bring, records_hours
    row.minutes_per_jp, row.reach_chain = minutes_per_jp, reach_chain
    changes = differences(before, program_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="program.changed",
        sentence=f"Mengubah program {row.name}: {changed_labels(changes)}.",
        region_code=row.region_id,
        subject=f"program:{row.pk}",
        data={"version": row.version, "changes": changes},
    )
    return row
