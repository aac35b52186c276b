"""Choices of columns: kept, renamed, put away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from rtportal.documents.column_choice import sent_columns, sent_params
from rtportal.documents.queries import preset_for, preset_in
from rtportal.documents.use_cases.delete_preset import delete_preset
from rtportal.documents.use_cases.save_preset import save_preset
from rtportal.documents.views.exports import export_form, export_page, open_table, page_url
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError


@require_POST
def preset_save(request: HttpRequest, export: str) -> HttpResponse:
    """Keeps the columns of the form: in the open preset, or as a new one (`as=new`)."""
    opened = open_table(request, export, sent_params(request.POST))
    preset = preset_in(opened, request.POST.get("preset", ""))
    name = storable(request.POST.get("name", ""))
    known = {column.name for column in opened.columns()}
    try:
        saved = save_preset(
            preset=None if request.POST.get("as") == "new" else preset,
            export=opened.identifier,
            region_code=opened.region_code,
            name=name,
            columns=[name for name in sent_columns(request.POST) if name in known],
            by=request.user,
            now=clock.now(),
        )
    except InputError as refusal:
        form = export_form(request, opened, request.POST)
        form.refuse(refusal.sentence)
        return export_page(request, opened, form, chosen=sent_columns(request.POST), preset=preset, name=name)
    messages.success(request, f"Susunan kolom “{saved.name}” disimpan untuk semua admin di wilayah ini.")
    return redirect(page_url(opened, susunan=saved.pk))


@require_POST
def preset_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes back to the page of the same export, whose choices the button sends along."""
    preset = preset_for(request.user, pk)
    opened = open_table(request, preset.export, request.POST.dict())
    delete_preset(preset=preset)
    messages.success(request, f"Susunan kolom “{preset.name}” dihapus. Berkas yang sudah dibuat tetap ada.")
    return redirect(page_url(opened))
