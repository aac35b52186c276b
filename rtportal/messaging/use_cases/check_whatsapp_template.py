"""Asking Meta how far the approval of a template is, for when its own report did not come."""

from datetime import datetime

import requests
from django.conf import settings

from rtportal.lib.errors import InputError
from rtportal.messaging.channels.whatsapp.channel import new_client
from rtportal.messaging.channels.whatsapp.client import NotSent
from rtportal.messaging.channels.whatsapp.errors import meaning_of
from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.reports import Approval
from rtportal.messaging.use_cases.apply_approval import apply_approval

Status = WhatsAppTemplate.Status


def check_whatsapp_template(*, template: WhatsAppTemplate, now: datetime) -> WhatsAppTemplate:
    """Fetch the state of one template from Meta. Not one transaction: the network lies in between.

    Does: keeps what Meta says; a submitted template that Meta does not know is a draft again.
    Refuses: InputError if Meta cannot be asked or answers with an error.
    Tells: nobody.
    """
    if not (settings.WHATSAPP_TOKEN and settings.WHATSAPP_WABA_ID):
        raise InputError("WhatsApp belum diatur (WHATSAPP_TOKEN dan WHATSAPP_WABA_ID).")
    client = new_client()
    try:
        answer = client.get(
            f"{settings.WHATSAPP_WABA_ID}/message_templates",
            {"name": template.name, "fields": "id,name,language,status,category,rejected_reason"},
        )
    except (NotSent, requests.RequestException):
        raise InputError("Meta tidak dapat dihubungi dari peladen portal. Coba lagi sebentar lagi.") from None
    finally:
        client.close()
    if not answer.is_ok:
        raise InputError(meaning_of(answer.code, answer.status).sentence)
    listed = answer.body.get("data")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    found = next((row for row in rows if row.get("name") == template.name), None)
    if found is None:
        unsent = WhatsAppTemplate.objects.filter(pk=template.pk, version=template.version, status=Status.PENDING)
        unsent.update(status=Status.DRAFT, reason="Meta belum menerima pengajuan templat ini.", changed_at=now)
    else:
        reason = str(found.get("rejected_reason") or "")
        approval = Approval(
            name=template.name,
            external_id=str(found.get("id") or ""),
            event=str(found.get("status") or ""),
            reason="" if reason == "NONE" else reason,
            category=str(found.get("category") or ""),
        )
        apply_approval(approval=approval, now=now)
    template.refresh_from_db()
    return template
