"""What officials type about the reminders of a programme."""

from datetime import time

from django import forms

from programs.models import Program, ReminderRule
from programs.use_cases.set_reminder_rules import EARLIEST, LATEST, MOST_RULES, RuleWish


class ReminderRuleForm(forms.Form):
    """One reminder of a programme."""

    audience = forms.ChoiceField(label="Untuk", choices=[("", "— pilih —"), *ReminderRule.Audience.choices])
    days_before = forms.IntegerField(
        label="Hari sebelumnya",
        min_value=LATEST,
        max_value=EARLIEST,
        help_text="7 berarti H-7, 0 berarti pada hari itu juga, -1 berarti sehari sesudahnya (ucapan terima kasih).",
    )
    local_time = forms.TimeField(
        label="Jam setempat", initial=time(8, 0), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    is_active = forms.BooleanField(label="Aktif", required=False, initial=True)


ReminderRuleFormSet = forms.formset_factory(
    ReminderRuleForm, extra=2, can_delete=True, max_num=MOST_RULES, absolute_max=2 * MOST_RULES, validate_max=True
)


def reminder_rule_forms(data, program: Program) -> forms.BaseFormSet:
    """A form for each rule of the programme and two empty ones. One query."""
    names = ("audience", "days_before", "local_time", "is_active")
    initial = list(program.reminder_rules.values(*names))
    forms_of_rules = ReminderRuleFormSet(data, initial=initial, prefix="aturan")
    for one in forms_of_rules.forms:
        one.fields["DELETE"].label = "Hapus"
    return forms_of_rules


def wishes_of(rules: forms.BaseFormSet) -> list[RuleWish]:
    """The reminders of a valid formset without the deleted and the empty ones."""
    rows = [one.cleaned_data for one in rules.forms if not one.cleaned_data.get("DELETE")]
    return [
        RuleWish(row["audience"], row["days_before"], row["local_time"], row["is_active"])
        for row in rows
        if row.get("audience")
    ]
