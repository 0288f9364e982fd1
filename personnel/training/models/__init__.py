"""Plans, sessions, hours and the quota."""

from personnel.training.models.hours import HoursStatement, TrainingHours
from personnel.training.models.plans import Form, PlanItem, TrainingPlan
from personnel.training.models.quota import LongLeave, QuotaDuty, QuotaSetting, Standing
from personnel.training.models.sessions import Attendance, Session, SessionDay

__all__ = [
    "Attendance",
    "Form",
    "HoursStatement",
    "LongLeave",
    "PlanItem",
    "QuotaDuty",
    "QuotaSetting",
    "Session",
    "SessionDay",
    "Standing",
    "TrainingHours",
    "TrainingPlan",
]
