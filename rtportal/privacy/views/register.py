"""Data pribadi: the register of processing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right
from rtportal.privacy import register
from rtportal.privacy.queries.retention import managed_by
from rtportal.privacy.retention import kept_classes
from rtportal.web.access import require_anywhere


@require_safe
def register_detail(request: HttpRequest) -> HttpResponse:
    """Every field with personal data, by kind."""
    require_anywhere(request, Right.MANAGE_PRIVACY)
    context = {
        "groups": register.groups(),
        "kept": kept_classes(),
        "region": managed_by(request.user).first(),
        "tab": "rekaman",
    }
    return render(request, "privacy/register_detail.html", context)
