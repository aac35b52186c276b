"""Agendas and speakers as pages show them."""

from sessions.queries.agenda import AgendaItem, SpeakerPart, agenda, waves_to_copy_from, waves_to_copy_to
from sessions.queries.speakers import speakers

__all__ = ["AgendaItem", "SpeakerPart", "agenda", "speakers", "waves_to_copy_from", "waves_to_copy_to"]
