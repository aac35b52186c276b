"""The development inbox: what would have been sent, to be read and clicked. It exists only where it is in use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right
from rtportal.messaging.channels import usual_chain
from rtportal.messaging.models import InboxItem
from rtportal.messaging.queries import described, inbox_of
from rtportal.web.access import fetch, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text


@require_safe
def inbox_list(request: HttpRequest) -> HttpResponse:
    _require_inbox()
    require_anywhere(request, Right.VIEW)
    search = search_text(request)
    page = page_of(request, inbox_of(request.user, search=search))
    return render(request, "messaging/inbox_list.html", {"page": page, "rows": described(page), "search": search})


@require_safe
def inbox_detail(request: HttpRequest, pk: int) -> HttpResponse:
    _require_inbox()
    [item] = described([fetch(request, InboxItem.objects, pk=pk)])
    return render(request, "messaging/inbox_detail.html", {"item": item})


def _require_inbox() -> None:
    if "inbox" not in usual_chain():
        raise Http404
