"""Whose code, link or name was scanned: the people whom a wave's door can meet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Left

from participants.models import Enrolment, RetiredPass
from participants.presence.scans import Scan
from programs.models import Program, Wave
from rtportal.lib import names

UNKNOWN, REVOKED, WRONG_WAVE = "unknown", "revoked", "wrong_wave"
# The list on a device has no more of a personal link than so much of its hash.
HASH_LENGTH = 16

NAME = ("head__gelar_depan", "head__name", "head__gelar_belakang")
PERSON = ("pk", "answer", "group", "substitute_name", "substitute_state", "substitute_letter_at")
_STANDING = ("short_code", "wave_id", "wave__number", "link_revoked_at", "superseded_at", "followed_by__pk")


class Person(NamedTuple):
    """What a desk says about a participant of its wave."""

    pk: int
    name: str
    answer: str
    group: str
    substitute: str
    substitute_state: str
    needs_letter: bool


class Found(NamedTuple):
    """`person`, or the problem why there is none; `code` is the short code as far as one is known, `where` the title
    of the other wave that somebody belongs to.
    """

    person: Person | None
    problem: str = ""
    code: str = ""
    where: str = ""


class _Row(NamedTuple):
    person: Person
    code: str | None
    wave_id: int
    number: int
    revoked_at: datetime | None
    followed_by: int | None


def make_person(asks_letter: bool, name: str, key: int, *values) -> Person:
    """`asks_letter`: the programme wants a letter from substitutes; `values` are those of `PERSON` after the key."""
    answer, group, substitute, state, letter_at = values
    is_represented = answer == Enrolment.AnswerKind.REPRESENTED
    needs_letter = is_represented and asks_letter and letter_at is None
    return Person(key, name, answer, group, substitute if is_represented else "", state, needs_letter)


def find_people(wave: Wave, scans: Sequence[Scan]) -> dict[UUID, Found]:
    """For every scan that names somebody; `wave` comes with its programme. At most four queries.

    A code that died after the scan still counts for it: the desk was offline. Somebody who was absent from an earlier
    wave and has a place in this one is found by the old code too.
    """
    scans = [scan for scan in scans if scan.kind in {"in", "out"} and not scan.fault]
    codes = {scan.code for scan in scans if scan.code and not scan.person}
    hashes = {scan.hash for scan in scans if scan.hash and not scan.person}
    retired = _retired(wave, codes, hashes)
    keys = {scan.person for scan in scans if scan.person} | {row[2] for row in retired.values()}
    by_key, by_mark = _rows(wave, keys, codes, hashes)
    if followers := {row.followed_by for row in by_key.values() if row.followed_by} - by_key.keys():
        by_key |= _rows(wave, followers, set(), set())[0]
    return {scan.uid: _found(scan, wave, retired, by_key, by_mark) for scan in scans}


def people_by_key(program: Program, keys: Iterable[int]) -> dict[int, Person]:
    """The participants with these keys; one query, none for no keys."""
    rows = Enrolment.objects.filter(pk__in=keys).order_by().values_list(*NAME, *PERSON)
    return {row[3]: make_person(program.substitute_letter, names.full_name(*row[:3]), *row[3:]) for row in rows}


def _found(scan: Scan, wave: Wave, retired: dict, by_key: dict[int, _Row], by_mark: dict[str, _Row]) -> Found:
    mark = scan.code or scan.hash
    row = by_key.get(scan.person) if scan.person else by_mark.get(mark)
    if row is None and not scan.person and mark in retired:
        code, died_at, key = retired[mark]
        if died_at <= scan.at:
            return Found(None, REVOKED, code or mark)
        row = by_key.get(key)
    elif row and not scan.person and row.revoked_at and row.revoked_at <= scan.at:
        return Found(None, REVOKED, row.code or mark)
    if row is None:
        return Found(None, UNKNOWN, mark)
    if row.wave_id != wave.pk and row.followed_by in by_key:
        row = by_key[row.followed_by]
    if row.wave_id != wave.pk:
        return Found(None, WRONG_WAVE, row.code or mark, Wave(number=row.number).title)
    return Found(row.person, code=row.code or mark)


def _retired(wave: Wave, codes: set[str], hashes: set[str]) -> dict[str, tuple[str | None, datetime, int]]:
    """Code, instant and enrolment of dead passes of the programme, by code and by hash."""
    found: dict[str, tuple[str | None, datetime, int]] = {}
    if codes or hashes:
        rows = RetiredPass.objects.filter(enrolment__program=wave.program_id).alias(mark=Left("link_hash", HASH_LENGTH))
        rows = rows.filter(Q(short_code__in=codes) | Q(mark__in=hashes)).order_by()
        for link_hash, code, at, key in rows.values_list("link_hash", "short_code", "at", "enrolment_id"):
            found[link_hash[:HASH_LENGTH]] = (code, at, key)
            if code:
                found[code] = (code, at, key)
    return found


def _rows(
    wave: Wave, keys: Iterable[int], codes: set[str], hashes: set[str]
) -> tuple[dict[int, _Row], dict[str, _Row]]:
    """Enrolments of the programme by key and by mark (short code, beginning of the hash)."""
    asked = Q(pk__in=keys)
    rows = Enrolment.objects.filter(program=wave.program_id).order_by()
    if codes:
        asked |= Q(short_code__in=codes)
    if hashes:
        rows = rows.alias(mark=Left("link_hash", HASH_LENGTH))
        asked |= Q(mark__in=hashes)
    by_key: dict[int, _Row] = {}
    by_mark: dict[str, _Row] = {}
    for link_hash, *values in rows.filter(asked).values_list("link_hash", *NAME, *PERSON, *_STANDING):
        name, person, standing = values[:3], values[3:9], values[9:]
        code, wave_id, number, revoked_at, superseded_at, follower = standing
        made = make_person(wave.program.substitute_letter, names.full_name(*name), *person)
        row = _Row(made, code, wave_id, number, revoked_at, follower if superseded_at else None)
        by_key[made.pk] = by_mark[link_hash[:HASH_LENGTH]] = row
        if code:
            by_mark[code] = row
    return by_key, by_mark
