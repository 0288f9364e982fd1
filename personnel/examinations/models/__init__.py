"""The question bank, examinations, and sittings."""

from personnel.examinations.models.bank import Bank, Change, Kind, Question, QuestionFile, QuestionVersion
from personnel.examinations.models.exams import BlueprintRow, Candidate, Examination, ExaminationSetting
from personnel.examinations.models.sittings import Answer, Correction, Item, ItemStatistic, Reading, Script, Sitting

__all__ = [
    "Answer",
    "Bank",
    "BlueprintRow",
    "Candidate",
    "Change",
    "Correction",
    "Examination",
    "ExaminationSetting",
    "Item",
    "ItemStatistic",
    "Kind",
    "Question",
    "QuestionFile",
    "QuestionVersion",
    "Reading",
    "Script",
    "Sitting",
]
