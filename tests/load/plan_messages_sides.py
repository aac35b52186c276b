"""The two sides of planning many messages, run inside a portal."""

import time
from datetime import timedelta

from participants.messages import invitations_to
from participants.models import RT, Enrolment, RTHead
from programs.models import Wave
from rtportal.lib import clock
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue
from tests import factories

BATCH = 5_000


def seed(people: int) -> None:
    """One wave with so many participants."""
    factories.regions(factories.TABALONG)
    village = factories.villages_of(factories.JARO)[0]
    units = [RT(village=village, rw=f"{index // 900:03d}", number=f"{index % 900:03d}") for index in range(people)]
    RT.objects.bulk_create(units, batch_size=BATCH)
    heads = [
        RTHead(rt=unit, name=f"Warga {index}", email=f"rt-{index}@rt.test", phone=f"+62812{index:08d}")
        for index, unit in enumerate(units)
    ]
    RTHead.objects.bulk_create(heads, batch_size=BATCH)
    day = (clock.now() + timedelta(days=30)).date()
    wave = factories.wave(on=day, areas=(factories.JARO,), venue=factories.venue(capacity=people))
    rows = (
        Enrolment(
            program=wave.program,
            wave=wave,
            head=head,
            rt_id=head.rt_id,
            village=village,
            invited_at=clock.now(),
            link_hash=f"{index:064d}",
        )
        for index, head in enumerate(heads)
    )
    Enrolment.objects.bulk_create(rows, batch_size=BATCH)


def portal() -> float:
    """Seconds from the participants to the committed rows of their invitations."""
    Message.objects.all().delete()
    wave = Wave.objects.select_related("program__region").get()
    people = list(Enrolment.objects.filter(wave=wave).select_related("head__rt__village"))
    now = clock.now()
    begun = time.perf_counter()
    written = enqueue(invitations_to(people, wave, now=now), now=now)
    taken = time.perf_counter() - begun
    if written != len(people):
        raise AssertionError(f"{written} of {len(people)} messages were written")
    return taken


def bare() -> float:
    """Seconds that Django's `bulk_create` takes for the rows that the portal has written."""
    rows = list(Message.objects.order_by("pk"))
    Message.objects.all().delete()
    for row in rows:
        row.pk, row._state.adding = None, True
    begun = time.perf_counter()
    Message.objects.bulk_create(rows)
    return time.perf_counter() - begun
