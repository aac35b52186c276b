"""The words of a WhatsApp template, before Meta is asked."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.messaging.kinds import MessageKind
from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.models.channels import UTILITY
from rtportal.messaging.whatsapp_bodies import StaleTemplate, lines_joined, parameters_of

Status = WhatsAppTemplate.Status
# Even the same words need a new name to be submitted again.
_SPOILT = {Status.REJECTED, Status.PAUSED}
_WORDS = ("body", "footer", "has_link", "has_replies", "life_minutes", "parameters")


@transaction.atomic
def save_whatsapp_template(
    *,
    kind: MessageKind,
    version: int,
    body: str,
    footer: str,
    has_link: bool,
    has_replies: bool,
    life_minutes: int,
    by: User,
    region_code: str,
    now: datetime,
) -> WhatsAppTemplate:
    """Write the words of the template of one kind; `version` is the one that was seen, 0 for none.

    Does: keeps words and the order of their variables as a draft under a new name, for Meta never forgets a name.
    Until Meta has approved it, nothing of this kind goes out over WhatsApp. Without a difference nothing changes.
    Refuses: InputError for words that Meta would refuse, a variable that the kind does not have (by its name), a
    version that somebody else has changed.
    Tells: an audit line in `region_code`.
    """
    body = lines_joined(body)
    wanted = {
        "body": body,
        "footer": footer.strip(),
        "has_link": has_link,
        "has_replies": has_replies,
        "life_minutes": life_minutes,
        "parameters": parameters_of(body, kind),
    }
    row = WhatsAppTemplate.objects.select_for_update().filter(kind=kind.name).first()
    if (row.version if row else 0) != version:
        raise StaleTemplate
    if row and row.status not in _SPOILT and {name: getattr(row, name) for name in _WORDS} == wanted:
        return row
    row = row or WhatsAppTemplate(kind=kind.name, version=0)
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version += 1
    row.name = f"{kind.name}_v{row.version}"
    row.status, row.category, row.reason, row.external_id, row.changed_at = Status.DRAFT, UTILITY, "", "", now
    row.save()
    record(
        at=now,
        actor=by,
        action="whatsapp_template.saved",
        sentence=f"Mengubah templat WhatsApp “{kind.label}”.",
        region_code=region_code,
        subject=f"whatsapp_template:{row.pk}",
        data={"version": row.version, "body": body},
    )
    return row
