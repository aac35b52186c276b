"""Files as pages show them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import names_by_right, open_export
from rtportal.regions.codes import within_q


def files_for(user: User) -> QuerySet[GeneratedFile]:
    """Files about regions where the user holds the right each asks for, whoever made them; the newest first.

    Each comes with `owner` and `zone`.
    """
    scope = scope_of(user)
    theirs = Q(pk__in=[])
    for right, names in names_by_right().items():
        theirs |= Q(export__in=names) & within_q("region_code", scope.areas_with(right))
    rows = GeneratedFile.objects.filter(theirs).select_related("owner").with_zone()
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
