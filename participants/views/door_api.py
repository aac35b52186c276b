"""What a desk at the door asks and tells: JSON, the desk's token in a header, no cookie."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from participants.presence.devices import DoorRefused, device_of
from participants.presence.door_list import changes_since, door_list
from participants.presence.scans import MalformedUpload, Scan, read_upload
from participants.use_cases.record_one_scan import record_one_scan
from participants.use_cases.record_scans import record_scans
from rtportal.lib import clock, links

LARGEST_BODY = 1024 * 1024
SMALL_BODY = 4096
# What another process began to write before a desk asked, and finished after: it is told again, which changes nothing.
OVERLAP = timedelta(seconds=20)

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_STATUS = {
    "unknown_device": HTTPStatus.UNAUTHORIZED,
    "revoked": HTTPStatus.FORBIDDEN,
    "expired": HTTPStatus.GONE,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "malformed": HTTPStatus.UNPROCESSABLE_ENTITY,
}
_TOO_LARGE = "Kiriman ini terlalu besar: paling besar 1 MB. Kirim dalam bagian yang lebih kecil."
_NOT_JSON = "Kiriman ini tidak dapat dibaca. Muat ulang halaman pintu, lalu kirim lagi."
_NO_INSTANT = "Waktu yang ditanyakan tidak dapat dibaca."


def _for_desks(view: Callable) -> Callable:
    """The token is the credential, so no session is asked for and no other site can ride on one."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            response = view(request)
        except DoorRefused as refusal:
            body = {"error": refusal.word, "sentence": refusal.sentence}
            response = JsonResponse(body, status=_STATUS[refusal.word])
        response.headers["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(login_not_required(answer))


@gzip_page
@_for_desks
@require_safe
def door_list_show(request: HttpRequest) -> HttpResponse:
    """The wave, its sessions and people, and who is present."""
    now = clock.now()
    listed = door_list(device_of(_token(request), now))
    etag = f'"{hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()[:32]}"'
    response = JsonResponse(listed | {"server_at": now.isoformat()}, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


@_for_desks
@require_POST
def door_record(request: HttpRequest) -> HttpResponse:
    """Scans of a desk: one at the moment it happens, or what queued without a network."""
    now, token, size = clock.now(), _token(request), _size(request)
    if size > LARGEST_BODY:
        raise DoorRefused("too_large", _TOO_LARGE)
    # A small body is read first: it may be one scan, which is recorded in one step with looking up the desk.
    is_stranger = not links.looks_like_token(token)
    device = device_of(token, now, is_upload=True) if size > SMALL_BODY or is_stranger else None
    scans = _scans(request)
    verdict = record_one_scan(token=token, scan=scans[0], now=now) if len(scans) == 1 else None
    if verdict is None:
        verdicts = record_scans(device=device or device_of(token, now, is_upload=True), scans=scans, now=now)
    else:
        verdicts = [verdict]
    return JsonResponse({"server_at": now.isoformat(), "results": [verdict.as_json() for verdict in verdicts]})


@gzip_page
@_for_desks
@require_safe
def door_changes(request: HttpRequest) -> HttpResponse:
    """Who came, left or was taken back since the desk asked last."""
    now = clock.now()
    device = device_of(_token(request), now)
    changes = changes_since(device, _since(request.GET.get("sejak", "")) - OVERLAP)
    return JsonResponse({"server_at": now.isoformat(), **changes})


def _scans(request: HttpRequest) -> list[Scan]:
    try:
        return read_upload(json.loads(request.body))
    except MalformedUpload as refusal:
        raise DoorRefused("malformed", refusal.sentence) from refusal
    except (ValueError, RecursionError) as error:
        raise DoorRefused("malformed", _NOT_JSON) from error


def _since(text: str) -> datetime:
    try:
        # A "+" that was not escaped comes as a blank.
        instant = datetime.fromisoformat(text.replace(" ", "+"))
        if instant.tzinfo is None:
            raise ValueError("an instant has a zone")
        return max(instant.astimezone(UTC), _LONG_AGO)
    except (ValueError, OverflowError) as error:
        raise DoorRefused("malformed", _NO_INSTANT) from error


def _token(request: HttpRequest) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
