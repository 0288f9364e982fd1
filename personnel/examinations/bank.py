"""What can be done with the bank: put a change forward, agree to it as a second person, or not; adopt a file."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations import content
from personnel.examinations.models import Bank, Change, Question, QuestionFile, QuestionVersion
from personnel.examinations.reading import digest_of
from portal.accounts.models import Department
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.ledger.history import create_many
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing
from portal.workflow.door import perform

EDITORS = BUREAU_ROLES
# Who sees how others of his own department have done.
CHIEFS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.DEPT_ADMIN.value})
LAW = ("JD-14",)
Sort = Change.Sort
IN_USE, WITHDRAWN = frozenset({Question.State.IN_USE.value}), frozenset({Question.State.WITHDRAWN.value})
PROPOSED, READ = frozenset({Change.State.PROPOSED.value}), frozenset({QuestionFile.State.READ.value})
OWN_CODE = "N"  # numbers of questions that came from no file: N1, N2, …


def the_bank() -> Bank:
    """The bank; it begins when it is first asked for."""
    found = Bank.objects.select_related("matter__department").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made: Bank = perform(None, BEGIN, actor=None, data=Nothing()).subject
    except IntegrityError:  # begun by somebody else at this moment
        made = Bank.objects.get()
    return made


def locked_bank() -> Bank:
    """The bank, locked until the transaction ends: changes of questions come one after the other."""
    bank = the_bank()
    Matter.objects.select_for_update(of=("self",)).get(pk=bank.pk)
    return bank


def _begin(attempt: Attempt[Bank, Nothing]) -> None:
    bureau = Department.objects.get(kind=Department.Kind.BUREAU)
    attempt.matter = Matter.objects.create(
        kind="examinations_bank", department=bureau, title=_gettext("行政执法资格考试题库"), opened_at=attempt.now
    )
    attempt.subject = Bank(matter=attempt.matter)


def _propose(
    attempt: Attempt[Any, Any], sort: Sort, question: Question | None, kind: str, says: dict[str, Any]
) -> None:
    bank = locked_bank()
    made = Change.objects.create(
        matter=bank.matter, question=question, sort=sort, kind=kind, reason=attempt.data.reason.strip(),
        made_by=attempt.actor, made_at=attempt.now, **says,
    )  # fmt: skip
    if question is None:
        attempt.matter, attempt.subject = bank.matter, made
    attempt.label(change=made.pk, sort=sort.value)


def _add(attempt: Attempt[Change, content.Add]) -> None:
    _propose(attempt, Sort.ADD, None, attempt.data.kind, attempt.data.judged(attempt.data.kind)[1])


def _revise(attempt: Attempt[Question, content.Revise]) -> None:
    question = attempt.subject
    _propose(attempt, Sort.REVISE, question, question.kind, attempt.data.judged(question.kind)[1])


def _withdraw(attempt: Attempt[Question, content.Why]) -> None:
    question = attempt.subject
    _propose(attempt, Sort.WITHDRAW, question, question.kind, content.content_of(question.now()))


def _restore(attempt: Attempt[Question, content.Why]) -> None:
    question = attempt.subject
    _propose(attempt, Sort.RESTORE, question, question.kind, content.content_of(question.now()))


def _accept(attempt: Attempt[Change, Nothing]) -> None:
    """The change becomes a version; the matter is the bank's, so its lock is held."""
    change = attempt.subject
    question = change.question
    if question is None:
        number = Question.objects.filter(code__startswith=OWN_CODE).count() + 1
        question = Question(matter=attempt.matter, code=f"{OWN_CODE}{number}", kind=change.kind)
        question.save()
        change.question = question
    else:
        question.version += 1
        gone = change.sort == Sort.WITHDRAW
        question.state = Question.State.WITHDRAWN if gone else Question.State.IN_USE
        question.save()
    says = content.content_of(change)
    since = Bank.version() + 1
    QuestionVersion.objects.create(
        question=question, version=question.version, since=since, in_use=change.sort != Sort.WITHDRAW,
        digest=_digest(question.kind, says), made_by=change.made_by, approved_by=attempt.actor, made_at=attempt.now,
        **says,
    )  # fmt: skip
    attempt.label(question=question.code, version=question.version, bank=since, sha256=_digest(question.kind, says))


def _digest(kind: str, says: dict[str, Any]) -> str:
    return digest_of(kind, says["stem"], says["options"], says["answer"], says["reference"])


def _refuse(attempt: Attempt[Change, content.Why]) -> None:
    attempt.subject.verdict = attempt.data.reason.strip()
    attempt.label(change=attempt.subject.pk)


def _adopt(attempt: Attempt[QuestionFile, Nothing]) -> None:
    """Every good row that the bank does not hold by now becomes a question."""
    file = attempt.subject
    bank = locked_bank()
    known = set(Question.objects.filter(code__in=[row["code"] for row in file.rows]).values_list("code", flat=True))
    rows = [row for row in file.rows if row["code"] not in known]
    questions = [Question(matter=bank.matter, code=row["code"], kind=row["kind"]) for row in rows]
    create_many(questions, actor=attempt.actor)
    since = Bank.version() + 1
    versions = [
        QuestionVersion(
            question=question, version=1, since=since, stem=row["stem"], options=row["options"], answer=row["answer"],
            subjects=file.subjects, digest=digest_of(row["kind"], row["stem"], row["options"], row["answer"]),
            made_by=file.made_by, approved_by=attempt.actor, made_at=attempt.now,
        )
        for row, question in zip(rows, questions, strict=True)
    ]  # fmt: skip
    QuestionVersion.objects.bulk_create(versions, batch_size=1000)
    file.created, file.present, file.rows = len(rows), file.good - len(rows), []
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.label(questions=len(rows), problems=len(file.problems), sha256=file.sha256, bank=since)


def _discard(attempt: Attempt[QuestionFile, Nothing]) -> None:
    attempt.subject.rows = []
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)


NOBODY_WAITS = Gate(
    "no_change_waiting",
    _("这道题已有一项变更等待复核，先处理那一项。"),
    (),
    lambda attempt: not attempt.subject.changes.filter(state=Change.State.PROPOSED).exists(),
)
SECOND_PERSON = Gate(
    "second_person",
    _("提出的人不能自己复核，请另一名执法监督人员复核。"),
    (),
    lambda attempt: attempt.actor is not None and attempt.actor.pk != attempt.subject.made_by_id,
)
SOMETHING_NEW = Gate("something_new", _("文件里没有可以新导入的题。"), (), lambda attempt: bool(attempt.subject.rows))


def _action(
    key: str, label: Any, source: frozenset[str], target: str | None, model: Any, **more: Any
) -> Action[Any, Any]:
    return Action(
        f"examinations.bank.{key}", label, source=source, target=target, model=model,
        **{"roles": EDITORS, "law": LAW} | more,
    )  # fmt: skip


BEGIN = _action(
    "begin", _("建立题库"), frozenset(), Bank.State.KEPT.value, Bank, data=Nothing, body=_begin, roles=frozenset(),
    system=True, hidden=True,
)  # fmt: skip
ADD = _action(
    "add", _("提出新增试题"), frozenset(), Change.State.PROPOSED.value, Change, data=content.Add, body=_add, rare=True
)
REVISE = _action(
    "revise", _("提出修改"), IN_USE, None, Question, data=content.Revise, body=_revise, gates=(NOBODY_WAITS,),
    initial=content.first_answers,
)  # fmt: skip
WITHDRAW = _action(
    "withdraw", _("提出停用"), IN_USE, None, Question, data=content.Why, body=_withdraw, gates=(NOBODY_WAITS,)
)
RESTORE = _action(
    "restore", _("提出恢复使用"), WITHDRAWN, None, Question, data=content.Why, body=_restore, gates=(NOBODY_WAITS,)
)
ACCEPT = _action(
    "accept", _("复核同意"), PROPOSED, Change.State.ACCEPTED.value, Change, data=Nothing, body=_accept,
    gates=(SECOND_PERSON,), primary=True,
)  # fmt: skip
REFUSE = _action(
    "refuse", _("不采用"), PROPOSED, Change.State.REFUSED.value, Change, data=content.Why, body=_refuse, rare=True
)
ADOPT = _action(
    "adopt", _("复核并导入"), READ, QuestionFile.State.ADOPTED.value, QuestionFile, data=Nothing, body=_adopt,
    gates=(SECOND_PERSON, SOMETHING_NEW), primary=True,
)  # fmt: skip
DISCARD = _action(
    "discard", _("放弃，不导入"), READ, QuestionFile.State.DISCARDED.value, QuestionFile, data=Nothing, body=_discard,
    rare=True,
)  # fmt: skip
ACTIONS = (BEGIN, ADD, REVISE, WITHDRAW, RESTORE, ACCEPT, REFUSE, ADOPT, DISCARD)
