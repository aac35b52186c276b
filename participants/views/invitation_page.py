"""Laying out the personal page.

Most of it is the same for everybody in a wave. That part is laid out once for the values it shows; the values are read
from the database for every visit, so it is never older than what it says, only the work of laying it out is saved.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from participants.models import Enrolment, RetiredPass
from participants.queries.invitation import Invitation, agenda_of, wave_of
from participants.queries.invitation_extras import certificate_of, map_url, materials_of, presences_of
from participants.rules import CONTINUED, RELATIONS, link_closed, needs_companion
from programs.models import Program
from rtportal.lib import clock
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code

# A few waves are answered at a time, in a handful of versions while they are edited and in three states each.
_REMEMBERED = 64
# Shown again and again on the morning of a wave; three KiB each.
_REMEMBERED_CODES = 1024
# Where the parts about the person go. Text from the database is escaped, so none of it can look like this.
_PLACE = mark_safe("<!-- place -->")
_COMING = {Enrolment.AnswerKind.CONFIRMED, Enrolment.AnswerKind.REPRESENTED}

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
    comes = invitation.answer in _COMING and not invitation.superseded_at and not wave.is_cancelled
    has_pass = comes and now < wave.ends_at
    is_for_substitute = invitation.answer == Enrolment.AnswerKind.REPRESENTED
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
            "pass": _pass_html(invitation.short_code or "", is_for_substitute) if has_pass and not faults else "",
        },
    )
    parts = (person, _question(invitation.name), _own_html(invitation, wave.zone))
    if faults:
        forms = {"typed": typed, "faults": faults}
        pieces = _surroundings(invitation.wave_row, invitation.group, closed, "", forms)
    else:
        stand = "comes" if has_pass else invitation.answer
        pieces = _remembered_surroundings(invitation.wave_row, invitation.group, closed, stand)
    return _filled(pieces, parts)


def _filled(pieces: Sequence[str], parts: Sequence[str]) -> str:
    """The pieces with the parts between them; the middle one, the question, is not asked on every page."""
    person, question, own = parts
    if len(pieces) == 4:
        before, after, between, rest = pieces
        return "".join((before, person, after, question, between, own, rest))
    before, after, rest = pieces
    return "".join((before, person, after, own, rest))


@lru_cache(maxsize=_REMEMBERED_CODES)
def _pass_html(code: str, is_for_substitute: bool) -> SafeString:
    """The pass with its short code as QR; without one (`code` empty) the name is asked for at the door."""
    shown = show_code(code) if code else ""
    context = {"code": shown, "drawing": qr_drawing(shown) if code else None, "is_for_substitute": is_for_substitute}
    return _render("_invitation_pass", context)


def _question(name: str) -> SafeString:
    return format_html("<h2>Apakah Anda {}, dan dapat hadir?</h2>", name)


def _own_html(invitation: Invitation, zone: str) -> str:
    if invitation.attended is None and invitation.shared is None:
        return ""
    context = {"presences": presences_of(invitation, zone), "materials": materials_of(invitation)}
    # Whoever was never there has none, and most visits are before the wave.
    context["certificate"] = certificate_of(invitation) if invitation.attended is not None else None
    return _render("_invitation_own", context)


def revoked_html(invitation: Invitation) -> str:
    return _dead_html(wave_of(invitation.wave_row).program, RetiredPass.Cause.REVOKED)


def retired_html(retired: RetiredPass) -> str:
    """What somebody reads who still has a link or code that died; who it was for is not said."""
    return _dead_html(retired.enrolment.wave.program, retired.cause)


def _dead_html(program: Program, cause: str) -> str:
    return _render("invitation_revoked", {"program": program, "office": program.office, "cause": cause})


def unknown_html() -> str:
    return _render("invitation_unknown", {})


@lru_cache(maxsize=4 * _REMEMBERED)
def _remembered_surroundings(wave_row: tuple, group: str, closed: str, stand: str) -> tuple[str, ...]:
    return _surroundings(wave_row, group, closed, stand, {})


def _surroundings(wave_row: tuple, group: str, closed: str, stand: str, forms: dict) -> tuple[str, ...]:
    """What stands around the parts about the person; `stand` is `comes` until the wave is over, an answer, or empty."""
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
        "stand": stand,
        "map_url": map_url(wave.venue) if wave.publication else "",
        "place": _PLACE,
    }
    return tuple(_render("invitation_show", context | forms).split(_PLACE))


def _render(name: str, context: dict) -> SafeString:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return get_template(f"participants/{name}.html").render(context)
