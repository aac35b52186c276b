"""Steps that use cases share: locking a row against a version, saving with the sentences."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from programs.errors import Refusal, StaleEdit
from programs.models import Program, Venue, Wave
from programs.queries.changes import changes_since


def locked_program(pk: int) -> Program:
    """The programme with region and office, nobody else writing to it or its waves until the transaction ends.

    SQLite has no row locks; there the transaction is IMMEDIATE and holds the only write lock already.
    """
    rows = Program.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("region", "office").get(pk=pk)


def locked_wave(pk: int) -> Wave:
    """The wave with venue, programme and region; its row and the programme's are locked.

    Both in one statement and the programme first, as everybody does who locks waves: so nobody waits in a circle.
    """
    rows = Wave.objects.select_for_update(of=("program", "self"), no_key=True)
    return rows.select_related("program__region", "venue").get(pk=pk)


def lock_hall(wave: Wave) -> None:
    """Hold the wave's hall: of two waves that come into one hall at once the second sees the first."""
    list(Venue.objects.select_for_update(no_key=True).filter(pk=wave.venue_id).values_list("pk"))


def refuse_stale(row: Model, subject: str, version: int, part: str = "") -> None:
    """Refuse if somebody saved `row` after the official saw `version`. Call it on a locked row that has versions.

    `part` names the row inside the subject's history where it is not the subject itself: see `changes_since`.
    """
    if row.version != version:
        raise StaleEdit(version=row.version, changes=changes_since(subject, version, part))


def save_or_refuse(row: Model, **fields: Any) -> None:
    """Set the fields and save; a broken constraint is refused with the sentence that the model has for it."""
    for name, value in fields.items():
        setattr(row, name, value)
    _refuse_broken_constraint(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody else was faster: now the other row can be seen.
        _refuse_broken_constraint(row)
        raise


def _refuse_broken_constraint(row: Model) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
