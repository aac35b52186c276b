"""Fetching in scope and asking for a right: out of scope is 404, in scope without the right is 403."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from rtportal.accounts.scope import Right, scope_of


def fetch(request: HttpRequest, rows: Any, **lookup) -> Model:
    """The one row of `rows` (a manager or QuerySet with `visible_to`) that the signed-in user may see; else 404."""
    return get_object_or_404(rows.visible_to(request.user), **lookup)


def require(request: HttpRequest, right: Right, region_code: str) -> None:
    """Refuse (403) unless the user holds `right` in the region."""
    if not scope_of(request.user).may(right, region_code):
        raise PermissionDenied


def require_anywhere(request: HttpRequest, right: Right) -> None:
    """Refuse unless the user holds `right` in some region.

    Whoever is responsible nowhere has nothing in scope at all, so for them the page does not exist (404).
    """
    scope = scope_of(request.user)
    if not scope.areas:
        raise Http404
    if not scope.may_anywhere(right):
        raise PermissionDenied
