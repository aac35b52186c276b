"""What a personal link opens besides the invitation: calendar entry, shared files, certificate, and "Bukan saya"."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from participants.exports.certificates import certificate_pdf, filename_of
from participants.queries.enrolment_page import enrolments_with_wave
from participants.queries.invitation import Invitation, wave_of
from participants.queries.invitation_extras import calendar_of, certificate_of, material_of
from participants.use_cases.disown_invitation import LONGEST_WORDS, disown_invitation
from participants.views.personal_link import open_link
from rtportal.documents.formats.pdf import TypesettingFailed
from rtportal.lib import clock, ics
from rtportal.web.throttle import is_too_often
from sessions import material_store

# Laying one out takes a processor half a second.
MOST_CERTIFICATES, SECONDS = 10, 3_600


@login_not_required
@require_safe
def invitation_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The wave as a file that calendar programs take once or ask for again and again."""
    opened = open_link(token)
    if isinstance(opened, HttpResponse):
        return opened
    program = wave_of(opened.wave_row).program
    response = HttpResponse(ics.calendar_bytes(program.name, calendar_of(opened)), content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="jadwal.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def invitation_material(request: HttpRequest, token: str, pk: UUID) -> HttpResponseBase:
    """The bytes as a file to keep, never as a page: nobody knows what a stranger's file does in a browser."""
    opened = open_link(token)
    if isinstance(opened, HttpResponse):
        return opened
    material = material_of(opened, pk)
    content = material_store.open_stored(material.path) if material else None
    if content is None:
        return _page("invitation_no_material", opened, HTTPStatus.GONE)
    response = FileResponse(content, as_attachment=True, filename=material.name, content_type=material.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_not_required
@require_safe
def invitation_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate as PDF, laid out anew each time: nobody fetches it often."""
    opened = open_link(token)
    if isinstance(opened, HttpResponse):
        return opened
    certificate = certificate_of(opened)
    if certificate is None:
        return _page("invitation_no_certificate", opened, HTTPStatus.NOT_FOUND)
    if is_too_often(f"certificate:{opened.id}", most=MOST_CERTIFICATES, seconds=SECONDS):
        return _page("invitation_no_certificate", opened, HTTPStatus.TOO_MANY_REQUESTS, is_too_often=True)
    try:
        content = certificate_pdf(certificate.pk)
    except TypesettingFailed:
        # The machine is busy: many fetch theirs on the day they are issued.
        return _page("invitation_no_certificate", opened, HTTPStatus.SERVICE_UNAVAILABLE, is_delayed=True)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{filename_of(certificate)}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


# As on the page it is reached from, there is no session on which another site could ride.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_disown(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks; POST tells the office."""
    opened = open_link(token)
    if isinstance(opened, HttpResponse):
        return opened
    if request.method == "POST":
        enrolment = enrolments_with_wave().get(pk=opened.id)
        disown_invitation(enrolment=enrolment, words=request.POST.get("pesan", ""), now=clock.now())
    return _page("invitation_disown", opened, is_told=request.method == "POST", longest=LONGEST_WORDS)


def _page(name: str, invitation: Invitation, status: int = HTTPStatus.OK, **context) -> HttpResponse:
    program = wave_of(invitation.wave_row).program
    context |= {"program": program, "office": program.office, "invitation": invitation}
    # Without the request there are no context processors, and so neither session nor user is touched.
    return HttpResponse(get_template(f"participants/{name}.html").render(context), status=status)
