"""When messages that are only planned would go out, with everything as it stands now: `forecast` with real numbers."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Min
from django.db.models.functions import Left

from rtportal.lib import clock
from rtportal.messaging.channels import all_channels
from rtportal.messaging.forecast import Crowd, Forecast, forecast
from rtportal.messaging.hours import SendingTimetable
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft
from rtportal.messaging.pacing import uses_that_count
from rtportal.regions.codes import REGENCY, cut

_REGENCY_LENGTH = len("63.09")


def outlook(drafts: Iterable[Draft], *, now: datetime, zone: clock.Zone) -> Forecast:
    """What would become of the drafts if they were queued now; nothing is written.

    Only of first links that the portal sends itself: what goes by hand has no hour. Messages that wait already take
    their turns, those whose time ends first before others. `zone` is whose days are counted. The same number of
    queries for any number of drafts; one more for each channel with a budget.
    """
    channels = {name: channel for name, channel in all_channels().items() if not channel.is_by_hand}
    planned = Counter(
        (draft.group, draft.channel, cut(draft.region_code, REGENCY), max(draft.due_at, now), draft.expires_at)
        for draft in drafts
        if draft.channel in channels
    )
    names = {key[1] for key in planned}
    paces = {name: channels[name].pace for name in names}
    waiting = _waiting([name for name in names if paces[name].is_limited])
    timetable = SendingTimetable.of({key[2] for key in [*planned, *waiting]}, now=now)
    crowds = [
        Crowd(
            name=group,
            channel=name,
            people=people,
            due_at=due_at,
            expires_at=expires_at,
            hours=timetable.hours(code) if channels[name].keeps_hours else None,
            is_asked=is_asked,
        )
        for is_asked, found in ((True, planned), (False, waiting))
        for (group, name, code, due_at, expires_at), people in found.items()
    ]
    used = {name: _last_uses(name, now) for name in names if paces[name].people_per_day}
    return forecast(crowds, paces=paces, used=used, now=now, zone=zone)


def _waiting(channels: list[str]) -> dict[tuple, int]:
    """Queued messages of these channels, with the same keys as what is planned."""
    rows = Message.objects.queued().filter(channel__in=channels).order_by()
    rows = rows.annotate(regency=Left("region_code", _REGENCY_LENGTH))
    rows = rows.values("group", "channel", "regency", "expires_at").annotate(due=Min("due_at"), people=Count("pk"))
    return {
        (row["group"], row["channel"], row["regency"], row["due"], row["expires_at"]): row["people"] for row in rows
    }


def _last_uses(channel: str, now: datetime) -> list[datetime]:
    """When each address that still counts was last written to."""
    rows = uses_that_count(channel, now=now).values("address").annotate(last=Max("used_at")).order_by("last")
    return list(rows.values_list("last", flat=True))
