"""How often each address may be asked: one table. Signing in has the limits of django-allauth (`settings.py`).

Pages behind a short code and a certificate's code count wrong guesses by `rtportal/web/guessing.py`, the one behind the
digits of a telephone by itself (`participants/views/own_data.py`), those of calendars and certificates their
own reads. Desks at the door have tokens that nobody guesses, and all of a hall share one address. What is not named
here is limited by nothing but what a page costs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rtportal.web.throttle import is_blocked, is_too_often, visitor

_MINUTE, _TEN_MINUTES = 60, 600


@dataclass(frozen=True)
class Limit:
    """`most` in any `seconds` by one account, or by one visitor where nobody is signed in.

    With `counts_refusals` only answers of 401, 403 and 404 count: whoever has the secret may come as often as needed.
    """

    most: int
    seconds: int = _MINUTE
    method: str = "POST"
    counts_refusals: bool = False


# Reports come in thousands; guesses of their secrets must not.
_CALL_BACK = Limit(30, counts_refusals=True)
# All papers of several waves one after the other, by hand.
_EXPORT = Limit(120, _TEN_MINUTES)
_UPLOAD = Limit(120, _TEN_MINUTES)
LIMITS: dict[str, Limit] = {
    # call-backs of providers
    "messaging:whatsapp_webhook": _CALL_BACK,
    "messaging:gateway_call_back": _CALL_BACK,
    "messaging:email_call_back": _CALL_BACK,
    # files that leave
    "documents:export_create": _EXPORT,
    "documents:file_download": Limit(120, method="GET"),
    "documents:signed_paper_download": Limit(120, method="GET"),
    "training_sessions:material_download": Limit(120, method="GET"),
    "participants:import_copy": Limit(30, method="GET"),
    "participants:paper_print": _EXPORT,
    # files that come
    "participants:import_create": _UPLOAD,
    "participants:wave_photo_add": _UPLOAD,
    "documents:signed_paper_add": _UPLOAD,
    "training_sessions:material_list": _UPLOAD,
    "training_sessions:speaker_material_add": _UPLOAD,
    "programs:office_letterhead": _UPLOAD,
    # what computes long, or asks a provider
    "programs:plan_create": _EXPORT,
    "programs:plan_redo": _EXPORT,
    "messaging:template_submit": _EXPORT,
    "messaging:template_check": _EXPORT,
}
# Any page with something in its search field.
SEARCH = Limit(300, method="GET")
# So many times the largest upload a request may have: the form of a file that is too large can say so in its own words.
_TIMES = 4


class BodyLimitMiddleware:
    """Does not read a request that is larger than any form of the portal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > _TIMES * settings.LARGEST_UPLOAD + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            most = settings.LARGEST_UPLOAD // 1024**2
            return render(request, "413.html", {"most": most}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class LimitsMiddleware:
    """Answers 429 where the table says so.

    Stands after whoever knows the user; pages behind personal links pass `is_over_limit` by themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        limit = LIMITS.get(match.view_name) if match else None
        if limit and limit.counts_refusals and response.status_code in {401, 403, 404}:
            is_too_often(_name(request, match.view_name), most=limit.most, seconds=limit.seconds)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args, kwargs) -> HttpResponse | None:
        """Before the view does anything."""
        return too_often(request) if is_over_limit(request, request.resolver_match.view_name) else None


def is_over_limit(request: HttpRequest, url_name: str) -> bool:
    """Counts this request and says whether it is one too many."""
    limit = LIMITS.get(url_name)
    if limit is None and request.GET.get("cari"):
        url_name, limit = "search", SEARCH
    if limit is None or request.method != limit.method:
        return False
    name = _name(request, url_name)
    if limit.counts_refusals:
        return is_blocked(name, most=limit.most)
    return is_too_often(name, most=limit.most, seconds=limit.seconds)


def too_often(request: HttpRequest) -> HttpResponse:
    """The page that asks for patience."""
    response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(_MINUTE)
    return response


def _name(request: HttpRequest, url_name: str) -> str:
    user = getattr(request, "user", None)
    who = f"user:{user.pk}" if user and user.is_authenticated else f"from:{visitor(request)}"
    return f"limit:{url_name}:{who}"


def _length(request: HttpRequest) -> int:
    """What the request says of itself; the server reads no more than that."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0
