"""From sasaran to dibayar: a page for a wave and one for a programme, and the people behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from participants.queries.reconciliation import Numbers, Reconciliation, Subject, program_numbers, wave_numbers
from participants.queries.reconciliation_chart import chart_of
from participants.queries.reconciliation_people import listed_in, persons
from participants.queries.reconciliation_words import BY_SLUG, STAGES, remarks
from participants.queries.wave_pages import wave_page
from programs.models import Program
from rtportal.lib import clock
from rtportal.regions.models import Region
from rtportal.web.access import fetch
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

TAB = "rekonsiliasi"
# Unfolds every kecamatan.
ALL = "semua"
_PROGRAMS = Program.objects.select_related("region", "office")


@dataclass(frozen=True)
class Cell:
    """`address` of the people behind the number, "" for none."""

    label: str
    number: int
    address: str


@dataclass(frozen=True)
class Line:
    """One area of the table; `is_open` None for one that has nothing to unfold."""

    code: str
    name: str
    cells: list[Cell]
    is_open: bool | None = None


@require_safe
def wave_reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """`buka` is the code of the kecamatan to unfold, or ALL."""
    context = wave_page(request.user, pk, TAB)
    wave = context["wave"]
    context |= _page(request, wave, wave_numbers(wave, request.user), wave.zone)
    return render(request, "participants/wave_reconciliation.html", context)


@require_safe
def program_reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    context = _page(request, program, program_numbers(program, request.user), program.region.time_zone)
    return render(request, "participants/program_reconciliation.html", context | {"program": program})


@require_safe
def wave_reconciliation_people(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    context = wave_page(request.user, pk, TAB)
    context |= _people(request, context["wave"], stage)
    return render(request, "participants/wave_reconciliation_people.html", context)


@require_safe
def program_reconciliation_people(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    context = _people(request, program, stage) | {"program": program}
    return render(request, "participants/program_reconciliation_people.html", context)


def _page(request: HttpRequest, subject: Subject, found: Reconciliation, zone: str) -> dict:
    addresses = _addresses(subject)
    return {
        "found": found,
        "zone": zone,
        "chart": chart_of(found.total),
        "remarks": [(one, addresses[one.stage.name]) for one in remarks(subject, found.total)],
        "stages": STAGES,
        "lines": _lines(found, addresses, request.GET.get("buka", "")),
        "total": Line("", "Jumlah", _cells(found.total, addresses, "")),
        "unfolded": request.GET.get("buka", ""),
    }


def _addresses(subject: Subject) -> dict[str, str]:
    """The page of the people of each number, by its name."""
    kind = "program" if isinstance(subject, Program) else "wave"
    name = f"participants:{kind}_reconciliation_people"
    return {stage.name: reverse(name, args=[subject.pk, slug]) for slug, stage in BY_SLUG.items()}


def _lines(found: Reconciliation, addresses: Mapping[str, str], unfolded: str) -> list[Line]:
    lines = []
    for row in found.districts:
        code = row.district.code
        is_open = unfolded in (code, ALL)
        lines.append(Line(code, row.district.name, _cells(row.numbers, addresses, code), is_open))
        if is_open:
            lines += [
                Line(one.village.code, one.village.full_name, _cells(one.numbers, addresses, one.village.code))
                for one in row.villages
            ]
    return lines


def _cells(numbers: Numbers, addresses: Mapping[str, str], area: str) -> list[Cell]:
    asked = f"?wilayah={area}" if area else ""
    return [
        Cell(stage.label, number, addresses[stage.name] + asked if number else "")
        for stage in STAGES
        for number in [getattr(numbers, stage.name)]
    ]


def _people(request: HttpRequest, subject: Subject, slug: str) -> dict:
    """Raises Http404 for a number there is not; an area that is none has no people."""
    stage = BY_SLUG.get(slug)
    if stage is None:
        raise Http404
    now, asked = clock.now(), search_text(request, "wilayah")
    area = Region.objects.filter(pk=asked).first()
    page = page_of(request, listed_in(subject, request.user, stage.name, asked, now))
    people = persons(subject, request.user, list(page), now)
    return {"stage": stage, "area": area, "page": page, "people": people}
