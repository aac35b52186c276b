"""A wave of heads who may be represented, and the naming of substitutes."""

from participants.models import Enrolment
from participants.use_cases.answer_invitation import answer_invitation
from tests.factories import NOW

BUDI = {"substitute_name": "Budi Santoso", "substitute_phone": "0813-1111-2222", "substitute_relation": "Anak"}
SITI = {"substitute_name": "Siti Aminah", "substitute_phone": "0813-3333-4444", "substitute_relation": "Suami/istri"}


def name_substitute(enrolment: Enrolment, who: dict = BUDI, *, now=NOW, **fields) -> Enrolment:
    """The enrolment as it is after its head answered "Diwakili"."""
    fresh = Enrolment.objects.select_related("wave__program__region", "head__rt").get(pk=enrolment.pk)
    answer_invitation(enrolment=fresh, kind="represented", now=now, **(who | fields))
    return Enrolment.objects.select_related("wave__program__region", "head__rt__village").get(pk=enrolment.pk)
