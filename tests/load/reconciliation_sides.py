"""What `reconciliation.py` runs inside a portal: filling the database and the two sides that are compared."""

import time
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from participants.models import RT, Attendance, Enrolment, RTHead
from participants.reminders import INVITATION
from programs.models import Program, Wave, WaveArea
from rtportal.accounts.models import User
from rtportal.accounts.row_guard import acting_as
from rtportal.lib import links
from rtportal.messaging.models import Message
from rtportal.regions.models import Region
from tests import factories

AT_ONCE = 5_000
ROUNDS = 5
FIRST_DAY = date(2025, 11, 8)


def seed(heads: int, waves: int) -> None:
    """A programme of so many heads in all kecamatan of Tabalong: each invited in one of its waves, which are over.

    Two thirds of the invitations arrived, and people answered and came in every way.
    """
    factories.regions(factories.TABALONG)
    by = factories.user(role="admin")
    districts = list(Region.objects.districts().order_by("code"))
    program = factories.program(with_rules=False)
    made = [
        factories.wave(
            program=program,
            number=number + 1,
            areas=(),
            on=FIRST_DAY + timedelta(days=number),
            invitations_opened_at=factories.NOW,
        )
        for number in range(waves)
    ]
    by_district = {district.pk: made[place % waves] for place, district in enumerate(districts)}
    WaveArea.objects.bulk_create(
        WaveArea(program=program, wave=wave, region_id=code) for code, wave in by_district.items()
    )
    sessions = {wave.pk: factories.session(wave=wave) for wave in made}
    places = list(Region.objects.villages().order_by("code"))
    for start in range(0, heads, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, heads))
        units = RT.objects.bulk_create(
            RT(village=places[n % len(places)], rw=f"{n // 9000:03d}", number=f"{n // len(places):05d}")
            for n in numbers
        )
        people = _enrolled(numbers, units, by_district)
        Attendance.objects.bulk_create(
            Attendance(enrolment=one, session=sessions[one.wave_id], marked_at=factories.NOW, marked_by=by)
            for n, one in zip(numbers, people, strict=True)
            if n % 5
        )
        Message.objects.bulk_create(_invitation(n, one) for n, one in zip(numbers, people, strict=True))


def _enrolled(numbers: range, units: list[RT], by_district: dict[str, Wave]) -> list[Enrolment]:
    heads = RTHead.objects.bulk_create(
        RTHead(rt=unit, name=f"Ahmad Fauzi {n:06d}", phone=f"+62812{n:08d}")
        for n, unit in zip(numbers, units, strict=True)
    )
    answers = ["", *Enrolment.AnswerKind.values]
    return Enrolment.objects.bulk_create(
        Enrolment(
            program_id=wave.program_id,
            wave=wave,
            head=head,
            rt_id=head.rt_id,
            village_id=head.rt.village_id,
            invited_at=factories.NOW,
            link_hash=links.hash_token(str(n)),
            answer=answers[n % 4],
            answered_at=factories.NOW if n % 4 else None,
            substitute_name=f"Siti Aminah {n}",
        )
        for n, head in zip(numbers, heads, strict=True)
        for wave in [by_district[head.rt.village.parent_id]]
    )


def _invitation(n: int, person: Enrolment) -> Message:
    return Message(
        dedupe_key=f"{INVITATION}:{person.pk}@email",
        kind=INVITATION,
        channel="email",
        address=person.head.phone,
        recipient_name=person.head.name,
        region_code=person.village_id,
        group=person.wave.group,
        about_id=person.pk,
        state=Message.State.ACCEPTED if n % 3 else Message.State.FAILED,
        queued_at=factories.NOW,
        due_at=factories.NOW,
        closed_at=factories.NOW,
    )


def both(heads: int) -> dict:
    """Best seconds of the page with every kecamatan unfolded, and of its own statements with their rows fetched."""
    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get())
    address = reverse("participants:program_reconciliation", args=[Program.objects.get().pk]) + "?buka=semua"
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    total = response.context["found"].total
    if (total.target, total.invited) != (heads, heads):
        raise AssertionError(f"{total.target} and {total.invited} instead of {heads}")
    statements = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    # Row-level security costs its statements the same, whoever sends them.
    with acting_as(User.objects.get()):
        runs = [(_seconds(lambda: client.get(address)), _seconds(lambda: _ask(statements))) for _ in range(ROUNDS)]
    page, sql = (min(side) for side in zip(*runs, strict=True))
    return {"page": page, "sql": sql}


def _ask(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def _seconds(side) -> float:
    begun = time.perf_counter()
    side()
    return time.perf_counter() - begun
