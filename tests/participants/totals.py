"""Every place that shows a total of a wave or programme, read the way people read it."""

import html
import re

from django.test import Client
from django.urls import reverse

from participants.queries.enrolment_list import people_of
from participants.queries.reconciliation import Numbers, Subject, people_in, program_numbers, wave_numbers
from participants.queries.reconciliation_words import BY_SLUG, STAGES
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.registry import open_export
from rtportal.lib import clock
from rtportal.lib.numbers import thousands

_FOOT = re.compile(r"<tfoot>(.*?)</tfoot>", re.DOTALL)
_CELL = re.compile(r'data-label="([^"]+)">(.*?)</td>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def assert_all_totals_agree(program: Program, user: User) -> None:
    """Raises AssertionError naming the place that says something else."""
    client = Client()
    client.force_login(user)
    may_export = scope_of(user).may(Right.EXPORT, program.region_id)
    waves = list(program.waves.select_related("program__region", "venue").order_by("number"))
    found = {wave.pk: wave_numbers(wave, user).total for wave in waves}
    whole = program_numbers(program, user).total
    for wave in waves:
        _adds_up(wave, user, found[wave.pk])
        _pages_of_wave(client, wave, user, found[wave.pk])
        if may_export:
            _files_of_wave(wave, user, found[wave.pk])
    _adds_up(program, user, whole)
    _page_with_totals(client, "program_reconciliation", program.pk, whole)
    if may_export:
        _recap(user, {"program": program.pk}, whole)
    # Once each: whoever was continued counts in the later wave, and a cancelled wave gives no place.
    held = [wave for wave in waves if not wave.is_cancelled]
    assert whole.enrolled == sum(found[wave.pk].enrolled - found[wave.pk].continued_on for wave in held)
    for stage in ("certified", "paid"):
        people = [people_in(wave, user, stage).filter(superseded_at=None).count() for wave in held]
        assert getattr(whole, stage) == sum(people), stage


def _adds_up(subject: Subject, user: User, total: Numbers) -> None:
    outside = total.from_outside + total.continued + total.vacant
    assert total.allocated == total.target - total.elsewhere - total.stranded - total.unplaced + outside
    assert total.allocated == total.invited + total.uninvited
    assert total.invited == total.told + total.untold == total.answered + total.unanswered
    assert total.invited == total.present + total.represented + total.absent + total.pending
    assert total.came == total.present + total.represented
    for stage in BY_SLUG.values():
        if number := getattr(total, stage.name):
            assert people_in(subject, user, stage.name).count() == number, (subject, stage.name)


def _foot(client: Client, name: str, pk: int) -> dict[str, str]:
    """The totals row of the page as it is written."""
    text = client.get(reverse(f"participants:{name}", args=[pk])).content.decode()
    feet = _FOOT.findall(text)
    return {label: html.unescape(_TAG.sub("", cell)).strip() for foot in feet for label, cell in _CELL.findall(foot)}


def _page_with_totals(client: Client, name: str, pk: int, total: Numbers) -> None:
    foot = _foot(client, name, pk)
    if any((total.target, total.enrolled)):
        assert foot == {stage.label: thousands(getattr(total, stage.name)) for stage in STAGES}, name


def _pages_of_wave(client: Client, wave: Wave, user: User, total: Numbers) -> None:
    _page_with_totals(client, "wave_reconciliation", wave.pk, total)
    foot = _foot(client, "wave_detail", wave.pk)
    names = {"Sasaran": "target", "Diundang": "invited", "Diberi tahu": "told", "Menjawab": "answered"}
    names |= {"Diwakili": "by_substitute", "Hadir di tempat": "came"}
    assert all(foot[label] == thousands(getattr(total, names[label])) for label in foot), foot
    lists = {
        "enrolled": {},
        "told": {"told": "sudah"},
        "answered": {"answer": "menjawab"},
        "by_substitute": {"answer": "wakil"},
        "came": {"present": "ya"},
    }
    for name, asked in lists.items():
        assert people_of(wave, user, **asked).count() == getattr(total, name), name
    totals = client.get(reverse("participants:attendance_sheet", args=[wave.pk])).context["totals"]
    assert (totals.invited, totals.present) == (total.enrolled, total.came)
    paid = client.get(reverse("participants:payment_list", args=[wave.pk])).context["totals"]
    assert (paid.came, paid.paid) == (total.came, total.paid)
    states = client.get(reverse("participants:certificate_list", args=[wave.pk])).context["states"]
    assert {name: count for name, _, count in states}["terbit"] == total.certified


def _files_of_wave(wave: Wave, user: User, total: Numbers) -> None:
    params = {"wave": wave.pk}
    _recap(user, params, total)
    roster = open_export("daftar-peserta", user=user, params=params)
    assert len(list(roster.rows())) == total.enrolled
    [recap] = roster.closing_sheets()
    sums = dict(zip((column.heading for column in recap.columns), recap.totals, strict=True))
    assert (sums["Peserta"], sums["Tercatat hadir di tempat"]) == (total.enrolled, total.came)
    assert sums["Peserta"] - sums["Belum menjawab"] == total.answered
    presence = open_export("kehadiran", user=user, params=params)
    list(presence.rows())
    [sheet] = presence.closing_sheets()
    assert [row[2:4] for row in sheet.rows] == [(total.enrolled, total.came)]
    silent = open_export("belum-menjawab", user=user, params=params)
    assert silent.count() == total.enrolled - total.answered
    if total.enrolled:
        record = open_export("berita-acara", user=user, params=params).data(clock.now())
        numbers = [total.target, total.invited, total.answered, total.present, total.represented, total.came]
        assert record["table"][-1]["counts"] == [thousands(number) for number in (*numbers, total.absent)]
        results = dict(open_export("laporan-kegiatan", user=user, params=params).data(clock.now())["results"])
        assert results["Sertifikat terbit"] == thousands(total.certified)
        assert total.paid == 0 or f"kepada {thousands(total.paid)} orang" in results["Uang transpor dibayarkan"]


def _recap(user: User, params: dict, total: Numbers) -> None:
    export = open_export("rekap", user=user, params=params)
    numbers = [getattr(total, stage.name) for stage in STAGES]
    assert list(export.totals()[1:]) == numbers
    [villages] = export.closing_sheets()
    assert list(villages.totals[2:]) == numbers
    assert [sum(column) for column in zip(*(row[2:] for row in villages.rows), strict=True)] in ([], numbers)
