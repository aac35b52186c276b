"""Files as pages show them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export


def files_for(user: User) -> QuerySet[GeneratedFile]:
    """Files of the regions where the user may export, the newest first, each with `owner` and `zone`."""
    rows = GeneratedFile.objects.exportable_by(user).select_related("owner").with_zone()
    return rows.order_by("-requested_at", "pk")


def file_for(user: User, pk: UUID) -> GeneratedFile:
    """One file that the user may have now, whoever made it and whatever was allowed when it was made.

    Raises Http404 out of scope, PermissionDenied in scope without the right to what it tells about.
    """
    rows = GeneratedFile.objects.visible_to(user).select_related("owner").with_zone()
    file = get_object_or_404(rows, pk=pk)
    export = open_export(file.export, user=user, params=file.params)
    # What it tells about may meanwhile belong to another region than when it was written.
    if not scope_of(user).may(export.right, file.region_code):
        raise PermissionDenied
    return file
