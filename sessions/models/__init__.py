"""Agendas, speakers and materials."""

from sessions.models.agenda import ROLE_RANK, AgendaTemplate, SessionSpeaker, SpeakerBooking, TrainingSession
from sessions.models.fees import SpeakerFee
from sessions.models.materials import Material
from sessions.models.speakers import Speaker, SpeakerInvitation

__all__ = [
    "ROLE_RANK",
    "AgendaTemplate",
    "Material",
    "SessionSpeaker",
    "Speaker",
    "SpeakerBooking",
    "SpeakerFee",
    "SpeakerInvitation",
    "TrainingSession",
]
