"""What the storm runs inside a portal: the heads of DKI Jakarta, their waves, and what became of their answers."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse

from participants.links import personal_url
from participants.models import Answer, Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.messaging.models import Message
from rtportal.regions.models import Region
from tests import factories

CAPITAL = "31"
LISTS = ("participants:home", "participants:head_list", "participants:answer_desk", "messaging:message_list")
BOARDS = ("messaging:board", "programs:calendar")
OF_WAVE = (
    *("participants:wave_detail", "participants:enrolment_list", "participants:delivery_board"),
    *("participants:wave_reconciliation", "participants:wave_files"),
)


def prepare(people: int) -> None:
    """So many heads in DKI Jakarta, a programme with one wave in each of its kota and kabupaten, and officials."""
    factories.regions(CAPITAL)
    districts = list(Region.objects.districts().filter(code__startswith="31.").order_by("code"))
    day = (clock.now() + timedelta(days=30)).date()
    for place, district in enumerate(districts):
        share = people // len(districts) + (place < people % len(districts))
        factories.heads(share, district=district.code)
    for regency in Region.objects.regencies().filter(code__startswith="31.").order_by("code"):
        areas = tuple(district.code for district in districts if district.parent_id == regency.code)
        program, hall = factories.program(region=regency.code), factories.venue(region=regency.code, capacity=people)
        wave = factories.wave(program=program, venue=hall, on=day, areas=areas)
        factories.session(wave=wave)
        factories.publish(wave)
    for number in range(4):
        factories.user(region=CAPITAL, email=f"petugas-{number}@kantor.test")


def pages() -> dict[str, list[str]]:
    """`cookies` of the signed-in officials and the `paths` they go through, an export's among them."""
    cookies = []
    for who in User.objects.order_by("pk"):
        client = Client()
        client.force_login(who)
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    wave = Wave.objects.order_by("pk").first()
    paths = [reverse(name) for name in (*LISTS, *BOARDS)] + [reverse(name, args=[wave.pk]) for name in OF_WAVE]
    return {"cookies": cookies, "paths": paths}


def blast() -> list[str]:
    """Open the invitations of all waves; returns the paths of the personal pages, by enrolment."""
    by = User.objects.earliest("pk")
    for wave in Wave.objects.order_by("pk"):
        invite_participants(wave_id=wave.pk, by=by, now=clock.now())
    links = Enrolment.objects.order_by("pk").values_list("link_id", flat=True)
    return ["/" + personal_url(link).split("/", 3)[3] for link in links]


def outcome() -> dict:
    """`answers` as they stand by enrolment, how many `rows` of answers there are, and `messages` by state."""
    return {
        "answers": list(Enrolment.objects.order_by("pk").values_list("answer", flat=True)),
        "rows": Answer.objects.count(),
        "messages": Counter(Message.objects.filter(kind="invitation").values_list("state", flat=True)),
    }
