"""RT heads who would have to be in two waves at the same time."""

from collections import defaultdict
from collections.abc import Iterable

from participants.models import Enrolment, RTHead
from programs.clash import HEADS, Clash, make_key
from programs.models import Wave, WaveArea
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.area_keys import NO_RW
from rtportal.regions.area_keys import make_key as area_key
from rtportal.regions.codes import ancestors

# Enough to know whom to call.
NAMED = 3


def head_clashes(pairs: Iterable[tuple[Wave, Wave]]) -> dict[int, list[Clash]]:
    """For each wave's primary key the clashes with others at the same time; `pairs` are wave and other.

    Once invitations are open the invited heads count, before that the current heads of the areas. Within one programme
    nobody is in two waves. Four queries however many pairs, none where there is no pair.
    """
    across = [(wave, other) for wave, other in pairs if wave.program_id != other.program_id]
    found: dict[int, list[Clash]] = defaultdict(list)
    if not across:
        return found
    people = _people({wave.pk: wave for pair in across for wave in pair})
    both = {(wave.pk, other.pk): people[wave.pk] & people[other.pk] for wave, other in across}
    some = {pk for heads in both.values() for pk in sorted(heads)[:NAMED]}
    names = {head.pk: head for head in RTHead.objects.filter(pk__in=some).select_related("rt__village")}
    for wave, other in across:
        if heads := both[wave.pk, other.pk]:
            found[wave.pk].append(_clash(wave, other, heads, names))
    return found


def _clash(wave: Wave, other: Wave, heads: set[int], names: dict[int, RTHead]) -> Clash:
    known = [names[pk] for pk in sorted(heads)[:NAMED] if pk in names]
    listed = ", ".join(f"{head.full_name} ({head.rt.label} {head.rt.village.name})" for head in known)
    more = f" dan {thousands(len(heads) - len(known))} orang lagi" if len(heads) > len(known) else ""
    span = clock.span_words(other.starts_at, other.ends_at, wave.zone)
    return Clash(
        HEADS,
        make_key(HEADS, wave.pk, wave.starts_at, wave.ends_at, other.pk, other.starts_at, other.ends_at, len(heads)),
        f"{thousands(len(heads))} ketua RT juga menjadi peserta {other.title} {other.program.name} pada waktu yang "
        f"sama ({span}): {listed}{more}.",
        "Pindahkan salah satu gelombang ke hari lain, atau pindahkan orang-orang itu ke gelombang lain.",
        wave_ids=(other.pk,),
    )


def _people(waves: dict[int, Wave]) -> dict[int, set[int]]:
    """Primary keys of the heads of each wave."""
    people: dict[int, set[int]] = {pk: set() for pk in waves}
    for pk, head in Enrolment.objects.active().filter(wave__in=people).values_list("wave", "head"):
        people[pk].add(head)
    waiting = [pk for pk, wave in waves.items() if not wave.invitations_opened_at]
    wanted = defaultdict(list)
    for area in WaveArea.objects.filter(wave__in=waiting):
        wanted[area.key].append(area.wave_id)
    current = RTHead.objects.current().in_areas(wanted).values_list("pk", "rt__village_id", "rt__rw")
    for head, village, rw in current:
        for key in (*ancestors(village), village, area_key(village, rw or NO_RW)):
            for pk in wanted.get(key, ()):
                people[pk].add(head)
    return people
