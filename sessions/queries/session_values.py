"""What a session says, field by field, as its audit lines keep it and the official who saves second is told."""

from rtportal.lib import clock
from sessions.models import SessionSpeaker, TrainingSession

HALL = "ruang utama"
EVERYBODY = "semua peserta"


def session_key(pk: int) -> str:
    """Under which key an audit line of the wave holds a session's version and changes."""
    return f"session:{pk}"


def session_values(session: TrainingSession, zone: str) -> dict[str, str]:
    """Label → value as people read it; one query for the speakers."""
    parts = session.session_speakers.select_related("speaker").order_by("speaker_id")
    return {
        "Jenis": session.get_kind_display(),
        "Judul": session.title,
        "Waktu": clock.span_words(session.starts_at, session.ends_at, zone),
        "Ruang": session.room or HALL,
        "Kelompok": session.group or EVERYBODY,
        "Keterangan": session.note,
        "Narasumber": "; ".join(_part_words(part) for part in parts),
    }


def _part_words(part: SessionSpeaker) -> str:
    role = "" if part.role == SessionSpeaker.Role.SPEAKER else f"{part.get_role_display().lower()}, "
    return f"{part.speaker.title} ({role}{part.get_status_display()})"
