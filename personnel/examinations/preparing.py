"""What can be done with an examination: prepare, announce, ask more people, prolong, close, cancel."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.examinations import after_result, sittings
from personnel.examinations import preparing_data as data
from personnel.examinations.bank import EDITORS, LAW
from personnel.examinations.content import Why
from personnel.examinations.drawing import shortfalls
from personnel.examinations.models import Bank, BlueprintRow, Candidate, Examination, ExaminationSetting, Sitting
from personnel.examinations.models.bank import Kind
from personnel.examinations.points import read_points, shown
from personnel.examinations.pools import pool_at, wanted_by
from personnel.models import Certificate, Officer
from portal.accounts.models import User
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.inbox import notify, notify_department_roles
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt, Gate
from portal.workflow.data import Nothing

State, Outcome = Examination.State, Candidate.Outcome
DRAFT, PUBLISHED = frozenset({State.DRAFT.value}), frozenset({State.PUBLISHED.value})
KIND = "examination"


def eligible(examination: Examination) -> Any:
    """Officers on duty whom the purpose is about and who are not asked yet.

    Qualification: those who hold no certificate. Periodic: every holder, a suspended one too. Retraining:
    those who failed or missed the earlier one. Who may read the bank is not examined with it.
    """
    today = timezone.localdate()
    held = Certificate.objects.filter(officer=OuterRef("pk"), ended_on=None, valid_to__gte=today)
    readers = User.objects.filter(pk=OuterRef("user"), role_assignments__role__in=BUREAU_ROLES)
    asked = examination.candidates.filter(officer=OuterRef("pk"))
    rows = Officer.objects.filter(~Exists(readers), ~Exists(asked), active=True)
    if examination.purpose == Examination.Purpose.QUALIFICATION:
        return rows.filter(~Exists(held))
    if examination.purpose == Examination.Purpose.PERIODIC:
        return rows.filter(Exists(held))
    missed = Candidate.objects.filter(
        examination=examination.after_id, officer=OuterRef("pk"), outcome__in=[Outcome.FAILED, Outcome.ABSENT]
    )
    return rows.filter(Exists(missed))


def _prepare(attempt: Attempt[Examination, data.Prepare]) -> None:
    given = attempt.data
    attempt.matter = Matter.objects.create(
        kind=KIND,
        department=attempt.actor.department,
        title=_gettext("考试：%(title)s") % {"title": given.title.strip()},
        opened_at=attempt.now,
    )
    attempt.subject = Examination(
        matter=attempt.matter, purpose=given.purpose, after_id=given.after or None, **given.values()
    )
    attempt.label(purpose=given.purpose)


def _amend(attempt: Attempt[Examination, data.Details]) -> None:
    for name, value in attempt.data.values().items():
        setattr(attempt.subject, name, value)
    title = _gettext("考试：%(title)s") % {"title": attempt.data.title.strip()}
    Matter.objects.filter(pk=attempt.matter.pk).update(title=title)


def _add_row(attempt: Attempt[Examination, data.AddRow]) -> None:
    given = attempt.data
    row = BlueprintRow.objects.create(
        examination=attempt.subject, kind=given.kind, subject=given.subject, count=given.count,
        halves=read_points(given.points),
    )  # fmt: skip
    attempt.label(row=row.pk, kind=row.kind, subject=row.subject, count=row.count, halves=row.halves)


def _drop_row(attempt: Attempt[Examination, data.DropRow]) -> None:
    row = BlueprintRow.objects.get(pk=attempt.data.row)
    row.dropped = True
    row.save()
    attempt.label(row=row.pk)


def _publish(attempt: Attempt[Examination, data.Invite]) -> None:
    """From here on the seed and the bank's version are fixed: they say every paper."""
    examination = attempt.subject
    examination.seed, examination.bank_version = secrets.token_hex(16), Bank.version()
    setting = ExaminationSetting.current()
    examination.second_marking, examination.threshold_percent = setting.second_marking, setting.threshold_percent
    asked = _invite(attempt)
    attempt.label(seed=examination.seed, bank=examination.bank_version, asked=asked, full=examination.full_halves())
    attempt.fact("examinations.published")


def _more(attempt: Attempt[Examination, data.Invite]) -> None:
    attempt.label(asked=_invite(attempt))


def _invite(attempt: Attempt[Examination, data.Invite]) -> int:
    """Ask everybody who is eligible and not asked yet, in two statements; tell them and their administrators."""
    examination = attempt.subject
    officers = list(_asked_for(attempt).order_by("department", "pk"))
    Candidate.objects.bulk_create(
        (
            Candidate(examination=examination, officer=one, department_id=one.department_id, invited_at=attempt.now)
            for one in officers
        ),
        batch_size=1000,
    )
    address = reverse("examinations:exam", args=[examination.pk])
    window = f"{timezone.localtime(examination.opens_at):%m-%d %H:%M}—{timezone.localtime(examination.closes_at):%m-%d %H:%M}"
    words = _gettext("请参加“%(title)s”，%(window)s 之间任选时间，限 %(minutes)d 分钟") % {
        "title": examination.title,
        "window": window,
        "minutes": examination.minutes,
    }
    people = User.objects.filter(is_active=True, officer__in=[one.pk for one in officers])
    notify(people, words, kind="examinations", url=address, matter=attempt.matter, key=f"exam:{examination.pk}")
    for department in data.departments().filter(pk__in={one.department_id for one in officers}):
        words = _gettext("“%(title)s”已通知本部门人员参加，请督促按时考试") % {"title": examination.title}
        notify_department_roles(
            department, [Role.DEPT_ADMIN.value], words, kind="examinations", url=address, key=f"exam:{examination.pk}"
        )
    return len(officers)


def _asked_for(attempt: Attempt[Examination, data.Invite]) -> Any:
    rows = eligible(attempt.subject)
    return rows.filter(department__in=attempt.data.departments) if attempt.data.departments else rows


def _prolong(attempt: Attempt[Examination, data.Prolong]) -> None:
    attempt.subject.closes_at = attempt.data.closes_at
    attempt.subject.reason = attempt.data.reason.strip()
    attempt.label(closes_at=attempt.data.closes_at.isoformat())


def _extra(attempt: Attempt[Examination, data.Extra]) -> None:
    """For one person, on a ground; a paper that runs ends later by as much."""
    given = attempt.data
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=given.candidate)
    added = given.minutes - candidate.extra_minutes
    candidate.extra_minutes, candidate.extra_ground = given.minutes, given.ground.strip()
    candidate.save(update_fields=["extra_minutes", "extra_ground"])
    running = candidate.sittings.filter(state=Sitting.State.RUNNING).first()
    if running is not None:
        sittings.extend(running, minutes=added)
    attempt.label(candidate=candidate.pk, minutes=given.minutes)


def _close(attempt: Attempt[Examination, Nothing]) -> None:
    """Who has not sat is absent; who failed or was absent hears that he is to be retrained, and so does his department."""
    examination = attempt.subject
    examination.candidates.filter(outcome=Outcome.WAITING).update(outcome=Outcome.ABSENT)
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)
    attempt.label(
        **{value: examination.candidates.filter(outcome=value).count() for value in ("passed", "failed", "absent")}
    )
    attempt.fact("examinations.closed")
    _tell_of_retraining(examination, attempt.matter)
    after_result.order_retraining(examination)


def _tell_of_retraining(examination: Examination, matter: Matter) -> None:
    missed = examination.candidates.filter(outcome__in=[Outcome.FAILED, Outcome.ABSENT], officer__active=True)
    address = reverse("examinations:exam", args=[examination.pk])
    key = f"exam:{examination.pk}:retraining"
    words = _gettext("“%(title)s”没有合格（不合格或者缺考），须参加补训后再考") % {"title": examination.title}
    people = User.objects.filter(is_active=True, officer__in=missed.values("officer"))
    notify(people, words, kind="examinations", url=address, matter=matter, key=key)
    for department in data.departments().filter(pk__in=missed.values("department")):
        words = _gettext("“%(title)s”已结束，本部门 %(count)d 人没有合格，须安排补训") % {
            "title": examination.title,
            "count": missed.filter(department=department).count(),
        }
        chiefs = [Role.DEPT_ADMIN.value, Role.HEAD.value]
        notify_department_roles(department, chiefs, words, kind="examinations", url=address, key=key)


def _cancel(attempt: Attempt[Examination, Why]) -> None:
    attempt.subject.reason = attempt.data.reason.strip()
    Matter.objects.filter(pk=attempt.matter.pk).update(closed_at=attempt.now)


def _enough(attempt: Attempt[Examination, Any]) -> bool | str:
    wanted = wanted_by(attempt.subject)
    if not wanted:
        return True
    short = shortfalls(wanted, pool_at(Bank.version()))
    return not short or "".join(
        _gettext("%(kind)s%(subject)s要 %(count)d 题，题库里肯定抽得到的只有 %(sure)d 题。")
        % {
            "kind": Kind(row.kind).label,
            "subject": f"（{row.subject}）" if row.subject else "",
            "count": row.count,
            "sure": sure,
        }
        for row, sure in short
    )


def _pass_mark_fits(attempt: Attempt[Examination, Any]) -> bool | str:
    full = attempt.subject.full_halves()
    if not full or attempt.subject.pass_halves <= full:
        return True
    return _gettext("合格分 %(pass)s 高于卷面总分 %(full)s。") % {
        "pass": shown(attempt.subject.pass_halves),
        "full": shown(full),
    }


HAS_ROWS = Gate(
    "has_rows",
    _("还没有组卷要求：先写各题型多少题、每题几分。"),
    LAW,
    lambda attempt: attempt.subject.live_rows().exists(),
)
ENOUGH = Gate("enough_questions", _("题库里的题不够。"), LAW, _enough)
PASS_MARK = Gate("pass_mark_fits", _("合格分高于卷面总分。"), (), _pass_mark_fits)
NOT_OVER = Gate(
    "window_not_over", _("截止时间已经过了，请先修改。"), (), lambda attempt: attempt.now < attempt.subject.closes_at
)
SOMEBODY = Gate(
    "somebody_eligible", _("所选范围里没有符合条件、还没有通知过的在岗人员。"), LAW,
    lambda attempt: _asked_for(attempt).exists(), needs_data=True,
)  # fmt: skip
OVER = Gate(
    "window_over", _("还没有到截止时间，到时才能结束。"), (), lambda attempt: attempt.now >= attempt.subject.closes_at
)
ALL_MARKED = Gate(
    "all_marked", _("还有人在答题，或者有答卷等待阅卷。"), (),
    lambda attempt: not Sitting.objects.filter(candidate__examination=attempt.subject).exclude(state="marked").exists(),
)  # fmt: skip
NOBODY_SAT = Gate(
    "nobody_sat", _("已经有人开始答题，不能取消。"), (),
    lambda attempt: not Sitting.objects.filter(candidate__examination=attempt.subject).exists(),
)  # fmt: skip


def _action(
    key: str, label: Any, source: frozenset[str], target: Examination.State | None, **more: Any
) -> Action[Any, Any]:
    return Action(
        f"examinations.{key}", label, source=source, target=target.value if target else None, model=Examination,
        **{"roles": EDITORS, "law": LAW} | more,
    )  # fmt: skip


PREPARE = _action(
    "prepare", _("筹备考试"), frozenset(), State.DRAFT, data=data.Prepare, body=_prepare, initial=data.usual, rare=True
)
ADD_ROW = _action("add_row", _("添加组卷要求"), DRAFT, None, data=data.AddRow, body=_add_row)
PUBLISH = _action(
    "publish", _("发布并通知考生"), DRAFT, State.PUBLISHED, data=data.Invite, body=_publish,
    gates=(HAS_ROWS, ENOUGH, PASS_MARK, NOT_OVER, SOMEBODY), facts=("examinations.published",), primary=True,
)  # fmt: skip
AMEND = _action("amend", _("修改安排"), DRAFT, None, data=data.Details, body=_amend, initial=data.details_of)
DROP_ROW = _action(
    "drop_row", _("删去组卷要求"), DRAFT, None, data=data.DropRow, body=_drop_row, gates=(HAS_ROWS,), rare=True
)
MORE = _action(
    "invite", _("补充通知"), PUBLISHED, None, data=data.Invite, body=_more, gates=(NOT_OVER, SOMEBODY), rare=True
)
PROLONG = _action("prolong", _("延长截止时间"), PUBLISHED, None, data=data.Prolong, body=_prolong, rare=True)
EXTRA = _action(
    "extra_time", _("给考生加时"), PUBLISHED, None, data=data.Extra, body=_extra, gates=(NOT_OVER,), rare=True
)
CLOSE = _action(
    "close", _("结束考试，公布名单"), PUBLISHED, State.CLOSED, data=Nothing, body=_close, gates=(OVER, ALL_MARKED),
    facts=("examinations.closed",), primary=True,
)  # fmt: skip
CANCEL = _action(
    "cancel", _("取消考试"), DRAFT | PUBLISHED, State.CANCELLED, data=Why, body=_cancel, gates=(NOBODY_SAT,), rare=True
)
ACTIONS = (PREPARE, ADD_ROW, PUBLISH, AMEND, CLOSE, DROP_ROW, MORE, PROLONG, EXTRA, CANCEL)
