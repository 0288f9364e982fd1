"""What is asked before each step of a light act, by its kind; each with its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.gates import MINIMUM_OFFICERS
from enforcement.lightacts.kinds import LICENCE_MATTER, Kind, asked_of
from enforcement.lightacts.models import LightAct, Review
from enforcement.models import EnforcementItem, Evidence
from personnel.models import Officer
from personnel.qualification import assignment_problem, certificate_problem
from personnel.turns import share_turn
from portal.deadlines.services import window_end, window_over
from portal.workflow.actions import Attempt, Gate

ActAttempt = Attempt[LightAct, Any]
ENDS_WITH_SERVICE = frozenset({Kind.LICENCE.value, Kind.CONFIRMATION.value, Kind.OTHER.value})


def _item(attempt: ActAttempt) -> EnforcementItem | None:
    return EnforcementItem.objects.filter(pk=attempt.data.item, department=attempt.actor.department_id).first()


def _item_in_force(attempt: ActAttempt) -> bool | str:
    item = _item(attempt)
    licence = attempt.action.kinds == frozenset({LICENCE_MATTER})
    if item is None or (item.kind == Kind.LICENCE) != licence or item.kind in {Kind.PENALTY, Kind.INSPECTION}:
        return _t("这一事项不在本部门相应种类的执法事项目录里，不能据此办理。")
    if not item.is_in_force(attempt.on):
        return _t("“%(item)s”在 %(day)s 没有施行中的版本，请改选当日有效的事项。") % {
            "item": item.name,
            "day": attempt.on.isoformat(),
        }
    return True


def _certified(
    officers: list[Officer], field: str, attempt: ActAttempt, asked: Callable[..., str | None]
) -> bool | str:
    share_turn(officer.pk for officer in officers)
    problems = [problem.rstrip("。") for officer in officers if (problem := asked(officer, on=attempt.on, field=field))]
    if problems:
        return "；".join(problems)
    if len(officers) < MINIMUM_OFFICERS:
        return _t("由两名以上行政执法人员实施，现有 %(count)d 人。") % {"count": len(officers)}
    return True


def _two_chosen(attempt: ActAttempt) -> bool | str:
    item = _item(attempt)
    if item is None or item.kind not in {Kind.MEASURE, Kind.EXECUTION}:
        return True
    chosen = Officer.objects.filter(pk__in=attempt.data.officers, department=attempt.actor.department_id)
    return _certified(list(chosen), item.field, attempt, assignment_problem)


def _two_now(attempt: ActAttempt) -> bool | str:
    act = attempt.subject
    if not asked_of(act.kind).two_officers:
        return True
    links = act.act_officers.filter(until=None).select_related("officer")
    field = act.item.field if act.item else ""
    return _certified([link.officer for link in links], field, attempt, certificate_problem)


def _not_accepted_yet(attempt: ActAttempt) -> bool:
    return attempt.subject.accepted_on is None


def _accepted(attempt: ActAttempt) -> bool:
    return attempt.subject.accepted_on is not None


def _extended_once(attempt: ActAttempt) -> bool:
    return not attempt.matter.facts.filter(name="licence.extended", void=None).exists()


def _is_execution(attempt: ActAttempt) -> bool:
    return bool(attempt.subject.kind == Kind.EXECUTION) and attempt.subject.urged_on is None


def _urged(attempt: ActAttempt) -> bool | str:
    act = attempt.subject
    if act.kind != Kind.EXECUTION:
        return True
    if act.urged_on is None:
        return _t("作出强制执行决定前应当事先催告，还没有登记催告书的送达。")
    if window_over(attempt.matter, "act.urged", "", attempt.on):
        return True
    end = window_end(attempt.matter, "act.urged", "")
    return _t("催告书送达未满十个工作日，到 %(day)s 届满。") % {"day": end.isoformat() if end else ""}


def _recorded(attempt: ActAttempt) -> bool:
    return attempt.subject.evidence.exists()


def _filmed(attempt: ActAttempt) -> bool:
    act = attempt.subject
    return not asked_of(act.kind).film or act.evidence.filter(kind=Evidence.Kind.AUDIOVISUAL).exists()


def last_review(act: LightAct) -> Review | None:
    """The review that counts: the last one that was concluded."""
    return act.reviews.exclude(concluded_on=None).order_by("-pk").first()


def _review_passed(attempt: ActAttempt) -> bool | str:
    act, data = attempt.subject, attempt.data
    reasons = [
        label
        for answer, label in (
            (asked_of(act.kind).review, _t("“%(kind)s”一律审核") % {"kind": act.get_kind_display()}),
            (data.after_hearing, _t("经过听证程序")),
            (data.by_law, _t("法律、法规或者本部门目录规定应当审核")),
        )
        if answer
    ]
    review = last_review(act)
    if review is not None and review.verdict == Review.Verdict.RETURNED:
        return _t("上一次法制审核的结论是退回，须补正后重新送审。")
    if not reasons:
        return True
    if review is None:
        return _t("%(reasons)s，未经法制审核或者审核未通过的，不得作出决定。") % {"reasons": "、".join(reasons)}
    if review.proposal.strip() != data.content.strip():
        return _t("决定内容与法制审核通过的不一致，请按审核通过的内容填写，或者重新送审。")
    return True


def _decider_apart(attempt: ActAttempt) -> bool:
    if attempt.actor is None:
        return True
    act = attempt.subject
    return (
        not act.act_officers.filter(officer__user=attempt.actor).exists()
        and not act.reviews.filter(reviewer=attempt.actor).exists()
    )


def _reviewer_apart(attempt: ActAttempt) -> bool:
    if attempt.actor is None:
        return True
    asked = attempt.matter.events.filter(name="lightacts.submit_review", actor=attempt.actor)
    return not asked.exists() and not attempt.subject.act_officers.filter(officer__user=attempt.actor).exists()


def _remedy_body_known(attempt: ActAttempt) -> bool:
    department = attempt.matter.department
    return bool(department.reconsideration_body and department.court)


def _party_addressed(attempt: ActAttempt) -> bool:
    return not attempt.subject.parties.filter(address="").exists()


def _needs_execution(attempt: ActAttempt) -> bool:
    return attempt.subject.kind not in ENDS_WITH_SERVICE


def _over(attempt: ActAttempt) -> bool | str:
    act = attempt.subject
    if act.state == act.State.DECIDED:
        return act.origin == act.Origin.IMPORTED or _t("决定还没有送达。")
    if act.state == act.State.SERVED:
        return act.kind in ENDS_WITH_SERVICE or _t("决定还没有执行。")
    return True


item_in_force = Gate("item_in_force", _("没有当日有效的执法事项"), ("SX-06",), _item_in_force, needs_data=True)
two_chosen = Gate(
    "two_certified_officers",
    _("由两名以上持证执法人员实施"),
    ("强制法18条", "强制法17条"),
    _two_chosen,
    needs_data=True,
)
two_now = Gate(
    "two_certified_officers", _("由两名以上持证执法人员实施"), ("强制法18条", "强制法17条"), _two_now, shared=True
)
not_accepted_yet = Gate("not_accepted_yet", _("已经受理"), ("XK-02",), _not_accepted_yet)
accepted = Gate("accepted", _("申请还没有受理"), ("许可法32条", "XK-01"), _accepted)
extended_once = Gate("extended_once", _("只能延长一次"), ("XK-01",), _extended_once)
is_execution = Gate("not_urged_yet", _("只有强制执行须催告，且催告一次"), ("强制法35条",), _is_execution)
urged = Gate("urged", _("还没有催告"), ("强制法35条", "QZ-05"), _urged)
recorded = Gate("recorded", _("还没有任何文字记录：办理的过程应当记录"), ("CF-32",), _recorded)
filmed = Gate("filmed", _("直接涉及重大财产权益的现场执法须全程音像记录，还没有登记"), ("SX-07",), _filmed)
review_passed = Gate("review_passed", _("须先经法制审核"), ("SX-10", "SX-11"), _review_passed, needs_data=True)
decider_apart = Gate(
    "decider_did_not_handle",
    _("经办人、审核人不能批准同一件决定，请由其他负责人批准"),
    ("SX-11",),
    _decider_apart,
    at_approval=True,
)
reviewer_apart = Gate("reviewer_did_not_handle", _("经办人不能审核自己送审的决定"), ("SX-11",), _reviewer_apart)
remedy_body_known = Gate(
    "remedy_body_known",
    _("部门资料里没有登记复议机关和管辖法院，决定书无法写明救济途径，请平台管理员补上"),
    ("FY-01", "SS-01"),
    _remedy_body_known,
)
needs_execution = Gate("needs_execution", _("这一种类送达即办结，没有执行环节"), ("SX-03",), _needs_execution)
over = Gate("over", _("还没有办结"), ("CF-32",), _over)
