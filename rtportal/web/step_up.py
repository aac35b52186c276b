"""A fresh proof of who acts, asked right before what cannot be taken back or shows much about many people.

Whoever signed in or proved themselves at most `STEP_UP_SECONDS` ago goes straight on. Everybody else meets a page at
the same address that carries along all they typed and asks for a code, a passkey or the password; sent off, it proves
and acts in one step. Nothing waits in the session, so nothing typed is lost or done later by surprise.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from rtportal.accounts.forms import ProofCodeForm, ProofPasskeyForm, ProofPasswordForm
from rtportal.lib import clock

View = Callable[..., HttpResponse]

SESSION_KEY = "proved_at"
# The fields of the page begin with this; the one that says which page came stands in every answer of it.
PREFIX = "bukti"
SENT = f"{PREFIX}-dari"


def stamp_proof(request: HttpRequest, now: datetime) -> None:
    """Remembers in the session that its user proved just now who they are."""
    request.session[SESSION_KEY] = now.timestamp()


def has_fresh_proof(request: HttpRequest, now: datetime) -> bool:
    """Whether the last proof of this session is at most `STEP_UP_SECONDS` old; one from the future is none."""
    proved_at = request.session.get(SESSION_KEY)
    return proved_at is not None and 0 <= now.timestamp() - proved_at <= settings.STEP_UP_SECONDS


def fresh_proof_required(view: View | None = None, *, when: Callable[..., bool] | None = None) -> Any:
    """Decorator of views: lets through whoever proved themselves lately, asks everybody else first, then goes on.

    `when(request, *args, **kwargs)` says whether this request needs it (default: every POST and GET of the view).
    Not for views that take files: a page cannot carry them along. Stands above `require_POST` and its like.
    """
    if view is None:
        return lambda inner: fresh_proof_required(inner, when=when)

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated or (when and not when(request, *args, **kwargs)):
            return view(request, *args, **kwargs)
        if not has_fresh_proof(request, clock.now()):
            form = _proof_form(request)
            if not form.is_valid():
                return _proof_page(request, form)
            if not isinstance(form, ProofPasswordForm):
                form.save()
            stamp_proof(request, clock.now())
        if request.POST.get(SENT) == "GET":
            # What was asked for was a page or a file, not an action.
            return redirect(request.get_full_path())
        if SENT in request.POST:
            request.POST = _without_proof(request.POST)
        request.has_fresh_proof = True
        return view(request, *args, **kwargs)

    guarded.asks_fresh_proof = True
    return guarded


def _without_proof(sent: QueryDict) -> QueryDict:
    """What was sent for the view itself: one that shows everything again must not show a password."""
    own = sent.copy()
    for name in sent:
        if name.startswith(f"{PREFIX}-"):
            del own[name]
    return own


def _proof_form(request: HttpRequest) -> Form:
    """The form that fits the user's factors, filled with what was sent."""
    user, sent = request.user, request.POST if SENT in request.POST else None
    factors = _factors(request)
    if Authenticator.Type.WEBAUTHN in factors and sent and sent.get(f"{PREFIX}-credential"):
        return ProofPasskeyForm(sent, user=user, prefix=PREFIX)
    if factors:
        return ProofCodeForm(sent, user=user, prefix=PREFIX)
    return ProofPasswordForm(sent, user=user, prefix=PREFIX)


def _factors(request: HttpRequest) -> set[str]:
    if not hasattr(request, "_factors"):
        request._factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return request._factors


def _proof_page(request: HttpRequest, form: Form) -> HttpResponse:
    """The question, with everything that was sent in hidden fields; 422 after a wrong answer."""
    method = request.POST.get(SENT) or request.method
    options = begin_authentication(request.user) if Authenticator.Type.WEBAUTHN in _factors(request) else None
    if isinstance(form, ProofPasskeyForm):
        refused, form = form.errors.get("credential"), ProofCodeForm(user=request.user, prefix=PREFIX)
    else:
        refused = None
    context = {
        "form": form,
        "refused": refused,
        "passkey_options": options,
        "has_code": bool(_factors(request)),
        "kept": [
            (name, value)
            for name, values in _without_proof(request.POST).lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ],
        "sent": (SENT, "GET" if method in {"GET", "HEAD"} else "POST"),
        "prefix": PREFIX,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if SENT in request.POST else HTTPStatus.OK
    response = render(request, "web/step_up.html", context, status=status)
    # What was typed stands in the page: nothing may keep it.
    response.headers["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request") == "true":
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
    return response
