"""RT units, their heads, enrolments, answers, attendance, the door, reminders and roster imports."""

from participants.models.certificates import Certificate
from participants.models.door import AttendanceEvent, DoorDevice, PaperLine, PaperSheet, WalkIn
from participants.models.enrolments import Answer, Attendance, Enrolment
from participants.models.imports import ColumnMapping, RosterImport, RosterUndo
from participants.models.moves import EnrolmentMove, WaitingPlace
from participants.models.passing import DataCorrection, EnrolmentSuccession, RetiredPass
from participants.models.payments import Payment
from participants.models.reminders import Reminder
from participants.models.reports import WavePhoto, WaveReport
from participants.models.requests import DataRequest
from participants.models.rt import RT, RTHead
from participants.models.substitutes import SubstituteDecision

__all__ = [
    "RT",
    "Answer",
    "Attendance",
    "AttendanceEvent",
    "Certificate",
    "ColumnMapping",
    "DataCorrection",
    "DataRequest",
    "DoorDevice",
    "Enrolment",
    "EnrolmentMove",
    "EnrolmentSuccession",
    "PaperLine",
    "PaperSheet",
    "Payment",
    "RTHead",
    "Reminder",
    "RetiredPass",
    "RosterImport",
    "RosterUndo",
    "SubstituteDecision",
    "WaitingPlace",
    "WalkIn",
    "WavePhoto",
    "WaveReport",
]
