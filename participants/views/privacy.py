"""The privacy notice, today's and the earlier ones: open to everybody, without cookie."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from participants.queries.privacy import template_of, versions_by
from programs.models import Office
from rtportal.lib import clock


@login_not_required
@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """The version that holds today."""
    return _show(versions_by(clock.now()))


@login_not_required
@require_safe
def privacy_version(request: HttpRequest, version: str) -> HttpResponse:
    """The one that held from the day `version`, such as `2026-11-22`; 404 where there is none."""
    versions = versions_by(clock.now())
    asked = next((day for day in versions if day.isoformat() == version), None)
    if asked is None:
        raise Http404
    return _show(versions, asked)


def _show(versions: list[date], asked: date | None = None) -> HttpResponse:
    shown = asked or versions[0]
    context = {
        "version": shown,
        "others": [day for day in versions if day != shown],
        "is_former": shown != versions[0],
        "offices": Office.objects.order_by("name"),
    }
    # Without the request there are no context processors, and so neither session nor user is touched.
    return HttpResponse(get_template(template_of(shown)).render(context))
