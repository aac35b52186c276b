"""Asking Meta to approve the words of a kind of message."""

from datetime import datetime

import requests
from django.conf import settings

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.messaging.channels.whatsapp.channel import new_client
from rtportal.messaging.channels.whatsapp.client import Answer, NotSent
from rtportal.messaging.channels.whatsapp.errors import meaning_of
from rtportal.messaging.channels.whatsapp.payload import template_request
from rtportal.messaging.kinds import all_kinds
from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.whatsapp_bodies import StaleTemplate

Status = WhatsAppTemplate.Status
_UNREACHABLE = "Meta tidak dapat dihubungi dari peladen portal. Coba lagi sebentar lagi."
_UNCLEAR = "Meta tidak menjawab, jadi belum diketahui apakah pengajuan ini diterima. Tekan “Periksa keadaan”."
_STATUS_WORDS = {"APPROVED": Status.APPROVED, "REJECTED": Status.REJECTED}


def submit_whatsapp_template(
    *, template: WhatsAppTemplate, version: int, by: User, region_code: str, now: datetime
) -> WhatsAppTemplate:
    """Ask Meta to approve a draft. Not one transaction: the network lies in between.

    Does: marks it pending first, so that of two presses one asks; then asks, and keeps Meta's number or the reason.
    Refuses: InputError if another version is there, if it was submitted already, if WhatsApp is not set up, or with
    what Meta says against it; the template is a draft again then.
    Tells: an audit line in `region_code`.
    """
    if not (settings.WHATSAPP_TOKEN and settings.WHATSAPP_WABA_ID):
        raise InputError("WhatsApp belum diatur (WHATSAPP_TOKEN dan WHATSAPP_WABA_ID).")
    rows = WhatsAppTemplate.objects.filter(pk=template.pk, version=version)
    if not rows.filter(status=Status.DRAFT).update(status=Status.PENDING, reason="", changed_at=now):
        if rows.exists():
            raise InputError("Templat ini sudah diajukan ke Meta.")
        raise StaleTemplate
    template.refresh_from_db()
    kind = all_kinds().get(template.kind)
    label = kind.label if kind else template.kind
    record(
        at=now,
        actor=by,
        action="whatsapp_template.submitted",
        sentence=f"Mengajukan templat WhatsApp “{label}” ke Meta.",
        region_code=region_code,
        subject=f"whatsapp_template:{template.pk}",
        data={"name": template.name},
    )
    body = template_request(template, base_url=settings.BASE_URL, examples=kind.examples if kind else {})
    changes = _answered(_ask(rows, body), rows)
    rows.update(**changes)
    template.refresh_from_db()
    return template


def _ask(rows, body: dict) -> Answer:
    client = new_client()
    try:
        return client.post(f"{settings.WHATSAPP_WABA_ID}/message_templates", body)
    except NotSent:
        rows.update(status=Status.DRAFT)
        raise InputError(_UNREACHABLE) from None
    except requests.RequestException:
        rows.update(reason=_UNCLEAR)
        raise InputError(_UNCLEAR) from None
    finally:
        client.close()


def _answered(answer: Answer, rows) -> dict:
    """What to keep of Meta's answer."""
    number = answer.body.get("id")
    if answer.is_ok and number:
        status = _STATUS_WORDS.get(str(answer.body.get("status")), Status.PENDING)
        return {
            "status": status,
            "external_id": str(number)[:60],
            "category": str(answer.body.get("category") or "UTILITY")[:20],
        }
    if answer.status >= 500 and not answer.error:
        rows.update(reason=_UNCLEAR)
        raise InputError(_UNCLEAR)
    # Said to the admin who pressed the button and can do something about it, so Meta's own words belong to it.
    words = str(answer.error.get("error_user_msg") or answer.error.get("message") or "")
    sentence = f"Meta menolak pengajuan ini. {meaning_of(answer.code, answer.status).sentence} {words}".strip()[:300]
    rows.update(status=Status.DRAFT, reason=sentence)
    raise InputError(sentence)
