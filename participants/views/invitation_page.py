"""Laying out the personal page.

Most of it is the same for everybody in a wave. That part is laid out once for the values it shows; the values are read
from the database for every visit, so it is never older than what it says, only the work of laying it out is saved.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from participants.models import RetiredPass
from participants.queries.invitation import Invitation, agenda_of, wave_of
from participants.rules import CONTINUED, RELATIONS, link_closed, needs_companion
from programs.models import Program
from rtportal.lib import clock

# A few waves are answered at a time, in a handful of versions while they are edited and in three states each.
_REMEMBERED = 64
# Text from the database is escaped, so none of it can look like this.
_PERSON_GOES_HERE = mark_safe("<!-- person -->")

# Shared between requests: there to be read.
_remembered_wave = lru_cache(maxsize=_REMEMBERED)(wave_of)


def invitation_html(
    invitation: Invitation,
    now: datetime,
    *,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    """The page; with `typed` and `faults` (sentences by field) it shows the forms as they were filled in."""
    wave = _remembered_wave(invitation.wave_row)
    closed = CONTINUED if invitation.superseded_at else link_closed(wave, now)
    person = _render(
        "_invitation_person",
        {
            "greeting": wave.program.office.greeting,
            "program_name": wave.program.name,
            "name": invitation.name,
            "answer": invitation.answer,
            "cancelled": closed if wave.is_cancelled else "",
            "invitation": invitation,
            "zone": wave.zone,
            "needs_letter": wave.program.substitute_letter,
            "is_open": not closed,
            "trouble": faults.get("", "Jawaban belum tersimpan.") if faults else "",
            "faulty_field": next(iter(faults)) if faults else "",
        },
    )
    if faults:
        forms = {"typed": typed, "faults": faults}
        return _surroundings(invitation.wave_row, invitation.group, closed, False, person, forms)
    before, after = _remembered_surroundings(invitation.wave_row, invitation.group, closed, bool(invitation.answer))
    return before + person + after


def revoked_html(invitation: Invitation) -> str:
    return _dead_html(wave_of(invitation.wave_row).program, RetiredPass.Cause.REVOKED)


def retired_html(retired: RetiredPass) -> str:
    """What somebody reads who still has a link or code that died; who it was for is not said."""
    return _dead_html(retired.enrolment.wave.program, retired.cause)


def _dead_html(program: Program, cause: str) -> str:
    return _render("invitation_revoked", {"program": program, "office": program.office, "cause": cause})


def unknown_html() -> str:
    return _render("invitation_unknown", {})


@lru_cache(maxsize=3 * _REMEMBERED)
def _remembered_surroundings(wave_row: tuple, group: str, closed: str, is_answered: bool) -> tuple[str, str]:
    """What stands before and after the part about the person."""
    before, _, after = _surroundings(wave_row, group, closed, is_answered, _PERSON_GOES_HERE, {}).partition(
        _PERSON_GOES_HERE
    )
    return before, after


def _surroundings(wave_row: tuple, group: str, closed: str, is_answered: bool, person: SafeString, forms: dict) -> str:
    wave = _remembered_wave(wave_row)
    zone = wave.zone
    is_one_day = wave.local_day == clock.local_date(wave.ends_at, zone)
    context = {
        "wave": wave,
        "zone": zone,
        "until": (clock.time_words if is_one_day else clock.moment_words)(wave.ends_at, zone),
        "program": wave.program,
        "office": wave.program.office,
        "agenda": [] if wave.is_cancelled else agenda_of(wave, group),
        "needs_companion": needs_companion(wave.program),
        "relations": RELATIONS,
        "closed": closed,
        "is_answered": is_answered,
        "person": person,
    }
    return _render("invitation_show", context | forms)


def _render(name: str, context: dict) -> SafeString:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return get_template(f"participants/{name}.html").render(context)
