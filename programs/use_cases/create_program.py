"""Create a programme."""

from datetime import datetime

from django.db import transaction

from programs.models import DEFAULT_REMINDER_RULES, Office, Program, ReminderRule
from programs.queries.reach_chain import refuse_odd_chain
from programs.use_cases._editing import save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def create_program(
    *,
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
    """Does: writes the programme in the office's region with the default reminder rules, and an audit line.

    Refuses: a second programme of that name in the region; a chain with an unknown channel or one twice.
    Tells: nobody.
    """
    refuse_odd_chain(reach_chain)
    program = Program()
    save_or_refuse(
        program,
        office=office,
        region=office.region,
        name=name,
        kind=kind,
        aim=aim,
        letter_number=letter_number,
        companions=companions,
        substitutes=substitutes,
        substitute_limit=substitute_limit,
        substitute_letter=substitute_letter,
        bring=bring,
        records_hours=records_hours,
        answer_days_before=answer_days_before,
        minutes_per_jp=minutes_per_jp,
        reach_chain=reach_chain,
    )
    ReminderRule.objects.bulk_create(
        ReminderRule(program=program, audience=audience, days_before=days) for audience, days in DEFAULT_REMINDER_RULES
    )
    record(
        at=now,
        actor=actor,
        action="program.created",
        sentence=f"Membuat program {name}.",
        region_code=program.region_id,
        subject=f"program:{program.pk}",
    )
    return program
