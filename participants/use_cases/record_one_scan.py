"""Somebody is scanned at a desk that has a network: the moment at which a queue forms."""

from datetime import datetime

from django.db import IntegrityError, connection

from participants.presence import merge, verdicts
from participants.presence.devices import note_seen
from participants.presence.people import make_person
from participants.presence.projection import refold
from participants.presence.scans import Scan
from participants.presence.verdicts import Verdict
from rtportal.lib import links, names
from rtportal.lib.prepared import PreparedStatement

# The desk, the session, the person, the entry in the log and what it comes to in one statement, which is a transaction
# by itself. Only for who was not recorded in this session before and is in no other one that is held meanwhile: for
# them there is nothing to fold. It waits for no lock, so in whatever order its parts run, it stands in nobody's way: a
# session that is locked is being changed, somebody whose row is locked is being recorded, or moved, elsewhere.
_STATEMENT = """
    WITH desk AS (
        SELECT door.id, door.name, door.seen_at, door.opened_at, door.wave_id, program.substitute_letter
        FROM participants_doordevice door
        JOIN programs_wave wave ON wave.id = door.wave_id
        JOIN programs_program program ON program.id = wave.program_id
        WHERE door.link_hash = %s AND door.revoked_at IS NULL AND door.expires_at > %s AND wave.cancelled_at IS NULL
            AND %s::timestamptz BETWEEN wave.starts_at - interval '12 hours' AND wave.ends_at + interval '12 hours'
    ), hall AS (
        SELECT hall.id, hall.starts_at, hall.ends_at, hall."group"
        FROM training_sessions_trainingsession hall JOIN desk ON desk.wave_id = hall.wave_id
        WHERE hall.id = %s AND hall.kind <> 'break'
        FOR KEY SHARE OF hall SKIP LOCKED
    ), person AS (
        SELECT one.id, one.head_id, one.answer, one."group", one.short_code,
            one.substitute_name, one.substitute_state, one.substitute_letter_at
        FROM participants_enrolment one JOIN desk ON desk.wave_id = one.wave_id
        WHERE {which} AND one.link_revoked_at IS NULL
        FOR NO KEY UPDATE OF one SKIP LOCKED
    ), entry AS (
        INSERT INTO participants_attendanceevent (
            uid, kind, source, wave_id, session_id, enrolment_id, device_id, seq, code, companions, at, device_at,
            received_at, shown, was_offline, problem, settled_note
        )
        SELECT %s::uuid, 'in', 'door', desk.wave_id, hall.id, person.id, desk.id, %s::integer,
            coalesce(person.short_code, ''), %s::smallint, %s::timestamptz, %s::timestamptz, %s::timestamptz,
            CASE WHEN hall."group" <> '' AND person."group" <> '' AND hall."group" <> person."group"
                THEN 'other_session'
                WHEN person.answer IN ('represented', 'declined') THEN person.answer ELSE 'present' END,
            false, '', ''
        FROM desk, hall, person
        WHERE NOT EXISTS (
            SELECT FROM participants_attendanceevent known
            WHERE known.enrolment_id = person.id AND known.session_id = hall.id
        ) AND NOT EXISTS (
            SELECT FROM participants_attendanceevent undo WHERE undo.undoes = %s::uuid
        ) AND NOT EXISTS (
            SELECT FROM participants_attendance elsewhere
            JOIN training_sessions_trainingsession other ON other.id = elsewhere.session_id
            WHERE elsewhere.enrolment_id = person.id AND other.id <> hall.id
                AND other.starts_at < hall.ends_at AND hall.starts_at < other.ends_at
        )
        ON CONFLICT (uid) DO NOTHING
        RETURNING enrolment_id, session_id, device_id, at, companions, shown
    ), mark AS (
        INSERT INTO participants_attendance (enrolment_id, session_id, marked_at, device_id, companions)
        SELECT enrolment_id, session_id, at, device_id, companions FROM entry
    )
    SELECT entry.shown, head.gelar_depan, head.name, head.gelar_belakang, person.id, person.answer, person."group",
        person.substitute_name, person.substitute_state, person.substitute_letter_at, desk.substitute_letter,
        desk.id, desk.name, desk.seen_at, desk.opened_at,
        (SELECT count(*) FROM participants_attendanceevent known WHERE known.enrolment_id = person.id)
    FROM entry, desk, person JOIN participants_rthead head ON head.id = person.head_id
"""
_BY_CODE = PreparedStatement(lambda _: _STATEMENT.format(which="one.short_code = %s"))
# The desk has the first digits only; so compared, the index for beginnings is used.
_BY_HASH = PreparedStatement(
    lambda _: _STATEMENT.format(which="one.link_hash ~>=~ %s AND one.link_hash ~<~ (%s::text || 'g')")
)
_COUNT = PreparedStatement(lambda _: "SELECT count(*) FROM participants_attendanceevent WHERE enrolment_id = %s")


def record_one_scan(*, token: str, scan: Scan, now: datetime) -> Verdict | None:
    """The quick road of `record_scans` for the common case. `token` is the desk's.

    Does: lets somebody in who was not recorded in this session yet, just as `record_scans` would. Returns None, with
    nothing changed, for everything else: a desk or a code that is not open, somebody recorded already, another kind of
    entry, a database that is not PostgreSQL.
    Refuses: nothing; that is left to `record_scans`.
    Tells: nobody.
    """
    is_plain = scan.kind == merge.IN and not (scan.is_offline or scan.person or scan.fault)
    if connection.vendor != "postgresql" or not (is_plain and (scan.code or scan.hash)):
        return None
    statement, mark = (_BY_CODE, (scan.code,)) if scan.code else (_BY_HASH, (scan.hash, scan.hash))
    entry = (str(scan.uid), scan.seq, scan.companions, scan.at, scan.device_at, now, str(scan.uid))
    try:
        _, rows = statement.run((links.hash_token(token), now, scan.at, scan.session, *mark, *entry))
    except IntegrityError:
        # Another desk scanned the same pass in the same instant.
        return None
    return _verdict(scan, rows[0], now) if rows else None


def _verdict(scan: Scan, row: tuple, now: datetime) -> Verdict:
    shown, *values, key, desk, seen_at, opened_at, known = row
    name, person, letter = values[:3], values[3:9], values[9]
    who = make_person(letter, names.full_name(*name), *person)
    _, [(count,)] = _COUNT.run((who.pk,))
    if count != known + 1:
        # Something of theirs was committed between the statement's first look and its lock.
        refold([(who.pk, scan.session)])
    note_seen(key, seen_at, opened_at, now)
    return Verdict(scan.uid, shown, verdicts.arrival_sentence(shown, who), who, scan.at, desk)
