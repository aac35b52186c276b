"""Keeping a choice of columns for the next time."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rtportal.accounts.models import User
from rtportal.documents.models import ExportPreset
from rtportal.lib.errors import InputError

LONGEST_NAME = 80
TAKEN = "Sudah ada susunan kolom dengan nama ini. Pilih nama lain, atau buka susunan itu lalu ubah."


class PresetRefused(InputError):
    """The choice is not kept; the sentence says why."""


def save_preset(
    *,
    preset: ExportPreset | None,
    export: str,
    region_code: str,
    name: str,
    columns: Sequence[str],
    by: User,
    now: datetime,
) -> ExportPreset:
    """Does: keeps the columns in their order under a name; an open `preset` is changed and gets the name.

    Refuses: PresetRefused without name or columns, and for a name that another choice of the same export has there.
    Tells: nobody; it holds no data.
    """
    name = " ".join(name.split())
    if not name:
        raise PresetRefused("Beri nama untuk susunan kolom ini.")
    if len(name) > LONGEST_NAME:
        raise PresetRefused(f"Nama susunan paling panjang {LONGEST_NAME} huruf.")
    if not columns:
        raise PresetRefused("Pilih paling sedikit satu kolom.")
    row = preset or ExportPreset(export=export, region_id=region_code)
    row.name, row.columns, row.saved_by, row.saved_at = name, list(columns), by, now
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save()
    except (ValidationError, IntegrityError):
        raise PresetRefused(TAKEN) from None
    return row
