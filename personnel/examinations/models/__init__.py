"""The question bank."""

from personnel.examinations.models.bank import Bank, Change, Question, QuestionFile, QuestionVersion

__all__ = ["Bank", "Change", "Question", "QuestionFile", "QuestionVersion"]
