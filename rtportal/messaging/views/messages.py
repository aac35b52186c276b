"""The outbox as officials see it: the list, one message, and the decision about one of unknown outcome."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.messaging.channels import all_channels, usual_chain
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import Message
from rtportal.messaging.queries import described, messages_to
from rtportal.messaging.steps import over_other_links, steps_for
from rtportal.messaging.use_cases.resolve_unknown import resolve_unknown
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

SHOWN_UNDECIDED = 10
# What the form says → what the use case is told, and the sentence after it.
DECISIONS = {
    "terkirim": ("sent", "Pesan dinyatakan sudah terkirim."),
    "ulang": ("again", "Pesan dikirim ulang."),
    "gagal": ("failed", "Pesan dinyatakan tidak sampai."),
}


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    choices = {
        "state": Message.State.choices,
        "channel": [(channel.name, channel.label) for channel in all_channels().values()],
        "kind": sorted(kind_labels().items(), key=lambda item: item[1]),
    }
    asked = {
        name: _one_of(request.GET.get(field), choices[name])
        for name, field in (("state", "keadaan"), ("channel", "saluran"), ("kind", "jenis"))
    }
    asked["search"] = search_text(request)
    page = page_of(request, messages_to(request.user, **asked))
    undecided = messages_to(request.user, state=Message.State.UNKNOWN)
    context = {
        "page": page,
        "rows": described(page),
        "asked": asked,
        "choices": choices,
        "is_filtered": any(asked.values()),
        "undecided": described(undecided[:SHOWN_UNDECIDED]),
        "undecided_count": undecided.count(),
        "has_inbox": _has_inbox(),
        "may_carry_out": scope_of(request.user).may_anywhere(Right.ANSWER_FOR),
    }
    return render(request, "messaging/message_list.html", context)


@require_safe
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = fetch(request, Message.objects.select_related("inbox_item"), pk=pk)
    [message] = described([message])
    may_decide = scope_of(request.user).may(Right.SCHEDULE, message.region_code)
    context = {
        "message": message,
        "steps": steps_for(message, clock.now(), is_allowed=may_decide, others=over_other_links(message)),
        "attempts": message.attempts.all(),
        "is_undecided": message.state == Message.State.UNKNOWN,
        "may_decide": may_decide,
        "is_too_late": bool(message.expires_at and message.expires_at <= clock.now()),
        "has_inbox": _has_inbox(),
    }
    return render(request, "messaging/message_detail.html", context)


@require_POST
def message_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    message = fetch(request, Message.objects, pk=pk)
    require(request, Right.SCHEDULE, message.region_code)
    decision, sentence = DECISIONS.get(request.POST.get("putusan", ""), ("", ""))
    if not decision:
        notices.error(request, "Pilih “Sudah terkirim”, “Kirim ulang”, atau “Tidak sampai”.")
        return redirect("messaging:message_detail", pk)
    try:
        resolve_unknown(message=message, decision=decision, by=request.user, now=clock.now())
    except InputError as refusal:
        notices.error(request, refusal.sentence)
    else:
        notices.success(request, sentence)
    return redirect("messaging:message_detail", pk)


def _one_of(value: str | None, choices: list[tuple[str, str]]) -> str:
    """The value if it is a choice, else "": a filter that does not exist filters nothing."""
    return value if value and value in dict(choices) else ""


def _has_inbox() -> bool:
    return "inbox" in usual_chain()
