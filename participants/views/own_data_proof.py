"""What stands for a cookie on the own-data page: that the last digits of the telephone were shown, for a while."""

from datetime import datetime, timedelta

from django.core import signing

from participants.models import Enrolment

LASTS = timedelta(minutes=15)
_SALT = "participants.own-data"


def make_proof(enrolment: Enrolment, now: datetime) -> str:
    """Good for this enrolment, its present head and its present link until 15 minutes from now."""
    return signing.dumps([*_bound_to(enrolment), int((now + LASTS).timestamp())], salt=_SALT)


def is_proven(text: str, enrolment: Enrolment, now: datetime) -> bool:
    try:
        *bound, until = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return False
    return bound == _bound_to(enrolment) and now.timestamp() < until


def _bound_to(enrolment: Enrolment) -> list:
    return [enrolment.pk, enrolment.head_id, enrolment.link_hash]
