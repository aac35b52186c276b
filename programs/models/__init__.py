"""Offices, programmes, venues, training waves and what belongs to scheduling them."""

from programs.models.calendar import CalendarFeed, SpecialDay
from programs.models.papers import CommitteeMember, PaperSettings, Signatory
from programs.models.plans import WavePlan
from programs.models.programs import DEFAULT_REMINDER_RULES, Office, Program, ReminderRule
from programs.models.publications import WavePublication
from programs.models.scoped import ScopedQuerySet
from programs.models.venues import HallBooking, Venue
from programs.models.waves import Wave, WaveArea

__all__ = [
    "DEFAULT_REMINDER_RULES",
    "CalendarFeed",
    "CommitteeMember",
    "HallBooking",
    "Office",
    "PaperSettings",
    "Program",
    "ReminderRule",
    "ScopedQuerySet",
    "Signatory",
    "SpecialDay",
    "Venue",
    "Wave",
    "WaveArea",
    "WavePlan",
    "WavePublication",
]
