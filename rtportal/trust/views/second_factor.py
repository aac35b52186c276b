"""The page of one's own second factor, and taking a passkey away."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from rtportal.accounts.second_factor import SealedMFAAdapter, needs_second_factor
from rtportal.web.step_up import fresh_proof_required


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What is set up, what must be, and where to do it."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    by_type = {kind: [one for one in factors if one.type == kind] for kind in Authenticator.Type}
    codes = next(iter(by_type[Authenticator.Type.RECOVERY_CODES]), None)
    context = {
        "app": next(iter(by_type[Authenticator.Type.TOTP]), None),
        "passkeys": [one.wrap() for one in by_type[Authenticator.Type.WEBAUTHN]],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "is_needed": needs_second_factor(request.user),
        "is_set_up": any(by_type[kind] for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)),
    }
    return render(request, "trust/second_factor.html", context)


@fresh_proof_required
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """As django-allauth does it, but whoever must have a second factor keeps the last one."""
    passkey = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.WEBAUTHN, pk=pk)
    adapter = SealedMFAAdapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    return remove_webauthn(request, pk=pk)
