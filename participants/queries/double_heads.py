"""RT heads who would have to be in two waves at the same time."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations

from participants.models import Enrolment, RTHead
from programs.clash import HEADS, Clash, make_key
from programs.clashes import are_neighbours
from programs.models import Wave, WaveArea
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.area_keys import NO_RW
from rtportal.regions.area_keys import make_key as area_key
from rtportal.regions.codes import ancestors

# Enough to know whom to call.
NAMED = 3


def head_clashes(asked: Iterable[Wave], others: Iterable[Wave]) -> dict[int, list[Clash]]:
    """For the primary key of each wave asked for, its clashes with another one at the same time.

    Once invitations are open the invited heads count, without those who declined; before that the current heads of the
    areas as well. Within one programme nobody is in two waves. Four queries however many waves, none where no two
    programmes have a wave at the same time.
    """
    wanted = {wave.pk: wave for wave in asked}
    waves = _beside_another_programme([*wanted.values(), *(other for other in others if other.pk not in wanted)])
    found: dict[int, list[Clash]] = defaultdict(list)
    if not waves:
        return found
    both = _in_both(waves, wanted)
    some = {pk for heads in both.values() for pk in sorted(heads)[:NAMED]}
    names = {head.pk: head for head in RTHead.objects.filter(pk__in=some).select_related("rt__village")}
    for (pk, other), heads in sorted(both.items()):
        found[pk].append(_clash(waves[pk], waves[other], heads, names))
    return found


def _in_both(waves: dict[int, Wave], wanted: dict[int, Wave]) -> dict[tuple[int, int], list[int]]:
    """Heads by pairs of a wanted wave and another one at the same time; from the heads, most of whom are in one."""
    waves_of_head: dict[int, list[int]] = defaultdict(list)
    for pk, heads in _people(waves).items():
        for head in heads:
            waves_of_head[head].append(pk)
    both: dict[tuple[int, int], list[int]] = defaultdict(list)
    for head, keys in waves_of_head.items():
        for pk, other in permutations(keys, 2) if len(keys) > 1 else ():
            if pk in wanted and _meet(waves[pk], waves[other]):
                both[pk, other].append(head)
    return both


def _meet(wave: Wave, other: Wave) -> bool:
    at_once = wave.starts_at < other.ends_at and other.starts_at < wave.ends_at
    return at_once and wave.program_id != other.program_id and are_neighbours(wave, other)


def _beside_another_programme(waves: list[Wave]) -> dict[int, Wave]:
    """Those at whose time another programme has a wave too, by primary key."""
    found: dict[int, Wave] = {}
    running: list[Wave] = []
    for wave in sorted(waves, key=lambda wave: wave.starts_at):
        running = [other for other in running if other.ends_at > wave.starts_at]
        for other in running:
            if other.program_id != wave.program_id:
                found[other.pk], found[wave.pk] = other, wave
        running.append(wave)
    return found


def _clash(wave: Wave, other: Wave, heads: list[int], names: dict[int, RTHead]) -> Clash:
    known = [names[pk] for pk in sorted(heads)[:NAMED] if pk in names]
    listed = ", ".join(f"{head.full_name} ({head.rt.label} {head.rt.village.name})" for head in known)
    more = f" dan {thousands(len(heads) - len(known))} orang lagi" if len(heads) > len(known) else ""
    span = clock.span_words(other.starts_at, other.ends_at, wave.zone)
    return Clash(
        HEADS,
        make_key(HEADS, wave.pk, wave.starts_at, wave.ends_at, other.pk, other.starts_at, other.ends_at, sorted(heads)),
        f"{thousands(len(heads))} ketua RT juga menjadi peserta {other.title} {other.program.name} pada waktu yang "
        f"sama ({span}): {listed}{more}.",
        "Pindahkan salah satu gelombang ke hari lain, atau pindahkan orang-orang itu ke gelombang lain.",
        wave_ids=(other.pk,),
    )


def _people(waves: dict[int, Wave]) -> dict[int, set[int]]:
    """Primary keys of the heads of each wave."""
    people: dict[int, set[int]] = {pk: set() for pk in waves}
    for pk, head in Enrolment.objects.seated().filter(wave__in=people).values_list("wave", "head"):
        people[pk].add(head)
    wanted = defaultdict(list)
    for area in WaveArea.objects.filter(wave__in=[pk for pk, wave in waves.items() if not wave.invitations_opened_at]):
        wanted[area.key].append(area.wave_id)
    current = RTHead.objects.current().in_areas(wanted).values_list("pk", "rt__village_id", "rt__rw")
    for head, village, rw in current:
        for key in (*ancestors(village), village, area_key(village, rw or NO_RW)):
            for pk in wanted.get(key, ()):
                people[pk].add(head)
    return people
