"""RT units, their heads, enrolments, answers, attendance, reminders and roster imports."""

from participants.models.enrolments import Answer, Attendance, Enrolment
from participants.models.imports import RosterImport
from participants.models.moves import EnrolmentMove, WaitingPlace
from participants.models.reminders import Reminder
from participants.models.rt import RT, RTHead

__all__ = [
    "RT",
    "Answer",
    "Attendance",
    "Enrolment",
    "EnrolmentMove",
    "RTHead",
    "Reminder",
    "RosterImport",
    "WaitingPlace",
]
