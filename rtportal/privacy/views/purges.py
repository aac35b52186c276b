"""Pemusnahan: what was destroyed when, with its berita acara."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right
from rtportal.privacy.models import PurgeRecord
from rtportal.privacy.queries.retention import managed_by
from rtportal.privacy.retention import label_of
from rtportal.web.access import require_anywhere
from rtportal.web.paging import page_of


@require_safe
def purge_list(request: HttpRequest) -> HttpResponse:
    """Of the admin's kabupaten/kota, and of what belongs to none."""
    require_anywhere(request, Right.MANAGE_PRIVACY)
    rows = PurgeRecord.objects.filter(Q(region__in=managed_by(request.user)) | Q(region=None))
    page = page_of(request, rows.select_related("region", "actor"))
    for row in page:
        row.label = label_of(row.retention_class)
        row.zone = row.region.time_zone if row.region else "WIB"
    return render(request, "privacy/purge_list.html", {"page": page, "tab": "pemusnahan"})
