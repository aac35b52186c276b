"""Short codes of enrolments: each has its own, whoever writes at the same time."""

from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction

from participants.models import Enrolment, RetiredPass
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib.short_codes import make_code

# Among a million enrolments one code in seven hundred is taken; nobody is unlucky so often.
_TRIES = 20


def insert_with_codes(enrolments: Iterable[Enrolment], *, make: Callable[[], str] = make_code) -> list[Enrolment]:
    """Insert new enrolments, each with a short code of its own, and return them. Belongs into a transaction.

    Raises IntegrityError if something else than a code is there already.
    """
    rows = list(enrolments)
    for row in rows:
        row.short_code = make()
    for _ in range(_TRIES):
        if _replace_taken(rows, make):
            continue
        try:
            with transaction.atomic():
                return Enrolment.objects.bulk_create(rows)
        except IntegrityError:
            if not _replace_taken(rows, make):
                raise
    raise IntegrityError("no short code is free")


def give_codes(enrolments: Iterable[Enrolment], *, make: Callable[[], str] = make_code) -> None:
    """Give each row another code, in place of the one it had; saves nothing else. Belongs into a transaction."""
    rows = list(enrolments)
    for row in rows:
        row.short_code = make()
    for _ in range(_TRIES):
        if _replace_taken(rows, make):
            continue
        try:
            with transaction.atomic():
                Enrolment.objects.bulk_update(rows, ["short_code"], batch_size=500)
        except IntegrityError:
            continue
        return
    raise IntegrityError("no short code is free")


def _replace_taken(rows: list[Enrolment], make: Callable[[], str]) -> bool:
    """Whether some of the codes were taken, in the database or twice among the rows; those have others now.

    A code that died is taken for good: on somebody's letter it must not open another one's page.
    """
    codes = [row.short_code for row in rows]
    seen: set[str] = set()
    with beyond_scope("a code opens one page in the whole portal"):
        for start in range(0, len(codes), 500):
            part = codes[start : start + 500]
            for model in (Enrolment, RetiredPass):
                seen.update(model.objects.filter(short_code__in=part).order_by().values_list("short_code", flat=True))
    found = False
    for row in rows:
        if row.short_code in seen:
            row.short_code, found = make(), True
        seen.add(row.short_code)
    return found
