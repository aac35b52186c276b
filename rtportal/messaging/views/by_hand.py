"""The work queue of an operator who sends messages from the own telephone: number after number, two taps each."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.messaging.by_hand import kind_words, places_with_tasks, tasks_of, work_in
from rtportal.messaging.channels.manual.link import chat_link
from rtportal.messaging.hours import SendingTimetable
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.close_tasks import close_tasks
from rtportal.messaging.use_cases.open_task import OpenedTask, open_task
from rtportal.messaging.use_cases.skip_tasks import skip_tasks
from rtportal.messaging.use_cases.take_over_task import take_over_task
from rtportal.regions.codes import REGENCY, is_within, level_of
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of

NOT_ON_WHATSAPP = "Nomor ini tidak ada di WhatsApp."
MEANWHILE = "Pesan itu sudah ditandai atau diambil petugas lain, jadi tidak ada yang diubah."


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.ANSWER_FOR)
    places = places_with_tasks(request.user, clock.now())
    context = {"page": page_of(request, places), "phones": sum(place.phones for place in places)}
    return render(request, "messaging/task_list.html", context)


@require_safe
def task_queue(request: HttpRequest, code: str) -> HttpResponse:
    return _show(request, _region(request, code), None)


@require_POST
def task_work(request: HttpRequest, code: str) -> HttpResponse:
    """Marks what was done with the number before, and opens the next one."""
    region, now = _region(request, code), clock.now()
    said = _mark(request, now)
    opened = open_task(region_code=region.code, by=request.user, now=now)
    return _show(request, region, opened, said=said, is_done=opened is None)


@require_POST
def task_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    message = fetch(request, Message.objects.filter(channel="manual").select_related("started_by"), pk=pk)
    require(request, Right.ANSWER_FOR, message.region_code)
    try:
        take_over_task(message=message, by=request.user, now=clock.now())
    except InputError as refusal:
        notices.error(request, refusal.sentence)
    return redirect("messaging:task_queue", message.region_code)


def _mark(request: HttpRequest, now) -> str:
    """What the form says of the messages shown; returns a sentence if nothing could be marked."""
    keys = [key for key in map(parse_key, request.POST.getlist("pesan")) if key]
    result = request.POST.get("hasil", "")
    if not keys or result not in {"terkirim", "salah", "lewati"}:
        return ""
    mine = list(tasks_of(request.user).filter(pk__in=keys, started_by=request.user))
    if not mine:
        return MEANWHILE
    if result == "lewati":
        skip_tasks(messages=mine, by=request.user, now=now)
    elif result == "terkirim":
        close_tasks(messages=mine, outcome="told", by=request.user, now=now)
    else:
        close_tasks(
            messages=mine,
            outcome="failed",
            by=request.user,
            now=now,
            detail=NOT_ON_WHATSAPP,
            failure=Message.Failure.ADDRESS,
        )
    return ""


def _show(
    request: HttpRequest, region: Region, opened: OpenedTask | None, *, said: str = "", is_done: bool = False
) -> HttpResponse:
    now = clock.now()
    context = {
        "region": region,
        "zone": region.time_zone or "WIB",
        "work": work_in(request.user, region.code, now),
        "opens_at": _opening(region, now),
        "said": said,
        "is_done": is_done,
        "card": _card(opened) if opened else None,
    }
    template = "messaging/_task_card.html" if request.htmx else "messaging/task_queue.html"
    return render(request, template, context)


def _card(opened: OpenedTask) -> dict:
    texts = opened.texts
    return {
        "address": opened.address,
        "messages": opened.messages,
        "kinds": kind_words(opened.messages),
        "texts": texts,
        "link": "" if opened.is_synthetic or not texts else chat_link(opened.address, texts),
        "is_synthetic": opened.is_synthetic,
    }


def _opening(region: Region, now):
    """When people there may be written to again; None if they may now."""
    if level_of(region.code) < REGENCY:
        return None
    opens_at = SendingTimetable.of([region.code], now=now).open_from(region.code, now)
    return opens_at if opens_at > now else None


def _region(request: HttpRequest, code: str) -> Region:
    """A region in scope in which the user may tell people; else 404 or 403."""
    if not any(is_within(code, area) for area in scope_of(request.user).areas):
        raise Http404
    require(request, Right.ANSWER_FOR, code)
    region = Region.objects.select_related("parent").filter(code=storable(code)).first()
    if region is None:
        raise Http404
    return region
