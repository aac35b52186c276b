"""Set when whom a programme reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from participants.models import Reminder
from participants.reminders import plan_reminders
from programs.errors import Refusal
from programs.models import Program, ReminderRule
from programs.models.programs import day_label
from programs.queries.changes import differences, rule_values
from programs.use_cases._editing import locked_program, refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record

MOST_RULES = 20
EARLIEST, LATEST = 60, -7
_AFTER = {ReminderRule.Audience.ATTENDED}


@dataclass(frozen=True)
class RuleWish:
    """One reminder as wished: for `audience` (ReminderRule.Audience), H-`days_before` at `local_time`.

    After the wave, when only who was there is thanked, `days_before` is negative.
    """

    audience: str
    days_before: int
    local_time: time
    is_active: bool = True


@transaction.atomic
def set_reminder_rules(
    *, program: Program, version: int, wishes: Sequence[RuleWish], actor: User | None, now: datetime
) -> Program:
    """Does: makes the programme's rules equal to `wishes`, moves the pending reminders of its waves, writes an audit
    line; without a difference nothing is written.

    A rule is known by audience and day. One that is taken out but has reminded somebody stays as inactive, so that
    what was sent keeps its cause.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); two rules for the same audience
    and day; more than 20 rules; a reminder after the wave, or thanks before it.
    Tells: nobody.
    """
    row = locked_program(program.pk)
    refuse_stale(row, f"program:{row.pk}", version)
    _refuse_twins(wishes)
    _refuse_wrong_days(wishes)
    before = rule_values(list(row.reminder_rules.all()))
    present = {(rule.audience, rule.days_before): rule for rule in row.reminder_rules.all()}
    for wish in wishes:
        rule = present.pop((wish.audience, wish.days_before), None)
        rule = rule or ReminderRule(program=row, audience=wish.audience, days_before=wish.days_before)
        rule.local_time, rule.is_active = wish.local_time, wish.is_active
        rule.save()
    _take_out([rule.pk for rule in present.values()])
    changes = differences(before, rule_values(list(row.reminder_rules.all())))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    # Thanks are still to come for waves that are over.
    for wave in row.waves.invited().ending_after(now + timedelta(days=LATEST - 1)):
        wave.program = row
        plan_reminders(wave=wave, now=now)
    record(
        at=now,
        actor=actor,
        action="program.reminders_changed",
        sentence=f"Mengubah pengingat program {row.name} menjadi: {changes[0]['after']}.",
        region_code=row.region_id,
        subject=f"program:{row.pk}",
        data={"version": row.version, "changes": changes},
    )
    return row


def _refuse_twins(wishes: Sequence[RuleWish]) -> None:
    if len(wishes) > MOST_RULES:
        raise Refusal(f"Paling banyak {MOST_RULES} pengingat dalam satu program.")
    seen = set()
    for wish in wishes:
        key = (wish.audience, wish.days_before)
        if key in seen:
            words = ReminderRule.Audience(wish.audience).label
            raise Refusal(f"Ada dua pengingat untuk {day_label(wish.days_before)} {words}. Cukup satu.")
        seen.add(key)


def _refuse_wrong_days(wishes: Sequence[RuleWish]) -> None:
    for wish in wishes:
        day, words = day_label(wish.days_before), ReminderRule.Audience(wish.audience).label
        if wish.audience in _AFTER and not LATEST <= wish.days_before < 0:
            raise Refusal(f"{day}: pesan untuk {words} dikirim sesudah pelaksanaan. Isi -1 sampai {LATEST}.")
        if wish.audience not in _AFTER and not 0 <= wish.days_before <= EARLIEST:
            raise Refusal(f"{day}: pengingat untuk {words} paling lambat pada hari pelaksanaan. Isi 0 atau lebih.")


def _take_out(rules: list[int]) -> None:
    sent = Reminder.objects.filter(rule__in=rules, state=Reminder.State.DONE)
    used = set(sent.values_list("rule_id", flat=True))
    ReminderRule.objects.filter(pk__in=used).update(is_active=False)
    ReminderRule.objects.filter(pk__in=set(rules) - used).delete()
