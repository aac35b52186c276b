"""Whoever opened a personal link says that it is somebody else's."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment
from participants.queries.enrolment_page import ABOUT_ENROLMENTS
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.messaging.models import Message, Reply

# Shown where a channel's label would stand: it came over none, and nothing can be sent back.
CAME_THROUGH = "tautan pribadi"
LONGEST_WORDS = 300
NOTE = (
    "Yang membuka tautan pribadi ini menyatakan bukan orangnya. Tidak ada jawaban yang berubah. Periksa nomor HP dan "
    "alamat e-mail peserta, lalu cabut atau ganti tautannya."
)


@transaction.atomic
def disown_invitation(*, enrolment: Enrolment, words: str, now: datetime) -> None:
    """`enrolment` comes with `head.rt` and `wave.program.region`; `words` are whatever the person adds, or empty.

    Does: puts it before the office among the replies that wait for somebody. Changes no answer and no link.
    Refuses: nothing; the same link again on the same day changes nothing.
    Tells: the office, by the reply and one audit line at the wave.
    """
    head, wave = enrolment.head, enrolment.wave
    said = " ".join(storable(words).split())[:LONGEST_WORDS]
    message = Message.objects.filter(kind__in=ABOUT_ENROLMENTS, about_id=enrolment.pk).order_by("-id").first()
    day = clock.local_date(now, wave.zone)
    reply, is_new = Reply.objects.get_or_create(
        channel=CAME_THROUGH,
        external_id=f"bukan-saya:{enrolment.link_hash}:{day}",
        defaults={
            "address": f"pembuka tautan {head}"[:254],
            "text": f"Bukan saya ({head}, Ketua {head.rt}). {said}".strip(),
            "received_at": now,
            "message": message,
            "region_code": enrolment.village_id,
            "note": NOTE,
        },
    )
    if not is_new:
        return
    record(
        at=now,
        actor=None,
        actor_label="Pembuka tautan",
        action="link.disowned",
        sentence=f"Yang membuka tautan pribadi {head} ({head.rt}) menyatakan bukan orangnya.",
        region_code=enrolment.village_id,
        subject=wave.group,
        data={"enrolment": enrolment.pk, "reply": reply.pk},
    )
