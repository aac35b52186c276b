"""Steps that the use cases of plans share: the problem that wishes pose today, its answer, the row under lock."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise, product

from participants.queries.plan_areas import plan_areas
from programs.errors import Refusal
from programs.models import Program, WavePlan
from programs.plan_checker import check
from programs.planner import Area, Plan, Problem, Rules, solve
from programs.queries.free_slots import free_slots, moments, span_of
from programs.queries.plan_wishes import PlanWishes, RuleKind
from programs.queries.plan_words import hours_words
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.area_keys import area_full_name, is_inside, split_key
from rtportal.regions.models import Region

MOST_AREAS, MOST_SLOTS = 1000, 200
BROKEN = "Pembagian yang dihitung tidak lolos pemeriksaan, jadi tidak disimpan. Hubungi pengelola portal."


def build_problem(program: Program, wishes: PlanWishes, now: datetime) -> Problem:
    """What the planner is asked: free areas with the heads in office now, free halls, and the rules in their codes.

    Refuses: a day that has passed, hours that end before they start, blocks or dates of which one begins before the
    other ends, no hall or nobody to divide, too much at once, a rule about an area that is not in the plan.
    """
    _refuse_hours(wishes)
    _refuse_days(program.region, wishes, now)
    areas = [one.area for one in plan_areas(program, wishes) if not one.taken]
    if not areas:
        raise Refusal(
            "Semua wilayah yang dipilih sudah masuk gelombang program ini. Kosongkan dahulu wilayah gelombang yang "
            "hendak dibagi ulang, batalkan gelombangnya, atau buat program baru.",
            field="districts",
        )
    if not any(area.heads for area in areas):
        raise Refusal("Belum ada ketua RT di wilayah yang dipilih. Impor dulu daftar ketua RT.", field="districts")
    slots, taken = free_slots(program, wishes)
    if not slots:
        raise Refusal(" ".join(["Tidak ada tempat yang kosong pada tanggal yang dipilih.", *taken[:3]]), field="days")
    if len(areas) > MOST_AREAS or len(slots) > MOST_SLOTS:
        raise Refusal(
            f"Terlalu banyak sekaligus: {thousands(len(areas))} wilayah dan {thousands(len(slots))} pilihan tempat dan "
            f"tanggal, paling banyak {thousands(MOST_AREAS)} dan {thousands(MOST_SLOTS)}. Pilih tingkat wilayah yang "
            "lebih besar, sebagian kecamatan, atau lebih sedikit tanggal."
        )
    return Problem(
        areas=tuple(areas),
        slots=tuple(slots),
        rules=_rules(wishes, areas),
        wave_count=wishes.wave_count,
    )


def _refuse_hours(wishes: PlanWishes) -> None:
    if wishes.length > 1 and len(wishes.hours) > 1:
        raise Refusal(
            f"Gelombang selama {wishes.length} hari memakai tempat sepanjang hari-hari itu, jadi hanya satu sesi "
            "waktu yang dapat dipakai. Kosongkan sesi waktu yang lain, atau isi lama dengan 1 hari.",
            field="hours",
        )
    if wishes.length == 1 and any(end <= start for start, end in wishes.hours):
        raise Refusal("Waktu selesai harus setelah waktu mulai.", field="hours")
    for block, following in pairwise(sorted(wishes.hours)):
        if following[0] < block[1]:
            raise Refusal(
                f"Sesi waktu {hours_words(block)} dan {hours_words(following)} bertumpuk. Geser salah satunya.",
                field="hours",
            )


def _refuse_days(region: Region, wishes: PlanWishes, now: datetime) -> None:
    slots = moments(wishes)
    spans = [span_of(region, wishes, slot) for slot in slots]
    for slot, (start, _) in zip(slots, spans, strict=True):
        if start <= now:
            raise Refusal(f"Tanggal {clock.short_date(slot.day)} sudah lewat.", field="days")
    for (slot, (_, end)), (following, (start, _)) in pairwise(zip(slots, spans, strict=True)):
        if start < end:
            raise Refusal(
                f"Tanggal mulai bertumpuk: gelombang {wishes.length} hari yang mulai {clock.short_date(slot.day)} "
                f"berlangsung sampai {clock.short_date(slot.last_day)}, sedangkan {clock.short_date(following.day)} "
                "juga dipilih. Hapus salah satunya, atau beri jarak.",
                field="days",
            )


def answer(problem: Problem) -> dict:
    """The columns of a plan that solving fills. A division that the checker objects to is never kept."""
    found = solve(problem)
    if not isinstance(found, Plan):
        return {"state": WavePlan.State.IMPOSSIBLE, "assignment": {}, "result": asdict(found)}
    if check(problem, found.assignment):
        return {"state": WavePlan.State.FAILED, "assignment": {}, "result": {"sentence": BROKEN}}
    figures = asdict(found)
    return {"state": WavePlan.State.SOLVED, "assignment": found.assignment, "result": figures | {"solved": figures}}


def locked_plan(pk: int) -> WavePlan:
    """The plan with its programme and region; nobody else changes its row until the transaction ends.

    Refuses (Refusal) one that was deleted, perhaps while it was being reckoned anew.
    """
    rows = WavePlan.objects.select_for_update(of=("self",), no_key=True)
    plan = rows.select_related("program__region").filter(pk=pk).first()
    if plan is None:
        raise Refusal("Rencana ini baru saja dihapus oleh petugas lain.")
    return plan


def refuse_accepted(plan: WavePlan) -> None:
    if plan.accepted_at:
        raise Refusal(
            "Rencana ini sudah diterima dan gelombangnya sudah dibuat. Salin rencana ini untuk membagi ulang."
        )


def _rules(wishes: PlanWishes, areas: list[Area]) -> Rules:
    kinds: dict[str, list] = {kind: [] for kind in RuleKind}
    for rule in wishes.rules:
        if rule.kind == RuleKind.SPLIT:
            continue
        meant = _meant(rule.area, areas)
        if rule.kind == RuleKind.TOGETHER:
            others = _meant(rule.other, areas) if rule.other else ()
            kinds[rule.kind].append((*meant, *others))
        elif rule.kind == RuleKind.APART:
            kinds[rule.kind] += [pair for pair in product(meant, _meant(rule.other, areas)) if len({*pair}) == 2]
        else:
            kinds[rule.kind] += [(code, rule.day) for code in meant]
    return Rules(
        on_day=tuple(kinds[RuleKind.ON_DAY]),
        not_on_day=tuple(kinds[RuleKind.NOT_ON_DAY]),
        together=tuple(kinds[RuleKind.TOGETHER]),
        apart=tuple(kinds[RuleKind.APART]),
        most_areas=wishes.most_areas,
    )


def _meant(key: str, areas: Iterable[Area]) -> tuple[str, ...]:
    """Codes of the areas that a rule means: one, or all that lie inside it."""
    found = tuple(area.code for area in areas if is_inside(area.code, key))
    if not found:
        code, rw = split_key(key)
        name = area_full_name(Region.objects.get(pk=code), rw)
        raise Refusal(
            f"Ada aturan tentang {name}, yang tidak ikut dibagi: sudah masuk gelombang, tidak dipilih, atau bagian "
            "dari wilayah yang dijaga utuh.",
            field="rules",
        )
    return found
