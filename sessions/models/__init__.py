"""Agendas, speakers and materials."""

from sessions.models.agenda import AgendaTemplate, SessionSpeaker, SpeakerBooking, TrainingSession
from sessions.models.materials import Material
from sessions.models.speakers import Speaker, SpeakerInvitation

__all__ = [
    "AgendaTemplate",
    "Material",
    "SessionSpeaker",
    "Speaker",
    "SpeakerBooking",
    "SpeakerInvitation",
    "TrainingSession",
]
