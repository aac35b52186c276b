"""Calendar addresses of an office, and what calendar programs read there."""

from hashlib import sha256
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.errors import Refusal
from programs.forms.feeds import FeedForm
from programs.links import feed_url
from programs.models import CalendarFeed, Office
from programs.queries.feeds import feed_of, feeds_of, office_events
from programs.use_cases.create_feed import create_feed
from programs.use_cases.revoke_feed import revoke_feed
from rtportal.accounts.scope import Right
from rtportal.lib import clock, links
from rtportal.lib.ics import CONTENT_TYPE, calendar_bytes
from rtportal.web.access import fetch, require
from rtportal.web.paging import page_of
from rtportal.web.throttle import is_too_often

# A whole office may read one address; no calendar program asks every second.
_MOST_READS, _SECONDS = 120, 60


@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: HttpRequest, pk: int) -> HttpResponse:
    office = fetch(request, Office.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, office.region_id)
    form = FeedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            feed = create_feed(office=office, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Alamat kalender untuk {feed.label} dibuat. Salin alamatnya di bawah ini.")
            return redirect("programs:feed_list", office.pk)
    page = page_of(request, feeds_of(office))
    rows = [(feed, "" if feed.revoked_at else feed_url(feed.link_id)) for feed in page]
    return render(request, "programs/feed_list.html", {"office": office, "form": form, "page": page, "rows": rows})


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    offices = Office.objects.visible_to(request.user)
    feed = get_object_or_404(CalendarFeed.objects.select_related("office"), office__in=offices, pk=pk)
    require(request, Right.SCHEDULE, feed.office.region_id)
    revoke_feed(feed=feed, actor=request.user, now=clock.now())
    messages.success(request, f"Alamat kalender untuk {feed.label} dicabut.")
    return redirect("programs:feed_list", feed.office_id)


# The address that nobody can guess is the credential; it shows what is published and changes nothing.
@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = feed_of(links.hash_token(token)) if links.looks_like_token(token) else None
    if feed is None:
        return _plain("Kalender ini tidak ada atau alamatnya sudah dicabut.", HTTPStatus.NOT_FOUND)
    if is_too_often(f"feed:{feed.pk}", most=_MOST_READS, seconds=_SECONDS):
        response = _plain("Terlalu sering. Coba lagi sebentar lagi.", HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(_SECONDS)
        return response
    content = calendar_bytes(feed.office.name, office_events(feed.office))
    etag = quote_etag(sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="kalender.ics"'
    response = get_conditional_response(request, etag=etag, response=response)
    response["ETag"] = etag
    # Whoever fetched it may keep it, but asks each time whether it is still true.
    response["Cache-Control"] = "private, no-cache"
    return response


def _plain(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
