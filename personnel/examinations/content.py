"""What a question is asked for in a form, and the same judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations.models import Change, Question, QuestionVersion
from personnel.examinations.models.bank import Kind
from personnel.examinations.reading import BETWEEN, LETTERS, LONGEST_OPTION, LONGEST_STEM, NO, YES
from portal.workflow.actions import Attempt
from portal.workflow.data import entry

YES_NO = ("对", "错")
MOST_SUBJECTS, LONGEST_SUBJECT = 5, 20


def read_subjects(text: str) -> list[str]:
    """«行政处罚法、听证» as two subjects, none twice. Raises ValueError with a sentence."""
    found = list(dict.fromkeys(part for part in BETWEEN.split(text.strip()) if part))
    if len(found) > MOST_SUBJECTS:
        raise ValueError(_gettext("科目最多 %(most)d 个。") % {"most": MOST_SUBJECTS})
    if any(len(one) > LONGEST_SUBJECT for one in found):
        raise ValueError(_gettext("一个科目最多 %(most)d 字，几个科目用顿号隔开。") % {"most": LONGEST_SUBJECT})
    return found


def read_options(text: str, kind: str) -> list[list[str]]:
    """One option a line; true or false needs none. Raises ValueError with a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind == Kind.CASE:
        if lines:
            raise ValueError(_gettext("案例分析题没有选项，请把内容写进题干。"))
        return []
    if kind == Kind.JUDGE:
        lines = lines or list(YES_NO)
        if len(lines) != 2 or not {one.upper() for one in lines} & YES or not {one.upper() for one in lines} & NO:
            raise ValueError(_gettext("判断题的选项是“对”“错”，可以不填。"))
    if not 2 <= len(lines) <= len(LETTERS):
        raise ValueError(_gettext("选项应当有 2 到 %(most)d 个，每行一个。") % {"most": len(LETTERS)})
    if len(set(lines)) < len(lines):
        raise ValueError(_gettext("有两个选项相同。"))
    if any(len(line) > LONGEST_OPTION for line in lines):
        raise ValueError(_gettext("一个选项最多 %(most)d 字。") % {"most": LONGEST_OPTION})
    return [[letter, line] for letter, line in zip(LETTERS, lines, strict=False)]


def read_right(text: str, kind: str, options: list[list[str]]) -> list[str]:
    """The right letters. Raises ValueError with a sentence."""
    given = BETWEEN.sub("", text).upper()
    if kind == Kind.CASE:
        return []
    if kind == Kind.JUDGE and given and given not in {"A", "B"}:
        same = next((group for group in (YES, NO) if given in group), frozenset())
        return [letter for letter, words in options if words.upper() in same] or _refuse()
    letters = sorted(set(given))
    if not letters or not set(letters) <= {letter for letter, _words in options}:
        return _refuse()
    if kind == Kind.MULTIPLE and len(letters) < 2:
        raise ValueError(_gettext("多项选择题至少有两个正确答案，例如 ACD。"))
    if kind != Kind.MULTIPLE and len(letters) > 1:
        raise ValueError(_gettext("只能有一个正确答案。"))
    return letters


def _refuse() -> list[str]:
    raise ValueError(_gettext("请写选项的字母，例如 A 或者 ACD；判断题写“对”或者“错”。"))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Stem, options, right answer, points to look for, subjects; and why."""

    stem: str = entry(_("题干"), "long", longest=LONGEST_STEM)
    options: str = entry(
        _("选项"), "long", default="", help=_("每行一个，不写字母，按次序为 A、B、C……；判断题和案例分析题不填")
    )
    answer: str = entry(_("正确答案"), default="", help=_("例如 A 或者 ACD；判断题写“对”或者“错”；案例分析题不填"))
    reference: str = entry(_("评分要点"), "long", default="", help=_("案例分析题必填，只给阅卷人看"))
    subjects: str = entry(_("科目"), default="", help=_("抽题时按科目取；几个科目用顿号隔开，例如 行政处罚法、听证"))
    reason: str = entry(_("理由"), "long", help=_("复核的人据此判断，例如法条修改、答案有误"))

    def judged(self, kind: str) -> tuple[dict[str, str], dict[str, Any]]:
        """Sentences by field, and what the question says."""
        found: dict[str, str] = {}
        values: dict[str, Any] = {"stem": self.stem.strip(), "reference": self.reference.strip()}
        readers: dict[str, Any] = {
            "options": lambda: read_options(self.options, kind),
            "answer": lambda: read_right(self.answer, kind, values.get("options", [])),
            "subjects": lambda: read_subjects(self.subjects),
        }
        for name, reader in readers.items():
            if name == "answer" and "options" not in values:
                continue  # said already beside the options
            try:
                values[name] = reader()
            except ValueError as problem:
                found[name] = str(problem)
        if not values["stem"]:
            found["stem"] = _gettext("请写题干。")
        if kind == Kind.CASE and not values["reference"]:
            found["reference"] = _gettext("案例分析题由人阅卷，请写评分要点。")
        if not self.reason.strip():
            found["reason"] = _gettext("请写明理由。")
        return found, values


@dataclass(frozen=True, kw_only=True)
class Kinded:
    """The kind, which is asked first."""

    kind: str = entry(_("题型"), "choice", options=lambda _subject, _actor: Kind.choices)


@dataclass(frozen=True, kw_only=True)
class Add(Words, Kinded):
    """A new question."""

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        if self.kind not in Kind.values:
            return {"kind": _gettext("请选择题型。")}
        return self.judged(self.kind)[0]


@dataclass(frozen=True, kw_only=True)
class Revise(Words):
    """The question as it ought to be."""

    def problems(self, attempt: Attempt[Question, Any]) -> dict[str, str]:
        """What the form tells field by field; a version like the last one is none."""
        found, values = self.judged(attempt.subject.kind)
        if not found and same(attempt.subject.now(), values):
            return {"stem": _gettext("与现在的版本一样，没有可修改的。")}
        return found


@dataclass(frozen=True)
class Why:
    """A reason."""

    reason: str = entry(_("理由"), "long")

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明理由。")}


def same(version: QuestionVersion, values: dict[str, Any]) -> bool:
    """Whether a version says this already."""
    return all(
        getattr(version, name) == values[name] for name in ("stem", "options", "answer", "reference", "subjects")
    )


def content_of(row: QuestionVersion | Change) -> dict[str, Any]:
    """What a version or a change says, as plain values."""
    return {name: getattr(row, name) for name in ("stem", "options", "answer", "reference", "subjects")}


def first_answers(question: Question, _actor: Any) -> dict[str, Any]:
    """The form of a revision begins with what is there."""
    now = question.now()
    return {
        "stem": now.stem,
        "options": "\n".join(text for _letter, text in now.options),
        "answer": "".join(now.answer),
        "reference": now.reference,
        "subjects": "、".join(now.subjects),
    }
