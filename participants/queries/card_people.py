"""The people of a wave as cards and lists name them: whoever is expected in the hall."""

from django.db.models import QuerySet

from participants.models import Enrolment
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code


def card_people(wave: Wave, user: User) -> QuerySet[Enrolment]:
    """Those for whom a seat is kept, in the user's scope, by village, RW, RT and name; with head, RT and places."""
    people = Enrolment.objects.seated().filter(wave=wave).visible_to(user)
    return people.select_related("head__rt", "village__parent").order_by(
        "village_id", "head__rt__rw", "head__rt__number", "head__name", "pk"
    )


def card_of(person: Enrolment) -> dict[str, str]:
    """`name` (the substitute's where one comes instead, and then `represents` is the head), `unit`, `village`,
    `district`, `place` (both) and `group`.
    """
    is_represented = person.answer == Enrolment.AnswerKind.REPRESENTED
    head = person.head.full_name
    village, district = person.village.full_name, person.village.parent.full_name
    return {
        "name": person.substitute_name if is_represented else head,
        "represents": head if is_represented else "",
        "unit": person.head.rt.label,
        "village": village,
        "district": district,
        "place": f"{village}, {district}",
        "group": person.group,
    }


def code_of(person: Enrolment) -> dict:
    """What a pass has besides: `code` and its `qr`, as the door reads them; one that was revoked has neither."""
    if person.link_revoked_at or not person.short_code:
        return {"code": "", "qr": None}
    code = show_code(person.short_code)
    return {"code": code, "qr": qr_drawing(code)}
