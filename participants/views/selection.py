"""The filters of a wave's list of people, and the people chosen from it, as they come in from the address."""

from django.http import Http404, HttpRequest

from participants.models import Enrolment
from participants.queries.enrolment_list import PARAMETERS, people_of
from programs.models import Wave
from rtportal.lib.keys import parse_key
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

# Values of `?pilihan=`; any other means the ticked ones.
WHOLE_PAGE, EVERYBODY = "halaman", "semua"


def asked_people(request: HttpRequest) -> dict[str, str]:
    """What the list is filtered by: arguments of `people_of`."""
    return {argument: search_text(request, parameter) for argument, parameter in PARAMETERS.items()}


def chosen_people(request: HttpRequest, wave: Wave) -> list[int]:
    """Keys of the people that `?pilihan=` and `?peserta=` mean: ticked ones, a page of the list, or all that fit.

    Never anybody whom the list would not show to this user: 404 for one out of scope or of another wave.
    """
    scope = request.GET.get("pilihan", "")
    if scope in {WHOLE_PAGE, EVERYBODY}:
        rows = people_of(wave, request.user, **asked_people(request))
        return (
            [row.pk for row in page_of(request, rows)] if scope == WHOLE_PAGE else [*rows.values_list("pk", flat=True)]
        )
    return _visible(request, request.GET.getlist("peserta"), {"wave": wave})


def posted_people(request: HttpRequest, wave: Wave) -> list[int]:
    """The people the confirmation named (`peserta`, keys with commas between), of the wave's programme and in scope.

    Whoever has left the wave meanwhile is still among them: the use case says so by name.
    """
    return _visible(request, request.POST.get("peserta", "").split(","), {"program": wave.program_id})


def _visible(request: HttpRequest, typed: list[str], among: dict) -> list[int]:
    wanted = {parse_key(number) for number in typed if number}
    if None in wanted:
        raise Http404
    rows = Enrolment.objects.visible_to(request.user).filter(pk__in=wanted, **among).order_by("pk")
    found = list(rows.values_list("pk", flat=True))
    if len(found) < len(wanted):
        raise Http404
    return found
