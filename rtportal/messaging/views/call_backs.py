"""Addresses to which providers post: each carries its own secret in a header, and everything is kept before it is read.

They do not exist (404) where no secret is set.
"""

import json
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from rtportal.lib import clock
from rtportal.messaging.channels.email.events import events_of
from rtportal.messaging.channels.email.returned import Returned, read_mail
from rtportal.messaging.channels.gateway.call_back import UnreadableCallBack, event_of
from rtportal.messaging.use_cases.keep_channel_events import keep_channel_events

HEADER = "X-Webhook-Secret"
MOST_BOUNCES = 500


@csrf_exempt
@login_not_required
@require_POST
def gateway_call_back(request: HttpRequest) -> HttpResponse:
    """A form or a JSON object: what became of one message, or what somebody answered."""
    _require_secret(request, settings.GATEWAY["secret"])
    now = clock.now()
    try:
        event = event_of(request.body, now=now)
    except UnreadableCallBack:
        return HttpResponseBadRequest("not a form and not a JSON object", content_type="text/plain")
    keep_channel_events(channel="gateway", events=[event], now=now)
    return HttpResponse("ok", content_type="text/plain")


@csrf_exempt
@login_not_required
@require_POST
def email_call_back(request: HttpRequest) -> HttpResponse:
    """A mail as it came back (RFC 3464), or JSON: one object or a list of `{"message_id", "status", "detail"}`."""
    _require_secret(request, settings.BOUNCES_SECRET)
    if request.content_type == "application/json":
        told = _bounces(request.body)
        if told is None:
            return HttpResponseBadRequest("not the JSON expected here", content_type="text/plain")
    else:
        told = read_mail(request.body)
    keep_channel_events(channel="email", events=events_of(told), now=clock.now())
    return HttpResponse("ok", content_type="text/plain")


def _require_secret(request: HttpRequest, secret: str) -> None:
    if not secret:
        raise Http404
    if not compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
        raise PermissionDenied


def _bounces(body: bytes) -> list[Returned] | None:
    """Only what is lost for good: a status that begins with 5, or none at all."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return None
    rows = given if isinstance(given, list) else [given]
    if len(rows) > MOST_BOUNCES or not all(isinstance(row, dict) and row.get("message_id") for row in rows):
        return None
    told = [
        Returned(str(row["message_id"])[:300], str(row.get("status") or "5.0.0")[:20], str(row.get("detail", ""))[:300])
        for row in rows
    ]
    return [one for one in told if one.status.startswith("5")]
