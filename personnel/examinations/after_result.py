"""What may follow a published result: points put right by the bureau, and the notice of retraining."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations.bank import LAW
from personnel.examinations.models import Candidate, Correction, Examination, Item, Sitting
from personnel.examinations.points import PointsProblem, read_points, shown
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.documents.issuing import void_document
from portal.documents.kinds import DocumentKind
from portal.documents.models import Document
from portal.documents.spelling import chinese_date
from portal.inbox import notify, notify_department_roles
from portal.matters.registry import url_of
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import Nothing, entry
from portal.workflow.door import perform
from portal.workflow.registry import Stated

CORRECTED = "examinations.corrected"
RETRAINING = "examinations.retraining"
Outcome = Candidate.Outcome


def bureau(_sitting: Any) -> Department:
    """The bureau holds the examinations, whoever's officers sit them."""
    return Department.objects.get(kind=Department.Kind.BUREAU)


def questions_of(subject: Sitting | None, _actor: Any = None) -> list[tuple[int, str]]:
    """The paper's questions in their order, with what each counted."""
    if subject is None:
        return []
    rows = subject.items.select_related("version").order_by("position")
    words = _gettext("第 %(position)d 题（现 %(earned)s / %(full)s 分）%(stem)s")
    return [
        (
            one.pk,
            words
            % {
                "position": one.position,
                "earned": shown(one.earned or 0),
                "full": shown(one.halves),
                "stem": one.version.stem[:40],
            },
        )
        for one in rows
    ]


@dataclass(frozen=True)
class Correct:
    """Which question, how many points it ought to have, and why."""

    item: int = entry(_("题目"), "record", options=questions_of)
    points: str = entry(_("更正后的得分"), help=_("整数或者半分，不超过这道题的分值"))
    reason: str = entry(
        _("更正理由"), "long", longest=2000, help=_("例如：复核认定参考答案有误；评分漏看第二页。原得分留在记录里")
    )

    def problems(self, attempt: Attempt[Sitting, Correct]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        item = attempt.subject.items.filter(pk=self.item).first()
        if item is None:
            return {"item": _gettext("请选这份答卷里的题目。")}
        try:
            if read_points(self.points, most=item.halves) == item.earned:
                found["points"] = _gettext("和现在的得分相同，不用更正。")
        except PointsProblem as problem:
            found["points"] = str(problem)
        if not self.reason.strip():
            found["reason"] = _gettext("请写明更正的理由。")
        return found


def _correct(attempt: Attempt[Sitting, Correct]) -> None:
    """The item, the sum, the result and the candidate's standing follow; what was before stays as a row of its own."""
    sitting, given = attempt.subject, attempt.data
    candidate = (
        Candidate.objects.select_for_update(of=("self",)).select_related("examination").get(pk=sitting.candidate_id)
    )
    item = sitting.items.select_for_update().get(pk=given.item)
    after, before, passed = read_points(given.points), item.earned or 0, sitting.passed
    Correction(sitting=sitting, item=item, before=before, after=after, reason=given.reason.strip()).save()
    Item.objects.filter(pk=item.pk).update(earned=after)
    sitting.halves = sitting.items.aggregate(total=Sum("earned"))["total"] or 0
    sitting.passed = sitting.halves >= candidate.examination.pass_halves
    others = candidate.sittings.exclude(pk=sitting.pk)
    candidate.halves = max(sitting.halves, others.aggregate(best=Max("halves"))["best"] or 0)
    if sitting.passed or others.filter(passed=True).exists():
        candidate.outcome = Outcome.PASSED
    elif candidate.outcome == Outcome.PASSED:
        candidate.outcome = Outcome.FAILED
    candidate.save(update_fields=["halves", "outcome"])
    attempt.label(position=item.position, before=before, after=after, halves=sitting.halves, passed=sitting.passed)
    attempt.fact(
        CORRECTED, value={"halves": sitting.halves, "passed": sitting.passed, "turned": sitting.passed != passed}
    )


CORRECT: Action[Sitting, Correct] = Action(
    "examinations.sitting.correct",
    _("更正成绩"),
    source=frozenset({Sitting.State.MARKED.value}),
    target=None,
    model=Sitting,
    roles=frozenset({Role.SUPERVISION_HEAD.value}),
    proposes=frozenset({Role.SUPERVISOR.value}),
    acting=bureau,
    data=Correct,
    body=_correct,
    facts=(CORRECTED,),
    law=LAW,
    rare=True,
)


def follow_correction(stated: Stated) -> None:
    """Reaction: papers that say the old result are void; the person, his department and the bureau hear of the new one."""
    sitting: Sitting = stated.subject
    old = Document.objects.filter(matter=stated.matter, kind__in=["examinations.sheet", RETRAINING])
    for document in old.exclude(state=Document.State.VOID):
        if document.kind == RETRAINING and not sitting.passed:
            continue
        void_document(document, actor=stated.actor, reason=_gettext("成绩已更正，须要的可以重新出具"))
    words = _gettext("“%(title)s”成绩已更正：%(points)s 分，%(result)s") % {
        "title": sitting.candidate.examination.title,
        "points": shown(sitting.halves or 0),
        "result": _gettext("合格") if sitting.passed else _gettext("不合格"),
    }
    more: dict[str, Any] = {
        "kind": "examinations", "url": url_of(stated.matter), "matter": stated.matter, "key": f"{CORRECTED}:{stated.fact.pk}",
    }  # fmt: skip
    notify(User.objects.filter(officer=sitting.candidate.officer_id, is_active=True), words, **more)
    named = f"{sitting.candidate.officer.name}：{words}"
    notify_department_roles(stated.matter.department, [Role.DEPT_ADMIN.value], named, **more)
    if stated.fact.value.get("turned"):
        notify_department_roles(bureau(None), [Role.SUPERVISOR.value], named, **more)


def order_retraining(examination: Examination) -> None:
    """When a periodic assessment ends: each holder on duty who failed gets his notice, in his own last sitting's matter."""
    if examination.purpose != Examination.Purpose.PERIODIC:
        return
    failed = examination.candidates.filter(outcome=Outcome.FAILED, officer__active=True).values("pk")
    last = Sitting.objects.filter(candidate__in=failed, state=Sitting.State.MARKED).order_by("candidate", "-attempt")
    for sitting in last.distinct("candidate"):
        perform(sitting, RETRAIN, actor=None, data=Nothing())


def _retrain(attempt: Attempt[Sitting, Nothing]) -> None:
    attempt.label(halves=attempt.subject.halves)
    attempt.paper(RETRAINING)


RETRAIN: Action[Sitting, Nothing] = Action(
    "examinations.sitting.retrain",
    _("通知补训"),
    source=frozenset({Sitting.State.MARKED.value}),
    target=None,
    model=Sitting,
    roles=frozenset(),
    data=Nothing,
    body=_retrain,
    papers=(RETRAINING,),
    law=LAW,
    system=True,
    hidden=True,
)


@dataclass(frozen=True)
class RetrainingPaper:
    """What the notice says."""

    name: str
    department: str
    title: str
    taken: str
    points: str
    full: str
    pass_mark: str


class RetrainingNotice(DocumentKind):
    """补训通知书; its form is of our own (本地)."""

    key = RETRAINING
    label = _("行政执法人员补训通知书")
    series = "补训"
    template = "examinations/papers/retraining.html"
    signers = (Role.SUPERVISOR.value,)
    issuers = frozenset({Department.Kind.BUREAU.value})

    def issuer(self, _matter: Any, _subject: Any, _extra: dict[str, Any]) -> Department:
        """The bureau that held the assessment."""
        return bureau(None)

    def context(self, matter: Any, subject: Sitting, _extra: dict[str, Any]) -> RetrainingPaper:
        """Who, which assessment, how far he came."""
        examination = subject.candidate.examination
        return RetrainingPaper(
            name=subject.candidate.officer.name,
            department=matter.department.name,
            title=examination.title,
            taken=chinese_date(timezone.localdate(subject.begun_at)),
            points=shown(subject.halves or 0),
            full=shown(subject.full_halves),
            pass_mark=shown(examination.pass_halves),
        )


ACTIONS: tuple[Action[Any, Any], ...] = (CORRECT, RETRAIN)
