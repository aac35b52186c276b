"""When speakers who said yes are taken."""

from datetime import datetime

from programs.models import Wave
from sessions.models import SessionSpeaker, SpeakerBooking

# Who stands by may stand by in two places.
BOOKED_ROLES = (SessionSpeaker.Role.SPEAKER, SessionSpeaker.Role.MODERATOR)


def rebook_wave(wave: Wave, facts: dict) -> None:
    """Make the wave's bookings those of its published `facts`; {} takes all of them away.

    Raises IntegrityError if one of the speakers is taken elsewhere at that time.
    """
    SpeakerBooking.objects.filter(wave=wave).delete()
    SpeakerBooking.objects.bulk_create(
        SpeakerBooking(
            part_id=part["part"],
            speaker_id=part["speaker"],
            wave=wave,
            starts_at=datetime.fromisoformat(item["starts_at"]),
            ends_at=datetime.fromisoformat(item["ends_at"]),
        )
        for item in facts.get("agenda", [])
        for part in item["speakers"]
        if part["status"] == SessionSpeaker.Status.CONFIRMED and part["role"] in BOOKED_ROLES
    )
