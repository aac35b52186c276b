"""Printed letters of a wave, by kelurahan/desa and person, for whoever hands them out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from participants.models import Enrolment
from participants.told import ANNOUNCEMENTS, Heard, Told, kind_due, publications_told
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib.keys import parse_key
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import REACHED, Message
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region

LETTER = "letter"
_TASK = Q(state=Message.State.TASK)
_COUNTS = {
    "to_print": Count("pk", filter=_TASK & Q(started_at=None)),
    "printed": Count("pk", filter=_TASK & Q(started_at__isnull=False)),
    "handed_out": Count("pk", filter=Q(state__in=REACHED)),
    "not_met": Count("pk", filter=Q(state=Message.State.FAILED)),
    "dropped": Count("pk", filter=Q(state__in=[Message.State.WITHDRAWN, Message.State.EXPIRED])),
}


@dataclass(frozen=True)
class Line:
    """Letters of one wave or kelurahan/desa by what became of them; `of` is that wave or region."""

    of: Wave | Region
    to_print: int
    printed: int
    handed_out: int
    not_met: int
    dropped: int

    @property
    def total(self) -> int:
        return self.to_print + self.printed + self.handed_out + self.not_met + self.dropped


def letters_in(wave: Wave, areas: Iterable[str]) -> QuerySet[Message]:
    """Every letter of the wave's people in the areas, whatever became of it."""
    return Message.objects.filter(within_q("region_code", areas), channel=LETTER, group=wave.group)


def areas_of(user: User) -> list[str]:
    """Where the user hands out letters."""
    return scope_of(user).areas_with(Right.ANSWER_FOR)


def wave_with_letters(user: User, key: object) -> Wave:
    """The wave by its primary key with what letters need. Raises Http404 if it is not in the user's scope."""
    pk = parse_key(str(key))
    waves = Wave.objects.visible_to(user).select_related("program__region", "program__office__region", "publication")
    wave = None if pk is None else waves.filter(pk=pk).first()
    if wave is None:
        raise Http404("no such wave")
    return wave


def waves_with_letters(user: User) -> list[Line]:
    """Waves for whose people in the user's areas there are letters, the newest first. Two queries."""
    rows = Message.objects.filter(within_q("region_code", areas_of(user)), channel=LETTER, group__startswith="wave:")
    counts = {row.pop("group"): row for row in rows.order_by().values("group").annotate(**_COUNTS)}
    keys = [int(group.removeprefix("wave:")) for group in counts]
    waves = Wave.objects.select_related("program__region").filter(pk__in=keys).order_by("-starts_at", "-pk")
    return [Line(wave, **counts[wave.group]) for wave in waves]


def villages_with_letters(user: User, wave: Wave) -> list[Line]:
    """The same by kelurahan/desa of one wave, in order of their codes; regions come with their parent. Two queries."""
    rows = letters_in(wave, areas_of(user)).order_by().values("region_code").annotate(**_COUNTS)
    counts = {row.pop("region_code"): row for row in rows}
    regions = Region.objects.filter(code__in=counts).select_related("parent").order_by("code")
    return [Line(region, **counts[region.code]) for region in regions]


def added_up(lines: Iterable[Line], of: Wave | Region) -> Line:
    """The sum of the lines."""
    sums: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        for name in _COUNTS:
            sums[name] += getattr(line, name)
    return Line(of, **{name: sums[name] for name in _COUNTS})


def letters_of_village(wave: Wave, village: Region) -> list[Message]:
    """The letters of one kelurahan/desa in the order of their RT, each with `kind_label`, `standing` and `is_outdated`.

    `standing` is one of `to_print printed handed_out not_met dropped`; a letter on paper is outdated if what it tells
    holds no more. Five queries at most.
    """
    letters = sorted(letters_in(wave, [village.code]), key=lambda one: (one.address, one.pk))
    on_paper = [letter for letter in letters if _standing(letter) == "printed" and letter.kind in ANNOUNCEMENTS]
    groups = dict(Enrolment.objects.filter(pk__in=[one.about_id for one in on_paper]).values_list("pk", "group"))
    told = {one.pk: Told(one.pk, one.kind, one.channel, one.address, one.edition) for one in on_paper}
    publications = publications_told(Heard(told=one) for one in told.values())
    facts = wave.publication.facts if wave.publication else None
    labels = kind_labels()
    for letter in letters:
        letter.kind_label = labels.get(letter.kind, letter.kind)
        letter.standing = _standing(letter)
        letter.is_outdated = letter.pk in told and bool(
            kind_due(told[letter.pk], publications, wave=wave, facts=facts, group=groups.get(letter.about_id, ""))
        )
    return letters


def _standing(letter: Message) -> str:
    if letter.state == Message.State.TASK:
        return "printed" if letter.started_at else "to_print"
    if letter.state in REACHED:
        return "handed_out"
    return "not_met" if letter.state == Message.State.FAILED else "dropped"
