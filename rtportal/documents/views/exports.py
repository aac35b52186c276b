"""Asking for a file: the page where it is put together, and the button that makes it."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.column_choice import column_lines, has_choice, sent_columns, sent_params
from rtportal.documents.formats import FORMATS
from rtportal.documents.forms import ExportForm
from rtportal.documents.models import ExportPreset
from rtportal.documents.queries import preset_in, presets_for
from rtportal.documents.registry import Document, Export, is_intimate, open_export
from rtportal.documents.use_cases.request_export import ExportRefused, request_export
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.web.step_up import fresh_proof_required

NO_COLUMN = "Pilih paling sedikit satu kolom."


def _asks_for_identity(request: HttpRequest, export: str) -> bool:
    return request.POST.get("full") == "on" or is_intimate(export)


@require_safe
def export_choose(request: HttpRequest, export: str) -> HttpResponse:
    """Columns, order, format, paper and purpose; `?susunan=` opens a choice of columns that was kept."""
    opened = open_table(request, export, request.GET.dict())
    preset = preset_in(opened, request.GET.get("susunan", ""))
    chosen = preset.columns if preset else opened.chosen
    form = export_form(request, opened)
    return export_page(request, opened, form, chosen=chosen, preset=preset, name=preset.name if preset else "")


@fresh_proof_required(when=_asks_for_identity)
@require_POST
def export_create(request: HttpRequest, export: str) -> HttpResponse:
    """Makes the file, or shows the page again with what is to be changed. Papers have no such page."""
    params, is_full = sent_params(request.POST), request.POST.get("full") == "on"
    opened = open_export(export, user=request.user, params=params, is_unmasked=is_full)
    if not has_choice(request.POST) or not isinstance(opened, Export):
        return _made(request, opened)
    form = export_form(request, opened, request.POST)
    if not any(column.name in sent_columns(request.POST) for column in opened.columns()):
        form.refuse(NO_COLUMN)
    if form.is_valid():
        try:
            file = request_export(
                export=opened,
                file_format=FORMATS[form.cleaned_data["format"]],
                by=request.user,
                clock=clock.now,
                purpose=storable(form.cleaned_data["purpose"]),
            )
        except ExportRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("documents:file_detail", file.pk)
    preset = preset_in(opened, request.POST.get("preset", ""))
    return export_page(
        request, opened, form, chosen=sent_columns(request.POST), preset=preset, name=request.POST.get("name", "")
    )


def _made(request: HttpRequest, opened: Document) -> HttpResponse:
    """From a plain button: all columns, or what a file that failed was to have. A refusal leads to where to choose."""
    back = page_url(opened) if isinstance(opened, Export) else reverse("documents:file_list")
    file_format = FORMATS.get(request.POST.get("format", ""))
    if file_format is None or file_format.name not in opened.formats:
        names = ", ".join(FORMATS[name].label for name in opened.formats)
        messages.error(request, f"Format berkas tidak dikenal. Yang ada: {names}.")
        return redirect(back)
    purpose = storable(request.POST.get("purpose", ""))
    try:
        file = request_export(export=opened, file_format=file_format, by=request.user, clock=clock.now, purpose=purpose)
    except ExportRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(back)
    return redirect("documents:file_detail", file.pk)


def page_url(opened: Export, **more: object) -> str:
    """The page of this export with all that was chosen but the columns."""
    query = {key: value for key, value in opened.params.items() if key != "columns"} | more
    return f"{reverse('documents:export_choose', args=[opened.identifier])}?{urlencode(query)}"


def open_table(request: HttpRequest, export: str, params: dict) -> Export:
    """The export of a table; Http404 for a paper, whose pages have no columns."""
    opened = open_export(export, user=request.user, params=params)
    if not isinstance(opened, Export):
        raise Http404("no table")
    return opened


def export_form(request: HttpRequest, opened: Export, data=None) -> ExportForm:
    may_unmask = scope_of(request.user).may(Right.EXPORT_IDENTITY, opened.region_code)
    return ExportForm(data, export=opened, may_unmask=may_unmask, initial={"paper": opened.paper.name})


def export_page(
    request: HttpRequest,
    opened: Export,
    form: ExportForm,
    *,
    chosen: list[str],
    preset: ExportPreset | None,
    name: str,
) -> HttpResponse:
    """The page; 422 where the form has errors."""
    context = {
        "export": opened,
        "form": form,
        "lines": column_lines(opened, chosen),
        "rows": opened.count(),
        "kept": [(key, value) for key, value in opened.params.items() if key not in {"columns", "paper"}],
        "preset": preset,
        "presets": [(one, page_url(opened, susunan=one.pk)) for one in presets_for(opened)],
        "plain_url": page_url(opened),
        "name": name,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/export_choose.html", context, status=status)
