"""What the forms of this folder share."""

from django import forms
from django.db.models import QuerySet

from programs.errors import StaleEdit
from rtportal.lib.errors import InputError


class DomainForm(forms.Form):
    """A form that can show what a use case refused. `stale` is set after an edit on top of another one."""

    stale: StaleEdit | None = None

    def refuse(self, refusal: InputError) -> None:
        """Show the refusal beside its field; after a stale edit the next save is on top of the new version."""
        if isinstance(refusal, StaleEdit):
            self.stale = refusal
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = refusal.version
            return
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, refusal.sentence)


class VersionForm(DomainForm):
    """The version an official saw; alone where the rest is a formset."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


def offer(field: forms.ModelChoiceField, rows: QuerySet) -> None:
    """Offer `rows` in the field; where there is only one it is shown, and what the browser sends is ignored."""
    field.queryset = rows
    found = list(rows[:2])
    if len(found) == 1:
        field.disabled = True
        field.initial = found[0]
