"""The bank as it stood at one of its versions, and the paper of a sitting drawn from it."""

from __future__ import annotations

from personnel.examinations.drawing import Drawn, Pooled, Wanted, draw
from personnel.examinations.models import Examination, QuestionVersion, Sitting


def pool_at(version: int) -> list[Pooled]:
    """Every question in use at that version of the bank, in the words it had then; one statement."""
    rows = (
        QuestionVersion.objects.filter(since__lte=version)
        .order_by("question", "-version")
        .distinct("question")
        .values_list("pk", "question__code", "question__kind", "subjects", "options", "in_use")
    )
    return [
        Pooled(pk, code, kind, frozenset(subjects), tuple(letter for letter, _text in options))
        for pk, code, kind, subjects, options, in_use in rows
        if in_use
    ]


def wanted_by(examination: Examination) -> list[Wanted]:
    """The blueprint as the drawing takes it."""
    return [Wanted(row.kind, row.subject, row.count, row.halves) for row in examination.live_rows()]


def seed_of(examination: Examination, candidate: int, attempt: int) -> str:
    """The seed of one paper: the examination's own, the try, and the candidate unless all have the same paper."""
    return f"{examination.seed}:{attempt}" + ("" if examination.same_paper else f":{candidate}")


def paper_of(sitting: Sitting) -> list[Drawn]:
    """The paper drawn once more from what was recorded."""
    examination = sitting.candidate.examination
    return draw(sitting.seed, wanted_by(examination), pool_at(examination.bank_version or 0))


def stored_paper(sitting: Sitting) -> list[Drawn]:
    """The paper as it was given out."""
    items = sitting.items.select_related("version__question").order_by("position")
    return [Drawn(one.version_id, one.version.question.code, tuple(one.order), one.halves) for one in items]
