"""The question bank, examinations, and sittings."""

from personnel.examinations.models.bank import Bank, Change, Kind, Question, QuestionFile, QuestionVersion
from personnel.examinations.models.exams import BlueprintRow, Candidate, Examination, ExaminationSetting
from personnel.examinations.models.sittings import Answer, Item, Sitting

__all__ = [
    "Answer",
    "Bank",
    "BlueprintRow",
    "Candidate",
    "Change",
    "Examination",
    "ExaminationSetting",
    "Item",
    "Kind",
    "Question",
    "QuestionFile",
    "QuestionVersion",
    "Sitting",
]
