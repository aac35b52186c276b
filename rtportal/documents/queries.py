"""Files as pages show them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.models import ExportPreset, GeneratedFile
from rtportal.documents.registry import Export, names_by_right, open_export, right_to
from rtportal.lib.keys import parse_key
from rtportal.regions.codes import within_q


def files_for(user: User) -> QuerySet[GeneratedFile]:
    """Files about regions where the user holds the right each asks for, whoever made them; the newest first.

    Each comes with `owner` and `zone`.
    """
    scope = scope_of(user)
    theirs = Q(pk__in=[])
    for right, names in names_by_right().items():
        theirs |= Q(export__in=names) & within_q("region_code", scope.areas_with(right))
    in_full = within_q("region_code", scope.areas_with(Right.EXPORT_IDENTITY))
    rows = GeneratedFile.objects.filter(theirs, Q(is_unmasked=False) | in_full).select_related("owner").with_zone()
    return rows.order_by("-requested_at", "pk")


def file_for(user: User, pk: UUID) -> GeneratedFile:
    """One file that the user may have now, whoever made it and whatever was allowed when it was made.

    Raises Http404 out of scope, PermissionDenied in scope without the right to what it tells about.
    """
    rows = GeneratedFile.objects.visible_to(user).select_related("owner").with_zone()
    file = get_object_or_404(rows, pk=pk)
    export = open_export(file.export, user=user, params=file.params, is_unmasked=file.is_unmasked)
    # What it tells about may meanwhile belong to another region than when it was written.
    needed = {export.right, Right.EXPORT_IDENTITY} if file.is_unmasked else {export.right}
    if not all(scope_of(user).may(right, file.region_code) for right in needed):
        raise PermissionDenied
    return file


def presets_for(export: Export) -> QuerySet[ExportPreset]:
    """Choices of columns kept where the export's data belong; `export` is open, so its user may have them."""
    return ExportPreset.objects.filter(region=export.region_code, export=export.identifier).order_by("name", "pk")


def preset_in(export: Export, typed: str) -> ExportPreset | None:
    """The one with that key; None for none, and for what is no key."""
    key = parse_key(typed)
    return None if key is None else presets_for(export).filter(pk=key).first()


def preset_for(user: User, pk: int) -> ExportPreset:
    """Raises Http404 out of scope, PermissionDenied in scope without the right to what it exports."""
    scope = scope_of(user)
    preset = get_object_or_404(ExportPreset.objects.filter(scope.rows_touching("region_id")), pk=pk)
    if not scope.may(right_to(preset.export), preset.region_id):
        raise PermissionDenied
    return preset
