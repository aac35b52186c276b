"""RT units, their heads, enrolments, answers, attendance, the door, reminders and roster imports."""

from participants.models.door import AttendanceEvent, DoorDevice, PaperLine, PaperSheet, WalkIn
from participants.models.enrolments import Answer, Attendance, Enrolment
from participants.models.imports import RosterImport
from participants.models.moves import EnrolmentMove, WaitingPlace
from participants.models.passing import DataCorrection, EnrolmentSuccession, RetiredPass
from participants.models.reminders import Reminder
from participants.models.rt import RT, RTHead
from participants.models.substitutes import SubstituteDecision

__all__ = [
    "RT",
    "Answer",
    "Attendance",
    "AttendanceEvent",
    "DataCorrection",
    "DoorDevice",
    "Enrolment",
    "EnrolmentMove",
    "EnrolmentSuccession",
    "PaperLine",
    "PaperSheet",
    "RTHead",
    "Reminder",
    "RetiredPass",
    "RosterImport",
    "SubstituteDecision",
    "WaitingPlace",
    "WalkIn",
]
