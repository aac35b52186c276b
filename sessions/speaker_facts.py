"""A speaker's part in a published schedule, read from `WavePublication.facts` (see `participants/publishing.py`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sessions.models import ROLE_RANK, SessionSpeaker


@dataclass(frozen=True)
class OwnSession:
    """One published session as one of its speakers sees it; instants are aware.

    `others` are the names of who else speaks there. `role` and `status` are values of `SessionSpeaker`.
    """

    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str
    group: str
    role: str
    status: str
    others: tuple[str, ...]

    @property
    def is_declined(self) -> bool:
        return self.status == SessionSpeaker.Status.DECLINED

    @property
    def is_standby(self) -> bool:
        return self.role == SessionSpeaker.Role.STANDBY


def own_sessions(facts: dict, speaker_id: int) -> list[OwnSession]:
    """The sessions in which the speaker has a part, declined ones too, in the order of the agenda."""
    return [_own(item, part) for item, part in _parts_of(facts, speaker_id)]


def own_session(facts: dict, speaker_id: int, session_id: int) -> OwnSession | None:
    """The speaker's part in one session; None if that version of the schedule has none."""
    return next((own for own in own_sessions(facts, speaker_id) if own.session_id == session_id), None)


def place_words(own: OwnSession, facts: dict) -> str:
    """`Ruang Rapat, Pendopo Bersinar, Jalan Pembataan 1`: room, hall and address, as far as they are known."""
    return ", ".join(part for part in (own.room, facts["venue"], facts["address"]) if part)


def speakers_in(facts: dict) -> list[int]:
    """Primary keys of everybody with a part whom nobody recorded as declining, each once, in order of the agenda."""
    found = (
        part["speaker"]
        for item in facts["agenda"]
        for part in item["speakers"]
        if part["status"] != SessionSpeaker.Status.DECLINED
    )
    return list(dict.fromkeys(found))


def with_part(facts: dict, *, session_id: int, speaker_id: int, status: str, role: str) -> dict:
    """The same facts with another status and role of one speaker in one session. Who has no part there gets none."""
    agenda = []
    for item in facts["agenda"]:
        if item["session"] == session_id:
            parts = [
                part | {"status": status, "role": role} if part["speaker"] == speaker_id else part
                for part in item["speakers"]
            ]
            item = item | {"speakers": sorted(parts, key=lambda part: ROLE_RANK[part["role"]])}
        agenda.append(item)
    return facts | {"agenda": agenda}


def _parts_of(facts: dict, speaker_id: int) -> Iterator[tuple[dict, dict]]:
    for item in facts["agenda"]:
        for part in item["speakers"]:
            if part["speaker"] == speaker_id:
                yield item, part


def _own(item: dict, own: dict) -> OwnSession:
    others = tuple(
        part["title"]
        for part in item["speakers"]
        if part is not own
        and part["status"] != SessionSpeaker.Status.DECLINED
        and part["role"] != SessionSpeaker.Role.STANDBY
    )
    return OwnSession(
        session_id=item["session"],
        title=item["title"],
        starts_at=datetime.fromisoformat(item["starts_at"]),
        ends_at=datetime.fromisoformat(item["ends_at"]),
        room=item["room"],
        group=item["group"],
        role=own["role"],
        status=own["status"],
        others=others,
    )
