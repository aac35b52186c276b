"""What an RT head reads of the own data behind the personal link."""

from participants.models import DataCorrection, DataRequest, Enrolment

LISTED = 10


def enrolment_of_link(link_hash: str) -> Enrolment | None:
    """Whose link it is, while it is good, with head, RT, region and office; one query."""
    rows = Enrolment.objects.filter(link_hash=link_hash, link_revoked_at=None)
    return rows.select_related(
        "head__rt", "village__parent", "wave__program__region", "wave__program__office__region"
    ).first()


def corrections_of(enrolment: Enrolment) -> list[DataCorrection]:
    """What this head asked to have put right, the newest first; one query."""
    rows = DataCorrection.objects.filter(head_id=enrolment.head_id)
    return list(rows.order_by("-requested_at", "-id")[:LISTED])


def requests_of(enrolment: Enrolment) -> list[DataRequest]:
    """What else this head asked to be done with the data, the newest first; one query."""
    rows = DataRequest.objects.filter(head_id=enrolment.head_id)
    return list(rows.order_by("-requested_at", "-id")[:LISTED])
