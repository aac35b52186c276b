"""What search engines may read: nothing. Services that read a calendar for its owner ask here too, and may."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# The addresses of calendars are secret, so nobody finds them by this.
TEXT = """\
User-agent: *
Disallow: /
Allow: /ics/
Allow: /n/*/jadwal.ics
"""


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT, content_type="text/plain; charset=utf-8")
