"""The reminders of a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programs.errors import Refusal
from programs.forms.base import VersionForm
from programs.forms.reminder_rules import reminder_rule_forms, wishes_of
from programs.models import Program
from programs.queries.sending_hours import hours_words
from programs.use_cases.set_reminder_rules import set_reminder_rules
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import fetch, require


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_rules(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, Program.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    data = request.POST if request.method == "POST" else None
    form = VersionForm(data, initial={"version": program.version})
    rules = reminder_rule_forms(data, program)
    # Both are asked, so that every mistake is shown at once.
    if data is not None and all([form.is_valid(), rules.is_valid()]):
        version, wishes = form.cleaned_data["version"], wishes_of(rules)
        try:
            set_reminder_rules(program=program, version=version, wishes=wishes, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Pengingat disimpan. Pengingat gelombang yang belum dikirim ikut berubah.")
            return redirect("programs:program_detail", program.pk)
    context = {"form": form, "rules": rules, "program": program, "hours": hours_words(program.region)}
    return render(request, "programs/reminder_rules.html", context)
