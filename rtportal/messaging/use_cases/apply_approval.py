"""A provider decided about a template."""

from datetime import datetime

from django.db import transaction

from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.models.channels import UTILITY
from rtportal.messaging.reports import Approval

Status = WhatsAppTemplate.Status
_STATES = {
    "APPROVED": Status.APPROVED,
    "REINSTATED": Status.APPROVED,
    "UNARCHIVED": Status.APPROVED,
    "PENDING": Status.PENDING,
    "IN_APPEAL": Status.PENDING,
    "REJECTED": Status.REJECTED,
    "PAUSED": Status.PAUSED,
    "DISABLED": Status.PAUSED,
    "ARCHIVED": Status.PAUSED,
    "DELETED": Status.PAUSED,
    "PENDING_DELETION": Status.PAUSED,
    "LIMIT_EXCEEDED": Status.PAUSED,
}
_REASONS = {
    "ABUSIVE_CONTENT": "isi dianggap tidak patut",
    "INCORRECT_CATEGORY": "kategori tidak sesuai",
    "TAG_CONTENT_MISMATCH": "kategori tidak sesuai dengan isi",
    "INVALID_FORMAT": "bentuk templat tidak sah",
    "SCAM": "isi dianggap menipu",
    "PROMOTIONAL": "isi dianggap promosi",
    "DISABLED": "dinonaktifkan Meta",
    "ARCHIVED": "diarsipkan Meta",
    "DELETED": "dihapus di Meta",
    "PENDING_DELETION": "akan dihapus di Meta",
    "LIMIT_EXCEEDED": "batas jumlah templat tercapai",
}


@transaction.atomic
def apply_approval(*, approval: Approval, now: datetime) -> str:
    """Keep how far Meta's approval of a template is. Returns what came of it, in words.

    Does: sets status, reason and category of the template with that name. Another category than utility stops it, for
    Meta then forgets how long it may hold a message back.
    Refuses: nothing; a name that is no (longer) template of ours is left alone, as is an event without a meaning.
    Tells: nobody; the page of templates shows it.
    """
    row = WhatsAppTemplate.objects.select_for_update().filter(name=approval.name).first()
    if row is None:
        return "templat tidak dikenal"
    if approval.category:
        row.category = approval.category[:20]
    status = _STATES.get(approval.event)
    if status:
        row.status = status
        reason = _REASONS.get(approval.reason, approval.reason)
        row.reason = (reason or _REASONS.get(approval.event, ""))[:300]
        row.external_id = (approval.external_id or row.external_id)[:60]
    if row.category != UTILITY:
        row.status = Status.PAUSED if row.status == Status.APPROVED else row.status
        row.reason = f"Meta memindahkan templat ini ke kategori {row.category}; perbaiki isinya, lalu ajukan lagi."
    row.changed_at = now
    row.save()
    return f"templat {row.get_status_display()}"
