"""What follows when telephone, e-mail or name of heads are put right: messages go along, substitutes are looked at."""

from collections.abc import Iterable
from datetime import datetime

from participants.models import Enrolment, RTHead
from participants.moving import locked_waves
from participants.told import ANNOUNCEMENTS, REMINDER_SUBSTITUTE, REMINDERS, THANKS
from programs.models import Wave
from rtportal.messaging.models import Message

# Kinds about an enrolment that go to its head.
_TO_HEADS = [kind for kind in (*ANNOUNCEMENTS, *REMINDERS, THANKS) if kind != REMINDER_SUBSTITUTE]
_REMOVED = "Alamat ini dihapus atas permintaan penerima."


def locked_coming_waves(heads: Iterable[int], *, now: datetime) -> list[Wave]:
    """Waves to come in which these heads (by key) are, locked: there they may stand in for somebody once their
    telephone or name is put right (`substitutes.turn_back_heads`).
    """
    mine = Enrolment.objects.active().filter(head__in=heads, wave__starts_at__gt=now, wave__cancelled_at=None)
    return list(locked_waves(mine.order_by().values_list("wave", flat=True).distinct()).values())


def readdress(changes: Iterable[tuple[RTHead, RTHead]], *, now: datetime) -> None:
    """Bring the outbox in line with heads, each given as it was and as it is; belongs into the transaction that
    changes them. One query, and one more for each message that changes.

    What was not begun goes to the new address and name. Later links of messages already sent get it too, for the case
    that those fail. A message to an address that is no more fails, and its next link follows as after any failure.
    What is being sent at this moment, printed or open on somebody's telephone stays as it is.
    """
    moves = {head.pk: (_moved(former, head), head.full_name) for former, head in changes if _differ(former, head)}
    if not moves:
        return
    holders = dict(Enrolment.objects.filter(head__in=moves).order_by().values_list("pk", "head"))
    rows = Message.objects.filter(kind__in=_TO_HEADS, about_id__in=holders).order_by("pk")
    # Never waits for a worker, who may hold rows in another order.
    for message in rows.select_for_update(skip_locked=True):
        moved, name = moves[holders[message.about_id]]
        if written := _changes(message, moved, name, now):
            Message.objects.filter(pk=message.pk).update(**written)


def _moved(former: RTHead, head: RTHead) -> dict[str, str]:
    """Addresses that are no more, each with what stands in its place."""
    return {old: new for old, new in ((former.phone, head.phone), (former.email, head.email)) if old and old != new}


def _differ(former: RTHead, head: RTHead) -> bool:
    return bool(_moved(former, head)) or former.full_name != head.full_name


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
