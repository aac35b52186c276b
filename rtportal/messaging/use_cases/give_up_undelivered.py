"""Messages that WhatsApp took and could not deliver in time."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from rtportal.messaging.models import Message, WhatsAppTemplate
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

# A report may be late by minutes; one that is later still takes the failure back.
MARGIN = timedelta(minutes=30)
_DETAIL = "Tidak sampai pada waktunya: HP penerima mati atau tidak terhubung ke internet."


def give_up_undelivered(*, now: datetime) -> int:
    """Fail what Meta sent on and never reported as delivered: when a template's time is over, Meta says nothing.

    Does: messages that were reported as sent and not as delivered, longer ago than their template's life, have failed
    as undelivered. Where no report came at all, the webhook may be broken, and nothing is known.
    Refuses: nothing.
    Tells: failures are passed on to the next link. Returns how many failed.
    """
    kinds_by_life: dict[timedelta, list[str]] = defaultdict(list)
    for template in WhatsAppTemplate.objects.all():
        kinds_by_life[template.life].append(template.kind)
    rows = Message.objects.filter(state=Message.State.ACCEPTED, reported_at__isnull=False, channel="whatsapp")
    failed = 0
    with transaction.atomic():
        for life, kinds in kinds_by_life.items():
            failed += rows.filter(kind__in=kinds, closed_at__lt=now - life - MARGIN).update(
                state=Message.State.FAILED, failure=Message.Failure.UNDELIVERED, detail=_DETAIL
            )
    if failed:
        pass_on_failures(now=now)
    return failed
