"""Messages follow a head whose telephone, e-mail or name was put right."""

from datetime import datetime

from participants.models import Enrolment, RTHead
from participants.told import ANNOUNCEMENTS, REMINDER_SUBSTITUTE, REMINDERS, THANKS
from rtportal.messaging.models import Message

# Kinds about an enrolment that go to its head.
_TO_HEADS = [kind for kind in (*ANNOUNCEMENTS, *REMINDERS, THANKS) if kind != REMINDER_SUBSTITUTE]
_REMOVED = "Alamat ini dihapus atas permintaan penerima."


def readdress(head: RTHead, *, former: RTHead, now: datetime) -> None:
    """Bring the outbox in line with `head`, who was `former`; belongs into the transaction that changes the head.

    What was not begun goes to the new address and name. Later links of messages already sent get it too, for the case
    that those fail. A message to an address that is no more fails, and its next link follows as after any failure.
    What is being sent at this moment, printed or open on somebody's telephone stays as it is.
    """
    moved = {old: new for old, new in ((former.phone, head.phone), (former.email, head.email)) if old and old != new}
    renamed = former.full_name != head.full_name
    if not moved and not renamed:
        return
    mine = Enrolment.objects.filter(head=head).order_by().values("pk")
    rows = Message.objects.filter(kind__in=_TO_HEADS, about_id__in=mine).order_by("pk")
    # Never waits for a worker, who may hold rows in another order.
    for message in rows.select_for_update(skip_locked=True):
        changes = _changes(message, moved, head.full_name, now)
        if changes:
            Message.objects.filter(pk=message.pk).update(**changes)


def _changes(message: Message, moved: dict[str, str], name: str, now: datetime) -> dict[str, object]:
    changes: dict[str, object] = {}
    route = [[channel, moved.get(address, address)] for channel, address in message.route]
    route = [link for link in route if link[1]]
    if route != [list(link) for link in message.route]:
        changes["route"] = route
    if not message.is_waiting:
        return changes
    if message.recipient_name != name:
        changes["recipient_name"] = name
    address = moved.get(message.address, message.address)
    if not address:
        failure = Message.Failure.ADDRESS
        return changes | {"state": Message.State.FAILED, "failure": failure, "closed_at": now, "detail": _REMOVED}
    return changes | ({"address": address} if address != message.address else {})
