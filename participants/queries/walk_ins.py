"""Guests without an invitation, and who they may be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from participants.models import Enrolment, RTHead, WalkIn
from programs.models import Wave
from rtportal.lib.names import split_titles

# Enough to find one person in; whoever is not among them is looked for by more words.
MOST_CANDIDATES = 20
_COLUMNS = {"rt": "rt__number", "rw": "rt__rw"}
_NUMBER = re.compile(r"(rt|rw)?0*(\d{1,3})([a-z]?)")
# What people say before a name or a place and the lists do not.
_SAID = {"pak", "bapak", "bp", "bu", "ibu", "haji", "hajjah", "kel", "kelurahan", "desa", "kec", "kecamatan", "ketua"}


@dataclass(frozen=True)
class Candidate:
    """A head whom a guest may be. `refusal` says why the guest cannot be matched to them; `enrolment` is their place in
    this wave, if they have one.
    """

    head: RTHead
    enrolment: Enrolment | None
    refusal: str


def waiting_guests(wave: Wave) -> QuerySet[WalkIn]:
    """Guests of whom nobody has said yet who they are."""
    return WalkIn.objects.filter(wave=wave, enrolment=None, dropped_at=None)


def guests_of(wave: Wave) -> QuerySet[WalkIn]:
    """All guests of the wave in the order in which they came, those still to be matched first."""
    rows = WalkIn.objects.filter(wave=wave).annotate(is_done=Q(enrolment__isnull=False) | Q(dropped_at__isnull=False))
    rows = rows.select_related("enrolment__head__rt", "enrolment__village", "matched_by", "village")
    return rows.prefetch_related("attendance_events__session", "attendance_events__device").order_by(
        "is_done", "taken_in_at", "pk"
    )


def candidates_for(guest: WalkIn, search: str = "") -> tuple[str, list[Candidate]]:
    """The words looked for and the heads of the programme's region that fit them, at most MOST_CANDIDATES.

    Without a search what was said at the door is tried: all of it, then the name, then RT and place, then the longest
    word of the name. Seven queries at most. `guest` comes with `wave.program`.
    """
    asked = [search] if search else _tries(guest)
    heads: list[RTHead] = []
    for words in asked:
        heads = list(heads_matching(guest.wave.program.region_id, words)[:MOST_CANDIDATES])
        if heads:
            return words, _candidates(heads, guest.wave)
    return search or guest.name, []


def heads_matching(region_code: str, search: str) -> QuerySet[RTHead]:
    """Current heads of the region where every word fits: a number is an RT and the next one its RW, any other word is
    part of the head's, the village's or the kecamatan's name.
    """
    found, column = Q(), "rt"
    for word in re.sub(r"[/.,]", " ", search.casefold()).split():
        if word in _COLUMNS:
            column = word
        elif number := _NUMBER.fullmatch(word):
            found &= Q(**{_COLUMNS[number[1] or column]: f"{number[2].zfill(3)}{number[3].upper()}"})
            column = "rw"
        elif word not in _SAID:
            found &= (
                Q(name__icontains=word)
                | Q(rt__village__name__icontains=word)
                | Q(rt__village__parent__name__icontains=word)
            )
    heads = RTHead.objects.current().in_areas([region_code]).filter(found)
    return heads.select_related("rt__village__parent").order_by("rt__village_id", "rt__rw", "rt__number")


def standing_of(heads: Iterable[RTHead], wave: Wave) -> dict[int, tuple[Enrolment | None, str]]:
    """For each head (by key) their place in this wave, or None, and why no guest of this wave can be them, or "".

    One query. Heads come with `rt`.
    """
    heads = list(heads)
    whose = Q(head__in=heads) | Q(rt__in=[head.rt_id for head in heads])
    rows = list(Enrolment.objects.active().filter(whose, program=wave.program_id).select_related("wave", "head"))
    by_head = {row.head_id: row for row in rows}
    by_rt = {row.rt_id: row for row in rows}
    return {head.pk: _standing(head, wave, by_head.get(head.pk), by_rt.get(head.rt_id)) for head in heads}


def _standing(head: RTHead, wave: Wave, own: Enrolment | None, of_rt: Enrolment | None) -> tuple[Enrolment | None, str]:
    if own and own.wave_id == wave.pk:
        return own, ""
    if own:
        return None, f"{head} terdaftar di {own.wave.title}. Pindahkan dahulu ke gelombang ini, lalu cocokkan."
    if of_rt:
        return None, (
            f"Undangan {head.rt} masih atas nama {of_rt.head} di {of_rt.wave.title}. "
            "Alihkan dahulu kepada ketua RT yang sekarang, lalu cocokkan."
        )
    return None, ""


def _candidates(heads: list[RTHead], wave: Wave) -> list[Candidate]:
    standing = standing_of(heads, wave)
    return [Candidate(head, *standing[head.pk]) for head in heads]


def _tries(guest: WalkIn) -> list[str]:
    name = split_titles(guest.name)[1]
    place = f"{guest.unit} {guest.place}".strip()
    longest = max(name.split(), key=len, default="")
    return list(dict.fromkeys(words for words in (f"{name} {place}", name, place, longest) if words.strip()))
