"""Templates of agendas: using one, keeping one, taking one off the list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programs.errors import Refusal
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from sessions.models import AgendaTemplate
from sessions.queries.agenda_templates import template_of, templates_for
from sessions.use_cases.apply_agenda_template import apply_agenda_template
from sessions.use_cases.delete_agenda_template import delete_agenda_template
from sessions.use_cases.save_agenda_template import save_agenda_template
from sessions.views.to_change import wave_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; POST keeps the wave's agenda under `name`."""
    wave = wave_to_change(request, pk)
    name, refusal = request.POST.get("name", ""), None
    if request.method == "POST":
        try:
            saved = save_agenda_template(wave=wave, name=name, actor=request.user, now=clock.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, f"Agenda ini disimpan sebagai templat “{saved.name}”.")
            return redirect("training_sessions:agenda_templates", pk)
    page = {
        "wave": wave,
        "templates": templates_for(wave.program.region_id),
        "sessions": wave.training_sessions.count(),
        "name": name,
        "refusal": refusal,
    }
    return render(request, "training_sessions/agenda_templates.html", page)


@require_POST
def template_apply(request: HttpRequest, pk: int) -> HttpResponse:
    wave = wave_to_change(request, pk)
    template = template_of(request.POST.get("templat", ""), wave.program.region_id)
    if template is None:
        messages.error(request, "Pilih templat yang akan dipakai.")
        return redirect("training_sessions:agenda", pk)
    try:
        made = apply_agenda_template(wave=wave, template=template, actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, f"{thousands(made)} sesi disusun dari templat “{template.name}”. Isi judul dan narasumbernya."
        )
    return redirect("training_sessions:agenda", pk)


@require_POST
def template_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the saved template in `templat` off the list of the wave's kabupaten/kota."""
    wave = wave_to_change(request, pk)
    chosen = parse_key(request.POST.get("templat", ""))
    template = AgendaTemplate.objects.filter(region=wave.program.region_id, pk=chosen or 0).first()
    if template is None:
        messages.error(request, "Templat itu sudah tidak ada.")
    else:
        delete_agenda_template(template=template, actor=request.user, now=clock.now())
        messages.success(request, f"Templat “{template.name}” dihapus. Agenda yang memakainya tetap ada.")
    return redirect("training_sessions:agenda_templates", pk)
