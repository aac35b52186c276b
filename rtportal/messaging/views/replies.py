"""What people answered, for the office: the list, one reply, and that somebody dealt with it."""

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Reply
from rtportal.messaging.replies import people
from rtportal.messaging.reply_pages import described, earlier_than, may_handle, replies_to
from rtportal.messaging.use_cases.handle_reply import LONGEST_NOTE, handle_reply
from rtportal.web.access import fetch, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

ALL = "semua"


@require_safe
def reply_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    asked = request.GET.get("keadaan", "")
    # What waits comes first: it is what the page is for.
    state = "" if asked == ALL else asked if asked in Reply.State.values else Reply.State.NEW
    search = search_text(request)
    page = page_of(request, replies_to(request.user, state=state, search=search))
    context = {
        "page": page,
        "rows": described(page),
        "search": search,
        "states": [*Reply.State.choices, (ALL, "semua")],
        "state": state or ALL,
        "is_filtered": bool(search or state != Reply.State.NEW),
    }
    return render(request, "messaging/reply_list.html", context)


@require_safe
def reply_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reply = fetch(request, Reply.objects.select_related("message", "handled_by"), pk=pk)
    return _page(request, reply, note="", fault="")


@require_POST
def reply_handle(request: HttpRequest, pk: int) -> HttpResponse:
    reply = fetch(request, Reply.objects.select_related("message", "handled_by"), pk=pk)
    if not may_handle(request.user, reply):
        raise PermissionDenied
    note = request.POST.get("catatan", "")
    try:
        handle_reply(reply=reply, note=note, by=request.user, now=clock.now())
    except InputError as refusal:
        return _page(request, reply, note=note, fault=refusal.sentence)
    notices.success(request, "Balasan ditandai sudah ditangani.")
    return redirect("messaging:reply_list")


def _page(request: HttpRequest, reply: Reply, *, note: str, fault: str) -> HttpResponse:
    [reply] = described([reply])
    context = {
        "reply": reply,
        "people": people(reply.channel, reply.address, reply.message, user=request.user),
        "earlier": described(earlier_than(reply, request.user)),
        "may_handle": may_handle(request.user, reply),
        "is_new": reply.state == Reply.State.NEW,
        "note": note,
        "fault": fault,
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "messaging/reply_detail.html", context)
