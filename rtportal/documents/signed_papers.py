"""Signed copies as pages show them, for whoever may have the paper itself."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.documents.models import GeneratedFile, SignedPaper
from rtportal.documents.registry import Document, Paper, open_export


def signed_copies_of(file: GeneratedFile) -> QuerySet[SignedPaper]:
    """Those of the paper that the file is, whenever it was made."""
    rows = SignedPaper.objects.filter(export=file.export, params=file.params)
    return rows.select_related("uploaded_by")


def signed_copies_about(subject: str) -> QuerySet[SignedPaper]:
    """Those of all papers about `wave:12`."""
    return SignedPaper.objects.filter(subject=subject).select_related("uploaded_by")


def signed_copy_for(user: User, pk: UUID) -> SignedPaper:
    """One that the user may have now. Raises Http404 out of scope, PermissionDenied without the right."""
    scope = scope_of(user)
    signed = get_object_or_404(SignedPaper.objects.filter(scope.rows_touching("region_code")), pk=pk)
    paper = open_export(signed.export, user=user, params=signed.params)
    if not scope.may(paper.right, signed.region_code):
        raise PermissionDenied
    return signed


def is_signable(document: Document) -> bool:
    """Whether anybody signs such a file: papers, not tables and not bundles."""
    return isinstance(document, Paper) and document.formats == ("pdf",)
