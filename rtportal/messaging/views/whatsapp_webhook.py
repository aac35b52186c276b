"""Where Meta reports what became of messages, what people replied and which templates it approved."""

import hmac
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rtportal.lib import clock
from rtportal.messaging.channels.whatsapp.events import events_in
from rtportal.messaging.channels.whatsapp.signature import is_signed
from rtportal.messaging.use_cases.keep_channel_events import keep_channel_events

# Meta posts at most 3 MB at once.
LARGEST_BODY = 4 * 1024 * 1024
LONGEST_CHALLENGE = 200


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def whatsapp_webhook(request: HttpRequest) -> HttpResponse:
    """GET proves to Meta that this address is ours, POST takes events. What is not Meta's is refused (403)."""
    return _verify(request) if request.method == "GET" else _take(request)


def _verify(request: HttpRequest) -> HttpResponse:
    asked, token = request.GET.get("hub.verify_token", ""), settings.WHATSAPP_VERIFY_TOKEN
    is_meta = bool(token) and hmac.compare_digest(asked.encode(), token.encode())
    if request.GET.get("hub.mode") != "subscribe" or not is_meta:
        return HttpResponseForbidden("Ditolak.", content_type="text/plain; charset=utf-8")
    return HttpResponse(request.GET.get("hub.challenge", "")[:LONGEST_CHALLENGE], content_type="text/plain")


def _take(request: HttpRequest) -> HttpResponse:
    # Read from the stream, and before anything else does: the signature is over these bytes.
    raw = request.read(LARGEST_BODY + 1)
    if len(raw) > LARGEST_BODY:
        return HttpResponse("Terlalu besar.", status=413, content_type="text/plain; charset=utf-8")
    if not is_signed(raw, request.headers.get("X-Hub-Signature-256", ""), settings.WHATSAPP_APP_SECRET):
        return HttpResponseForbidden("Ditolak.", content_type="text/plain; charset=utf-8")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return HttpResponse("Bukan JSON.", status=400, content_type="text/plain; charset=utf-8")
    events = [(event.key, event.payload) for event in events_in(body)]
    keep_channel_events(channel="whatsapp", events=events, now=clock.now())
    return HttpResponse("OK", content_type="text/plain")
