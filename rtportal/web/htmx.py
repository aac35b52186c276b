"""What a page needs to know to work with htmx."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode


class SignInForFragmentsMiddleware:
    """When the sign-in has run out, the whole page goes to the sign-in page and comes back.

    Without this htmx would follow the redirect and put the sign-in form into the middle of the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        is_fragment = request.headers.get("HX-Request") == "true"
        if not is_fragment or not response.headers.get("Location", "").startswith(sign_in):
            return response
        page = request.htmx.current_url_abs_path or "/"
        return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': page})}"})
