"""Which demands cannot be met, each seen by itself: what arithmetic can tell before anything is searched."""

from collections.abc import Iterator

from programs.planner.bounds import apart_from_each_other
from programs.planner.instance import Instance, bits
from programs.planner.plan import Limit, Relief
from programs.planner.problem import Area
from rtportal.lib.clock import short_days
from rtportal.lib.numbers import thousands

# A sentence that lists a hundred villages is read by nobody.
MOST_NAMES = 5
DROP_RULE = "hapus aturan: "


def clashing_limits(instance: Instance) -> tuple[Limit, ...]:
    """The demands that no division can meet; empty if none is impossible by itself. What is said is proven."""
    if not instance.problem.areas:
        return (Limit("no_areas", "Belum ada wilayah yang dapat dibagi."),)
    if not instance.slots:
        return (Limit("no_slots", "Belum ada tempat dan tanggal yang dapat dipakai."),)
    return (*_limits_of_items(instance), *_limits_of_waves(instance), *_limits_of_days(instance))


def limit_of_all(instance: Instance, reliefs: tuple[Relief, ...], *, is_proven: bool) -> Limit:
    """What clashes where each demand alone could be met: the seats, the number of waves, the rules in the way."""
    problem = instance.problem
    largest = max(slot.capacity for slot in problem.slots)
    demands = [f"{len(problem.areas)} wilayah tetap utuh", f"paling banyak {thousands(largest)} kursi per gelombang"]
    demands += [f"{problem.wave_count} gelombang"] if problem.wave_count else [f"{len(problem.slots)} pilihan tanggal"]
    if any(relief.kind == "most_areas" for relief in reliefs):
        demands.append(f"paling banyak {problem.rules.most_areas} wilayah per gelombang")
    demands += [relief.sentence.removeprefix(DROP_RULE) for relief in reliefs if relief.kind == "rule"]
    start = "Tidak dapat dipenuhi sekaligus" if is_proven else "Belum ditemukan pembagian yang memenuhi sekaligus"
    return Limit("all_at_once", f"{start}: {'; '.join(demands)}.")


def most_waves(instance: Instance) -> int:
    """The number of waves asked for, else as many as there can be."""
    return instance.problem.wave_count or min(len(instance), len(instance.slots))


def names_of(areas: list[Area]) -> str:
    """Kelua, Tanta dan Jaro; of many only the first few by name."""
    names = [area.name for area in areas]
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[:MOST_NAMES])} dan {len(names) - MOST_NAMES} wilayah lain"
    return " dan ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def areas_of(instance: Instance, items: list[int]) -> list[Area]:
    """The areas of the items, in the problem's order."""
    return [instance.problem.areas[one] for one in sorted(one for item in items for one in instance.members[item])]


def _limit(kind: str, sentence: str, areas: list[Area], slots: list[int], instance: Instance) -> Limit:
    return Limit(kind, sentence, tuple(area.code for area in areas), tuple(instance.slots[slot].key for slot in slots))


def _limits_of_items(instance: Instance) -> Iterator[Limit]:
    for item in range(len(instance)):
        areas = areas_of(instance, [item])
        names = names_of(areas)
        if instance.clashes[item] >> item & 1:
            sentence = f"{names} harus dalam satu gelombang, tetapi aturan lain memisahkannya."
            yield _limit("together_apart", sentence, areas, [], instance)
        if instance.counts[item] > instance.most_areas:
            sentence = f"{names} harus dalam satu gelombang, padahal paling banyak {instance.most_areas} wilayah."
            yield _limit("together_most_areas", sentence, areas, [], instance)
        slots = bits(instance.slots_by_day[item])
        if not slots:
            yield _limit("no_day", f"Aturan tanggal tidak menyisakan tanggal bagi {names}.", areas, [], instance)
            continue
        seats = instance.weights[item] * instance.unit
        largest = max(instance.problem_capacity(slot) for slot in slots)
        if seats > largest:
            sentence = (
                f"{names} memerlukan {thousands(seats)} kursi, kapasitas terbesar pada tanggalnya "
                f"{thousands(largest)} kursi, kurang {thousands(seats - largest)} kursi."
            )
            yield _limit("area_too_big", sentence, areas, slots, instance)


def _limits_of_waves(instance: Instance) -> Iterator[Limit]:
    count, asked = most_waves(instance), instance.problem.wave_count
    if asked and asked > len(instance.slots):
        sentence = f"Diminta {asked} gelombang, tetapi tempat dan tanggal hanya cukup untuk {len(instance.slots)}."
        yield Limit("too_few_slots", sentence)
    if asked and asked > len(instance):
        sentence = f"Diminta {asked} gelombang, tetapi wilayah hanya dapat dibagi menjadi {len(instance)}."
        yield Limit("too_many_waves", sentence)
    slots = list(range(len(instance.slots)))[-count:]
    room, seats = sum(instance.problem_capacity(slot) for slot in slots), instance.total * instance.unit
    if sum(instance.capacities[slot] for slot in slots) < instance.total:
        sentence = f"Diperlukan {thousands(seats)} kursi, {len(slots)} gelombang terbesar "
        if seats > room:
            sentence += f"memuat {thousands(room)} kursi, kurang {thousands(seats - room)} kursi."
        else:
            filled = sum(instance.capacities[slot] for slot in slots) * instance.unit
            sentence += f"hanya dapat terisi {thousands(filled)} kursi karena wilayah tetap utuh."
        yield _limit("seats", sentence, [], slots, instance)
    if sum(instance.counts) > count * instance.most_areas:
        sentence = (
            f"{sum(instance.counts)} wilayah tidak muat dalam {count} gelombang "
            f"dengan paling banyak {instance.most_areas} wilayah."
        )
        yield Limit("most_areas", sentence)
    apart = apart_from_each_other(instance)
    if len(apart) > count:
        areas = areas_of(instance, apart)
        sentence = f"{names_of(areas)} harus terpisah satu sama lain, tetapi hanya ada {count} gelombang."
        yield _limit("apart", sentence, areas, [], instance)


def _limits_of_days(instance: Instance) -> Iterator[Limit]:
    by_slots: dict[int, list[int]] = {}
    for item, mask in enumerate(instance.slots_by_day):
        by_slots.setdefault(mask, []).append(item)
    for mask, items in by_slots.items():
        slots = bits(mask)
        if not slots or mask == instance.all_slots:
            continue
        seats = sum(instance.weights[item] for item in items)
        if seats > sum(instance.capacities[slot] for slot in slots[-most_waves(instance) :]):
            areas = areas_of(instance, items)
            room = sum(instance.problem_capacity(slot) for slot in slots)
            days = names_of_days(instance, slots)
            sentence = (
                f"{names_of(areas)} hanya boleh pada {days}: diperlukan {thousands(seats * instance.unit)} kursi, "
                f"tersedia {thousands(room)} kursi."
            )
            yield _limit("day_full", sentence, areas, slots, instance)
    bound = [mask for mask in by_slots if mask]
    apart: list[int] = []
    for mask in sorted(bound, key=int.bit_count):
        if not any(mask & other for other in apart):
            apart.append(mask)
    if len(apart) > most_waves(instance):
        areas = areas_of(instance, [item for mask in apart for item in by_slots[mask]])
        sentence = f"Aturan tanggal memerlukan sedikitnya {len(apart)} gelombang, diminta {most_waves(instance)}."
        yield _limit("days", sentence, areas, [], instance)


def names_of_days(instance: Instance, slots: list[int]) -> str:
    """The dates of the slots in words, each once."""
    days = sorted({(instance.slots[slot].day, instance.slots[slot].last_day) for slot in slots})
    words = [short_days(*ends) for ends in days[:MOST_NAMES]]
    return ", ".join(words) + (f" dan {len(days) - MOST_NAMES} tanggal lain" if len(days) > MOST_NAMES else "")
