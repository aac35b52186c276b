"""Whoever must have a second factor and has none sets it up before anything else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from rtportal.accounts.second_factor import has_second_factor, needs_second_factor

# The way there, and out.
OPEN = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_logout",
    }
)
SENTENCE = "Pasang pengaman kedua dahulu. Langkah yang baru saja Anda kirim belum dikerjakan."


class SecondFactorFirstMiddleware:
    """Leads to the page where a second factor is set up. One query for each request of those who must have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        is_public = not getattr(view, "login_required", True)
        if is_public or not request.user.is_authenticated or request.resolver_match.view_name in OPEN:
            return None
        if not needs_second_factor(request.user) or has_second_factor(request.user):
            return None
        if request.method != "GET":
            messages.warning(request, SENTENCE)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url("mfa_index")})
        return redirect("mfa_index")
