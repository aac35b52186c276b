"""Which invitations a head held, and from when to when: an invitation passes to the successor and keeps its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from participants.models import Enrolment, EnrolmentSuccession, RTHead
from rtportal.lib.names import fold
from rtportal.regions.codes import REGENCY, cut, within_q


@dataclass(frozen=True)
class Span:
    """From the moment of taking over (None: from the start) until just before handing on (None: still held)."""

    start: datetime | None
    end: datetime | None

    def has(self, at: datetime) -> bool:
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)

    def has_ended_with(self, at: datetime) -> bool:
        """The same for what happens to the former holder at the moment of handing on."""
        return (self.start is None or self.start < at) and (self.end is None or at <= self.end)


@dataclass(frozen=True)
class Subject:
    """One person: all their terms as head, and the spans in which each invitation was theirs."""

    heads: tuple[RTHead, ...]
    spans: dict[int, tuple[Span, ...]]

    @property
    def head_keys(self) -> list[int]:
        return [head.pk for head in self.heads]

    @property
    def held_now(self) -> list[int]:
        return [pk for pk, spans in self.spans.items() if any(span.end is None for span in spans)]

    def had(self, enrolment: int, at: datetime) -> bool:
        return any(span.has(at) for span in self.spans.get(enrolment, ()))

    def had_until(self, enrolment: int, at: datetime) -> bool:
        return any(span.has_ended_with(at) for span in self.spans.get(enrolment, ()))


def subject_of(head: RTHead) -> Subject:
    """The person behind a head: terms with the same NIK and name in the same kabupaten/kota are theirs too.

    Three queries. A NIK alone says too little: one typed wrong is somebody else's, and whoever writes a roster may
    write any.
    """
    heads = tuple(term for term in _same_nik(head) if term.pk == head.pk or fold(term.name) == fold(head.name))
    keys = {one.pk for one in heads}
    changes = EnrolmentSuccession.objects.filter(
        Q(from_head__in=keys) | Q(to_head__in=keys) | Q(enrolment__head__in=keys)
    ).values_list("enrolment_id", flat=True)
    held = Enrolment.objects.filter(Q(head__in=keys) | Q(pk__in=changes)).values_list("pk", "head_id")
    passed: dict[int, list[EnrolmentSuccession]] = {pk: [] for pk, _ in held}
    for one in EnrolmentSuccession.objects.filter(enrolment__in=passed).order_by("at", "pk"):
        passed[one.enrolment_id].append(one)
    return Subject(heads, {pk: tuple(_spans(passed[pk], holder, keys)) for pk, holder in held})


def _same_nik(head: RTHead) -> QuerySet[RTHead]:
    same = Q(pk=head.pk)
    if head.nik_digest:
        same |= Q(nik_digest=head.nik_digest) & within_q("rt__village_id", [cut(head.rt.village_id, REGENCY)])
    return RTHead.objects.filter(same).select_related("rt__village__parent").order_by("pk")


def _spans(passed: list[EnrolmentSuccession], holder: int, keys: set[int]) -> Iterable[Span]:
    """Who held it one after the other, as far as it was this person."""
    bounds = [None, *(one.at for one in passed), None]
    holders = [*(one.from_head_id for one in passed), holder]
    return (Span(bounds[at], bounds[at + 1]) for at, one in enumerate(holders) if one in keys)
