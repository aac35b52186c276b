"""The WhatsApp templates: what Meta is asked to approve for each kind of message, and how far it is."""

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.wording import WordingError, fill
from rtportal.messaging.channels.whatsapp.payload import LINK_BUTTON, REPLIES
from rtportal.messaging.forms.whatsapp_template import WhatsAppTemplateForm
from rtportal.messaging.kinds import MessageKind, all_kinds
from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.use_cases.check_whatsapp_template import check_whatsapp_template
from rtportal.messaging.use_cases.save_whatsapp_template import save_whatsapp_template
from rtportal.messaging.use_cases.submit_whatsapp_template import submit_whatsapp_template
from rtportal.messaging.whatsapp_bodies import proposed_body
from rtportal.web.access import require_anywhere


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.EDIT_WORDS)
    saved = {template.kind: template for template in WhatsAppTemplate.objects.all()}
    rows = [
        {"kind": kind, "template": saved.get(kind.name), "preview": _preview(kind, saved.get(kind.name))}
        for kind in sorted(all_kinds().values(), key=lambda kind: kind.label)
    ]
    context = {
        "rows": rows,
        "is_configured": bool(settings.WHATSAPP_TOKEN and settings.WHATSAPP_WABA_ID),
        "webhook_url": settings.BASE_URL + reverse("messaging:whatsapp_webhook"),
        "link_button": LINK_BUTTON,
        "reply_buttons": [text for _, text in REPLIES],
    }
    return render(request, "messaging/template_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_update(request: HttpRequest, kind: str) -> HttpResponse:
    require_anywhere(request, Right.EDIT_WORDS)
    found = _kind(kind)
    template = WhatsAppTemplate.objects.filter(kind=kind).first()
    form = WhatsAppTemplateForm(request.POST or None, kind=found, template=template, proposed=proposed_body(kind))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_whatsapp_template(
                kind=found, by=request.user, region_code=_own_area(request), now=clock.now(), **form.cleaned_data
            )
        except InputError as refusal:
            form.add_error("body" if isinstance(refusal, WordingError) else None, refusal.sentence)
        else:
            notices.success(request, f"Templat “{found.label}” disimpan: {saved.get_status_display()}.")
            return redirect("messaging:template_list")
    context = {"form": form, "kind": found, "template": template, "variables": _described(found)}
    return render(request, "messaging/template_update.html", context)


@require_POST
def template_submit(request: HttpRequest, kind: str) -> HttpResponse:
    require_anywhere(request, Right.EDIT_WORDS)
    template = get_object_or_404(WhatsAppTemplate, kind=_kind(kind).name)
    version = request.POST.get("version", "")
    try:
        submit_whatsapp_template(
            template=template,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            by=request.user,
            region_code=_own_area(request),
            now=clock.now(),
        )
    except InputError as refusal:
        notices.error(request, refusal.sentence)
    else:
        notices.success(request, f"Templat “{_kind(kind).label}” diajukan ke Meta: {template.get_status_display()}.")
    return redirect("messaging:template_list")


@require_POST
def template_check(request: HttpRequest, kind: str) -> HttpResponse:
    require_anywhere(request, Right.EDIT_WORDS)
    template = get_object_or_404(WhatsAppTemplate, kind=_kind(kind).name)
    try:
        checked = check_whatsapp_template(template=template, now=clock.now())
    except InputError as refusal:
        notices.error(request, refusal.sentence)
    else:
        notices.info(request, f"Templat “{_kind(kind).label}”: {checked.get_status_display()}.")
    return redirect("messaging:template_list")


def _kind(name: str) -> MessageKind:
    try:
        return all_kinds()[name]
    except KeyError:
        raise Http404 from None


def _preview(kind: MessageKind, template: WhatsAppTemplate | None) -> str:
    """The saved or proposed words with usual values."""
    body = template.body if template else proposed_body(kind.name)
    try:
        return fill(body, kind.examples)
    except WordingError:
        return body


def _described(kind: MessageKind) -> list[tuple[str, str, str]]:
    return [(name, words, kind.examples.get(name, "")) for name, words in kind.variables.items()]


def _own_area(request: HttpRequest) -> str:
    """Templates belong to the whole portal; the history of who changed them stands where that person is responsible."""
    return scope_of(request.user).areas_with(Right.EDIT_WORDS)[0]
