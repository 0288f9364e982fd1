"""The question bank, examinations, and sittings."""

from personnel.examinations.models.bank import Bank, Change, Kind, Question, QuestionFile, QuestionVersion
from personnel.examinations.models.exams import BlueprintRow, Candidate, Examination, ExaminationSetting
from personnel.examinations.models.sittings import Answer, Item, ItemStatistic, Script, Sitting

__all__ = [
    "Answer",
    "Bank",
    "BlueprintRow",
    "Candidate",
    "Change",
    "Examination",
    "ExaminationSetting",
    "Item",
    "ItemStatistic",
    "Kind",
    "Question",
    "QuestionFile",
    "QuestionVersion",
    "Script",
    "Sitting",
]
