"""Readings of the outbox for pages."""

from django.db.models import Count

from rtportal.messaging.models import Message


def state_counts(group: str, kind: str | None = None) -> dict[str, int]:
    """How many messages of a group such as `wave:12`, of one kind if given, are in each of the states."""
    rows = Message.objects.filter(group=group)
    if kind is not None:
        rows = rows.filter(kind=kind)
    counted = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return {state: counted.get(state, 0) for state in Message.State.values}
