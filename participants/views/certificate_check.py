"""The public page behind the QR code of a certificate: whether it is true, and no more."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from participants.models import Certificate
from rtportal.lib.check_codes import read_check_code
from rtportal.web.guessing import may_guess, note_wrong_guess

_WHAT = "check"


@login_not_required
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    # Nonsense costs no query.
    asked = read_check_code(code)
    if not asked:
        return _page(HTTPStatus.NOT_FOUND)
    if not may_guess(request, _WHAT):
        return _page(HTTPStatus.TOO_MANY_REQUESTS, is_too_often=True)
    rows = Certificate.objects.select_related("enrolment__wave__program__region").order_by()
    certificate = rows.filter(check_code=asked).first()
    if certificate is None:
        note_wrong_guess(request, _WHAT)
        return _page(HTTPStatus.NOT_FOUND)
    return _page(HTTPStatus.OK, certificate=certificate, wave=certificate.enrolment.wave)


def _page(status: int, **context) -> HttpResponse:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return HttpResponse(get_template("participants/certificate_check.html").render(context), status=status)
