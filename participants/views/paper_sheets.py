"""Lembar tanda tangan of a session: printed, entered by its exceptions, compared with the door."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.queries.door_tab import door_tab
from participants.queries.paper_differences import (
    open_differences,
    paper_totals,
    present_off_paper,
    settled_lines,
    signed_only,
)
from participants.queries.paper_sheets import (
    codes_of,
    exceptions_of,
    newcomers_of,
    printed_people,
    read_typed,
    sheet_of,
)
from participants.queries.wave_pages import wave_page
from participants.use_cases.enter_paper_sheet import enter_paper_sheet
from participants.use_cases.number_rows import number_rows
from participants.use_cases.settle_paper_line import Decision, settle_paper_line
from participants.views.session_choice import asked_session, attendance_sessions, current_session
from programs.errors import StaleEdit
from rtportal.accounts.scope import Right
from rtportal.documents.formats import FORMATS
from rtportal.documents.queries import files_for
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import require
from rtportal.web.paging import page_of

# Which half is typed, as the form calls it: those who did not sign are fewer on most days.
UNSIGNED, SIGNED = "tidak", "ya"
_SHOWN_FILES = 3
_SHOWN_MISTAKES = 20
_DONE = {
    Decision.PRESENT: "dicatat hadir",
    Decision.ABSENT: "dicatat tidak hadir",
    Decision.LEAVE: "dibiarkan seperti semula",
}


@require_http_methods(["GET", "HEAD", "POST"])
def paper_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    context = _session_page(request, pk)
    sheet = context["sheet"]
    if not sheet:
        return render(request, "participants/paper_sheet.html", context)
    people = {person.row_number: person for person in printed_people(context["session"], sheet)}
    context |= {"people": people, "names": {codes_of([row]): _words(one) for row, one in people.items()}}
    context["newcomers"] = newcomers_of(context["session"], sheet)
    files = files_for(request.user).filter(export="daftar-hadir", params__session=sheet.session_id)
    context["files"] = files[:_SHOWN_FILES]
    if request.method == "POST":
        return _enter(request, context, people)
    before = exceptions_of(sheet) if sheet.version else None
    context |= {
        "half": SIGNED if before and before.are_signed else UNSIGNED,
        "text": before.text.replace(" ", "\n") if before else "",
        "version": sheet.version,
    }
    return render(request, "participants/paper_sheet.html", context)


@require_POST
def paper_print(request: HttpRequest, pk: int) -> HttpResponse:
    context = _session_page(request, pk)
    session = context["session"] or _missing()
    try:
        number_rows(session=session, actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(_address("paper_sheet", session))
    export = open_export("daftar-hadir", user=request.user, params={"session": session.pk})
    file = request_export(export=export, file_format=FORMATS["pdf"], by=request.user, clock=clock.now)
    return redirect("documents:file_detail", file.pk)


@require_safe
def paper_differences(request: HttpRequest, pk: int) -> HttpResponse:
    context = _session_page(request, pk)
    sheet, session = context["sheet"], context["session"]
    if sheet and sheet.version:
        is_settled = request.GET.get("tampil") == "diputuskan"
        rows = settled_lines(sheet, session) if is_settled else open_differences(sheet, session)
        context |= {
            "is_settled": is_settled,
            "page": page_of(request, rows),
            "totals": paper_totals(sheet, session),
            "off_paper": present_off_paper(sheet, session),
        }
    return render(request, "participants/paper_differences.html", context)


@require_POST
def paper_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One row by its own buttons (`satu` is `12:hadir`), all that are ticked (`baris`) by those above, or whoever
    signed and was not scanned (`semua`), where a session was recorded on paper alone.
    """
    context = _session_page(request, pk)
    sheet, session = context["sheet"], context["session"] or _missing()
    back = redirect(_address("paper_differences", session))
    one, _, decision = request.POST.get("satu", "").partition(":")
    decision = decision or request.POST.get("keputusan", "")
    if sheet and request.POST.get("semua") == "1":
        decision, lines = Decision.PRESENT, list(signed_only(sheet, session).values_list("pk", flat=True))
    else:
        ticked = [one] if one else request.POST.getlist("baris")
        lines = [key for key in map(parse_key, ticked[:1_000]) if key]
    if not lines:
        messages.error(request, "Centang dahulu peserta yang dimaksud.")
        return back
    try:
        decided = settle_paper_line(
            session=session, lines=lines, decision=decision, actor=request.user, now=clock.now()
        )
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return back
    if not decided:
        messages.error(request, "Sudah diputuskan petugas lain, jadi tidak ada yang diubah.")
        return back
    who = decided[0].enrolment.head.full_name if len(decided) == 1 else f"{thousands(len(decided))} peserta"
    messages.success(request, f"{who} {_DONE[decision]}.")
    return back


def _enter(request: HttpRequest, context: dict, people: dict) -> HttpResponse:
    """Checks what was typed; saves it once every name of it has been shown."""
    session, half = context["session"], SIGNED if request.POST.get("yang") == SIGNED else UNSIGNED
    typed = read_typed(request.POST.get("kode", ""), people)
    seen = codes_of(sorted(typed.rows))
    context |= {
        "half": half,
        "text": request.POST.get("kode", ""),
        "typed": typed,
        "mistakes": typed.mistakes[:_SHOWN_MISTAKES],
        "seen": seen,
        "version": parse_key(request.POST.get("version", "")) or 0,
        "signed": len(typed.rows) if half == SIGNED else len(people) - len(typed.rows),
    }
    context["unsigned"] = len(people) - context["signed"]
    is_checked = request.POST.get("terlihat", "").strip() == f"{half} {seen}".strip()
    if typed.mistakes or request.POST.get("langkah") != "simpan" or not is_checked:
        return render(request, "participants/paper_sheet.html", context)
    try:
        enter_paper_sheet(
            session=session,
            rows=typed.rows,
            are_signed=half == SIGNED,
            version=context["version"],
            actor=request.user,
            now=clock.now(),
        )
    except StaleEdit as stale:
        sheet = sheet_of(session)
        context |= {"stale": stale, "sheet": sheet, "theirs": exceptions_of(sheet), "version": stale.version}
        return render(request, "participants/paper_sheet.html", context)
    except InputError as refusal:
        context["mistakes"] = [refusal.sentence]
        return render(request, "participants/paper_sheet.html", context)
    messages.success(
        request,
        f"Lembar tersimpan: {thousands(context['signed'])} tanda tangan, {thousands(context['unsigned'])} tidak.",
    )
    return redirect(_address("paper_differences", session))


def _session_page(request: HttpRequest, pk: int) -> dict:
    """The wave's page with `sessions`, `session` and its `sheet` (None where there is none); 403 without the right."""
    context = wave_page(request.user, pk, "kehadiran")
    wave, now = context["wave"], clock.now()
    require(request, Right.MARK_ATTENDANCE, wave.program.region_id)
    sessions = attendance_sessions(wave)
    session = asked_session(request, sessions, current_session(sessions, now)) if sessions else None
    return context | {
        **door_tab(wave),
        "door": "lembar",
        "now": now,
        "sessions": sessions,
        "session": session,
        "sheet": sheet_of(session) if session else None,
    }


def _words(person) -> str:
    return f"{person.head.full_name}, {person.head.rt.label} {person.village.full_name}"


def _address(name: str, session) -> str:
    return f"{reverse(f'participants:{name}', args=[session.wave_id])}?sesi={session.pk}"


def _missing():
    raise Http404("no session takes attendance")
