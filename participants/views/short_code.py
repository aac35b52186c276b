"""The page for whoever has a letter, or was called, and types the short code: it leads to the personal page."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.links import personal_path
from participants.models import Enrolment
from participants.queries.invitation import retired_pass
from participants.views.invitation_page import retired_html
from rtportal.lib.short_codes import ShortCodeError, read_code
from rtportal.web.guessing import may_guess, note_wrong_guess

UNKNOWN = "Kode ini tidak dikenal. Periksa lagi tulisan pada surat, lalu coba sekali lagi."
TOO_OFTEN = "Sudah terlalu banyak kode yang salah. Coba lagi satu jam lagi, atau telepon nomor pada surat."
_WHAT = "code"


# As on the page it leads to, there is no session on which another site could ride.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def short_code(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST looks the code up and leads on."""
    if request.method != "POST":
        return _show()
    typed = request.POST.get("kode", "")
    try:
        code = read_code(typed)
    except ShortCodeError as refusal:
        return _show(typed, refusal.sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not may_guess(request, _WHAT):
        return _show(typed, TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
    link_id = Enrolment.objects.filter(short_code=code).order_by().values_list("link_id", flat=True).first()
    if link_id is None:
        note_wrong_guess(request, _WHAT)
        if retired := retired_pass(short_code=code):
            return HttpResponse(retired_html(retired), status=HTTPStatus.GONE)
        return _show(typed, UNKNOWN, HTTPStatus.NOT_FOUND)
    return HttpResponseRedirect(personal_path(link_id))


def _show(typed: str = "", fault: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    # Without the request there are no context processors, and so neither session nor user is touched.
    page = get_template("participants/short_code.html").render({"typed": typed[:20], "fault": fault})
    return HttpResponse(page, status=status)
