"""A head with an open invitation, and the person who succeeds them."""

from datetime import date

from participants.models import Enrolment, RTHead
from participants.succession import HandedOver
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.replace_head import replace_head
from programs.models import Wave
from rtportal.accounts.models import User
from tests import factories
from tests.factories import NOW


def invited(wave: Wave, by: User, **head) -> Enrolment:
    """The only head of the wave's first kecamatan, invited."""
    fields = {"email": "ahmad@rt.test", "district": wave.wave_areas.first().region_id} | head
    who = factories.head(**fields)
    invite_participants(wave_id=wave.pk, by=by, now=NOW)
    return Enrolment.objects.get(head=who)


def successor(head: RTHead, by: User, **how) -> HandedOver:
    """Nor Hayati succeeds the head, unless told otherwise."""
    wishes = {"name": "Hj. Nor Hayati, S.Pd.", "email": "nor@rt.test", "phone": "0813-1111-2222"}
    return replace_head(head=head, **(wishes | {"starts_on": date(2026, 3, 1), "by": by, "now": NOW} | how))
