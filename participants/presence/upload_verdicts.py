"""What an upload came to, entry by entry, after all of it was recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from participants.models import AttendanceEvent, DoorDevice
from participants.presence import merge, verdicts
from participants.presence.merge import Folded
from participants.presence.people import WRONG_WAVE, Found, Person, people_by_key
from participants.presence.projection import Recording
from participants.presence.scans import Scan
from participants.presence.verdicts import Verdict
from rtportal.lib import clock
from sessions.models import TrainingSession

# What desks read where an official's list or a signed sheet recorded somebody first.
BY_OFFICE = "daftar petugas"


def verdicts_of(
    scans: Sequence[Scan],
    *,
    device: DoorDevice,
    people: Mapping[UUID, Found],
    sessions: Mapping[int, TrainingSession],
    recording: Recording,
) -> dict[UUID, Verdict]:
    """By uid. At most three queries."""
    told = _Told(device, people, recording)
    late = _late_undos([scan.uid for scan in scans if scan.kind == merge.UNDO])
    verdict_of = {}
    for scan in scans:
        person, folded = told.person(scan.uid), told.folded(scan.uid)
        if scan.kind == merge.UNDO:
            verdict_of[scan.uid] = _undo(scan, person, scan.uid in late)
        elif scan.kind == verdicts.WALK_IN:
            words = f"{scan.name} dicatat sebagai tamu."
            verdict_of[scan.uid] = Verdict(scan.uid, verdicts.WALK_IN, words, person, scan.at)
        elif folded is None:
            verdict_of[scan.uid] = _nobody(scan, people[scan.uid])
        elif scan.uid in folded.undone:
            verdict_of[scan.uid] = Verdict(scan.uid, verdicts.UNDONE, person=person)
        elif scan.kind == merge.OUT:
            verdict_of[scan.uid] = _out(scan, person, folded)
        else:
            verdict_of[scan.uid] = told.arrival(scan, folded, sessions[scan.session].group)
    return verdict_of


def desk_name(desks: Mapping[int, str], device: int | None) -> str:
    return desks.get(device, "") if device else BY_OFFICE


def already(uid: UUID, person: Person, since: datetime, desk: str, zone: str) -> Verdict:
    """Somebody who is in the hall `since`, recorded at `desk`."""
    words = f"Sudah tercatat hadir {clock.time_words(since, zone)} di {desk}."
    return Verdict(uid, verdicts.ALREADY, words, person, since, desk)


class _Told:
    """What has to be known to tell a desk of its scans."""

    def __init__(self, device: DoorDevice, people: Mapping[UUID, Found], recording: Recording):
        self._wave, self._recording = device.wave, recording
        self._desks = dict(DoorDevice.objects.filter(wave=device.wave_id).order_by().values_list("pk", "name"))
        self._people = {found.person.pk: found.person for found in people.values() if found.person}
        missing = {key for key, _ in recording.pairs.values()} - self._people.keys()
        self._people |= people_by_key(device.wave.program, missing)

    def person(self, uid: UUID) -> Person | None:
        """To whom the log gives it."""
        pair = self._recording.pairs.get(uid)
        return self._people[pair[0]] if pair else None

    def folded(self, uid: UUID) -> Folded | None:
        pair = self._recording.pairs.get(uid)
        return self._recording.folded[pair] if pair else None

    def arrival(self, scan: Scan, folded: Folded, group: str) -> Verdict:
        person, presence = self.person(scan.uid), folded.presence
        if presence is None:
            return Verdict(scan.uid, verdicts.REFUSED, verdicts.CLEARED, person)
        first = presence.opened_by
        desk = desk_name(self._desks, first.device)
        # Who comes back after going out is let in anew.
        if scan.uid == first.uid or any(since == scan.at for since, _ in presence.stays[1:]):
            word = verdicts.arrival_word(person, group)
            return Verdict(scan.uid, word, verdicts.arrival_sentence(word, person), person, presence.since, desk)
        return already(scan.uid, person, presence.since, desk, self._wave.zone)


def _late_undos(uids: Sequence[UUID]) -> set[UUID]:
    if not uids:
        return set()
    late = AttendanceEvent.objects.filter(uid__in=uids, problem=merge.LATE_UNDO).order_by()
    return set(late.values_list("uid", flat=True))


def _undo(scan: Scan, person: Person | None, is_late: bool) -> Verdict:
    if is_late:
        return Verdict(scan.uid, verdicts.REFUSED, verdicts.LATE_UNDO, person)
    return Verdict(scan.uid, verdicts.UNDONE, "Catatan dibatalkan.", person, scan.at)


def _nobody(scan: Scan, found: Found) -> Verdict:
    # Whoever was found and then not recorded was moved in this very moment.
    found = found if found.problem else Found(None, WRONG_WAVE)
    return Verdict(scan.uid, found.problem, verdicts.nobody_sentence(found), at=scan.at)


def _out(scan: Scan, person: Person | None, folded: Folded) -> Verdict:
    if folded.presence is None:
        return Verdict(scan.uid, verdicts.REFUSED, verdicts.NOT_IN, person, scan.at)
    return Verdict(scan.uid, verdicts.LEFT, "Tercatat keluar.", person, scan.at)
