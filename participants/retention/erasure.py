"""What a head asked to have deleted goes everywhere at once, not only when each retention ends.

Emptied besides the roster: the messages to the person and what came back, the inbox of trial messages, corrections,
and what rosters keep for undoing. Those of a predecessor, a successor or a family on the same telephone stay.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from participants.models import DataCorrection, Enrolment, EnrolmentSuccession, RTHead
from participants.retention.heads import anonymise_heads
from participants.retention.requests import empty_corrections
from participants.roster_file.undo_rows import forget_in_undos
from participants.told import TO_HEADS
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message, Reply
from rtportal.messaging.silencing import silence
from rtportal.privacy.purges.messages import empty_messages, empty_replies
from rtportal.regions.codes import REGENCY, cut
from sessions.models import Speaker

WITHDRAWN_WORDS = "Penerimanya meminta datanya dihapus: pesan ini tidak dikirim lagi."


def erase_head(head: RTHead, *, now: datetime) -> None:
    """Destroy what tells who this former head was; `head` comes with `rt`, the caller holds the roster.

    What the law wants kept stays as it is: attendance and its counts, payments, certificates, the history.
    Raises InputError, everything undone, while a message to the person is under way.
    """
    addresses = {address for address in (head.phone, head.email) if address}
    anonymise_heads([head.pk], now)
    silence(Message.objects.filter(pk__in=list(_messages_to(head))), words=WITHDRAWN_WORDS, now=now)
    # Again, as what a worker let follow a failure meanwhile is seen only now that the failures are held.
    keys = list(_messages_to(head))
    messages = Message.objects.filter(pk__in=keys)
    silence(messages, words=WITHDRAWN_WORDS, now=now)
    if messages.filter(state=Message.State.SENDING).exists():
        # Its worker would write who it was for once more, as it closes the row.
        raise InputError("Sebuah pesan untuk orang ini sedang dikirim. Coba lagi beberapa menit lagi.")
    addresses |= {address for address in messages.values_list("address", flat=True) if address}
    corrections = DataCorrection.objects.filter(head=head.pk)
    # Where they were reached before something was put right.
    addresses |= {one.before[key] for one in corrections for key in ("phone", "email") if one.before.get(key)}
    replies = list(Reply.objects.filter(message__in=keys).values_list("pk", flat=True))
    empty_replies([*replies, *_unplaced_replies(head, addresses)], now)
    withdrawn = list(messages.filter(state=Message.State.WITHDRAWN, closed_at=now).values_list("pk", flat=True))
    empty_messages(keys, now)
    Message.objects.filter(pk__in=withdrawn).update(detail=WITHDRAWN_WORDS)
    # Nobody can try them again: they have no address.
    messages.filter(Q(expires_at=None) | Q(expires_at__gt=now)).update(expires_at=now)
    empty_corrections([one.pk for one in corrections], now)
    forget_in_undos([head.pk], cut(head.rt.village_id, REGENCY))


def _messages_to(head: RTHead) -> Iterable[int]:
    """Primary keys of the messages about enrolments from the time in which this head held them."""
    changes = EnrolmentSuccession.objects.filter(Q(from_head=head.pk) | Q(to_head=head.pk)).values("enrolment")
    seats = Enrolment.objects.filter(Q(head=head.pk) | Q(pk__in=changes))
    present = dict(seats.values_list("pk", "head_id"))
    passed: defaultdict[int, list[EnrolmentSuccession]] = defaultdict(list)
    for one in EnrolmentSuccession.objects.filter(enrolment__in=present).order_by("at", "pk"):
        passed[one.enrolment_id].append(one)
    rows = Message.objects.filter(kind__in=TO_HEADS, about_id__in=present)
    for pk, seat, queued_at in rows.values_list("pk", "about_id", "queued_at"):
        later = (one.from_head_id for one in passed[seat] if _is_before(pk, queued_at, one))
        if next(later, present[seat]) == head.pk:
            yield pk


def _is_before(pk: int, queued_at: datetime, change: EnrolmentSuccession) -> bool:
    """By the key, as both may be of one instant; successions without one are old, or had no messages before them."""
    return pk <= change.last_message_id if change.last_message_id else queued_at < change.at


def _unplaced_replies(head: RTHead, addresses: Iterable[str]) -> list[int]:
    """Replies that nobody knew the sender of, from addresses that are nobody else's."""
    own = set()
    with beyond_scope("whether an address is somebody else's is not told, only heeded"):
        for address in addresses:
            where = Q(phone=address) | Q(email__iexact=address)
            others = RTHead.objects.filter(where).exclude(pk=head.pk)
            if not (others.exists() or Speaker.objects.filter(where).exists()):
                own |= {address, address.lower()}
    return list(Reply.objects.filter(message=None, address__in=own).values_list("pk", flat=True))
