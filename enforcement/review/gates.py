"""What must have been reviewed, discussed and cleared before a step; each gate with its article."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import standards
from enforcement.cases.hearings import last_hearing_day
from enforcement.models import Case
from enforcement.review.models import ReviewSetting, Round
from enforcement.review.outcome import differences, later_evidence, outcome_of
from enforcement.review.reviewers import leaders, unfit
from enforcement.review.rounds import last_deliberation, last_round, open_round, open_suspicion
from portal.accounts.models import User
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Case, Any]
ASKED: dict[str, Any] = {
    "public_interest": _("涉及重大公共利益"),
    "social_impact": _("可能造成重大社会影响或者引发社会风险"),
    "after_hearing": _("经过听证程序"),
    "complicated": _("疑难复杂、涉及多个法律关系"),
    "by_law": _("法律、法规或者本部门目录规定应当审核"),
}


def review_reasons(attempt: CaseAttempt) -> list[str]:
    """Why this outcome needs review: what was answered, the department's catalogue, a hearing that was held."""
    data = attempt.data
    found = [str(label) for name, label in ASKED.items() if getattr(data, name, False)]
    if last_hearing_day(attempt.subject) is not None and str(ASKED["after_hearing"]) not in found:
        found.append(str(ASKED["after_hearing"]))
    if data is not None:
        found += standards.review_reasons(attempt.subject, data, attempt.on)
    return found


def _review_passed(attempt: CaseAttempt) -> bool | str:
    """Without data (a page that asks what is possible) only what can be said without the outcome."""
    last = last_round(attempt.subject)
    if last is None:
        reasons = review_reasons(attempt)
        if not reasons:
            return True
        return _t("%(reasons)s，未经法制审核或者审核未通过的，不得作出决定。") % {"reasons": "、".join(reasons)}
    return _standing(last) or _changed_since(attempt, last) or True


def _standing(last: Round) -> str:
    values = {"round": str(last)}
    if last.state == Round.State.OPEN:
        return _t("%(round)s还没有结论。") % values
    if last.state == Round.State.WITHDRAWN:
        return _t("%(round)s的送审已撤回，应当重新送审并通过。") % values
    if last.state == Round.State.RETURNED:
        return _t("%(round)s认为存在问题，整改后再次送审，通过才能作出决定。") % values
    return ""


def _changed_since(attempt: CaseAttempt, seen: Any) -> str:
    """What came or changed after a round (or a deliberation) that was about another file or another outcome."""
    heard = last_hearing_day(attempt.subject)
    if heard != seen.heard_on:
        return _t("%(what)s之后又有听证（%(day)s），应当再次进行。") % {
            "what": seen,
            "day": heard.isoformat() if heard else "—",
        }
    if later := later_evidence(attempt.subject, seen.evidence):
        return _t("%(what)s没有看到后来取得的证据：%(names)s。应当再次进行。") % {
            "what": seen,
            "names": "、".join(f"《{name}》" for name in later[:5]),
        }
    if attempt.data is None:
        return ""
    if changed := differences(seen.outcome, outcome_of(attempt.subject, attempt.data)):
        return _t("与%(what)s的处理意见不一致：%(names)s。应当按审核、讨论的意见决定，或者再次进行。") % {
            "what": seen,
            "names": "、".join(changed),
        }
    return ""


def _deliberated(attempt: CaseAttempt) -> bool | str:
    held = last_deliberation(attempt.subject)
    if held is None:
        return attempt.data is None or not getattr(attempt.data, "major", False)
    last = last_round(attempt.subject)
    if last is not None and held.round_id != last.pk:
        return _t("%(what)s之后又进行了%(round)s，应当再次集体讨论。") % {"what": held, "round": last}
    return _changed_since(attempt, held) or True


def _no_open_suspicion(attempt: CaseAttempt) -> bool | str:
    found = open_suspicion(attempt.subject)
    if found is None:
        return True
    return _t("%(day)s 记录了涉嫌犯罪，没有排除之前不得作出处罚决定，不得以行政处罚代替移送。") % {
        "day": found.recorded_on.isoformat()
    }


def _no_open_round(attempt: CaseAttempt) -> bool | str:
    found = open_round(attempt.subject)
    if found is None:
        return True
    if found.reviewer is None:
        return _t("%(round)s正在进行，等待审核人员承办。") % {"round": found}
    return _t("%(round)s正在进行，由%(name)s承办。") % {"round": found, "name": found.reviewer.name}


def _review_order(attempt: CaseAttempt) -> bool:
    if attempt.subject.state != Case.State.INVESTIGATED:
        return True
    return ReviewSetting.of(attempt.subject.department_id, attempt.on).order != ReviewSetting.Order.AFTER


def _reviewed_before_notice(attempt: CaseAttempt) -> bool | str:
    case = attempt.subject
    if ReviewSetting.of(case.department_id, attempt.on).order != ReviewSetting.Order.BEFORE:
        return True
    last = last_round(case)
    if last is None:
        reasons = standards.review_reasons(case, attempt.data, attempt.on)
        return not reasons or _t("%(reasons)s，本部门规定先法制审核、后告知（本地设定）。") % {
            "reasons": "、".join(reasons)
        }
    return _standing(last) or _changed_since(attempt, last) or True


def _round_waits(attempt: CaseAttempt) -> bool:
    return open_round(attempt.subject) is not None


def _nobody_reviews(attempt: CaseAttempt) -> bool | str:
    found = open_round(attempt.subject)
    if found is None:
        return _t("没有等待审核的送审。")
    return found.reviewer is None or _t("已由%(name)s承办。") % {"name": found.reviewer.name}


def _fit_to_take(attempt: CaseAttempt) -> bool | str:
    return unfit(attempt.subject, attempt.actor, attempt.on) or True


def _fit_to_review(attempt: CaseAttempt) -> bool | str:
    chosen = User.objects.filter(pk=attempt.data.reviewer).first()
    return unfit(attempt.subject, chosen, attempt.on) or True


def _own_round(attempt: CaseAttempt) -> bool | str:
    found = open_round(attempt.subject)
    if found is None:
        return _t("没有等待审核的送审。")
    if found.reviewer is None:
        return _t("还没有审核人员承办。")
    return found.reviewer_id == attempt.actor.pk or _t("这次审核由%(name)s承办。") % {"name": found.reviewer.name}


def _file_unchanged(attempt: CaseAttempt) -> bool | str:
    found = open_round(attempt.subject)
    if found is None or attempt.data.verdict != Round.State.PASSED:
        return True
    if last_hearing_day(attempt.subject) != found.heard_on:
        return _t("送审之后又举行了听证，请退回补充材料。")
    later = later_evidence(attempt.subject, found.evidence)
    return not later or _t("送审之后又取得了证据：%(names)s。请退回补充送审。") % {
        "names": "、".join(f"《{name}》" for name in later[:5])
    }


def _returned_and_not_chaired(attempt: CaseAttempt) -> bool | str:
    last = last_round(attempt.subject)
    if last is None or last.state != Round.State.RETURNED:
        return False
    return last.chaired_on is None or _t("%(round)s已由负责人主持研究。") % {"round": last}


def _suspicion_open(attempt: CaseAttempt) -> bool:
    return open_suspicion(attempt.subject) is not None


def _suspicion_new(attempt: CaseAttempt) -> bool | str:
    found = open_suspicion(attempt.subject)
    return found is None or _t("%(day)s 已经记录，还没有排除。") % {"day": found.recorded_on.isoformat()}


def _enough_leaders(attempt: CaseAttempt) -> bool | str:
    setting = ReviewSetting.of(attempt.subject.department_id, attempt.on)
    count = leaders(attempt.subject).filter(pk__in=attempt.data.participants).count()
    return count >= setting.leaders or _t(
        "集体讨论至少 %(least)d 名负责人参加（参照，部门可以在本地设定更多），现有 %(count)d 名。"
    ) % {
        "least": setting.leaders,
        "count": count,
    }


def _chair_present(attempt: CaseAttempt) -> bool:
    return attempt.actor is None or attempt.actor.pk in attempt.data.participants


review_passed = Gate("review_passed", _("须先经法制审核"), ("CF-10", "SX-10"), _review_passed)
reviewed_first = Gate("reviewed_first", _("须先经法制审核，再集体讨论"), ("CF-10", "CF-12"), _review_passed)
deliberated = Gate("deliberated", _("情节复杂或者重大违法行为，须先集体讨论"), ("CF-12",), _deliberated)
no_open_suspicion = Gate(
    "no_open_suspicion", _("违法行为涉嫌犯罪"), ("处罚法57条1款4项", "处罚法27条", "YS-13"), _no_open_suspicion
)
no_open_round = Gate("no_open_round", _("法制审核正在进行"), ("SX-12",), _no_open_round)
review_order = Gate("review_order", _("本部门规定告知之后才送审（本地设定）"), ("CF-10",), _review_order)
reviewed_before_notice = Gate(
    "reviewed_before_notice",
    _("本部门规定先法制审核、后告知（本地设定）"),
    ("CF-10",),
    _reviewed_before_notice,
    needs_data=True,
)
round_waits = Gate("round_waits", _("没有等待审核的送审"), ("CF-10",), _round_waits)
nobody_reviews = Gate("nobody_reviews", _("已有审核人员"), ("CF-10",), _nobody_reviews)
fit_to_take = Gate("reviewer_fit", _("不能审核本案"), ("CF-11", "CF-10"), _fit_to_take)
fit_to_review = Gate("reviewer_fit", _("不能审核本案"), ("CF-11", "CF-10"), _fit_to_review, needs_data=True)
own_round = Gate("own_round", _("不是您承办的审核"), ("CF-10",), _own_round)
file_unchanged = Gate("file_unchanged", _("送审之后案卷有变化"), ("SX-11",), _file_unchanged, needs_data=True)
returned_and_not_chaired = Gate(
    "returned_and_not_chaired", _("没有被退回的审核意见"), ("118号（十四）",), _returned_and_not_chaired
)
suspicion_open = Gate("suspicion_open", _("没有记录涉嫌犯罪"), ("处罚法57条1款4项",), _suspicion_open)
suspicion_new = Gate("suspicion_new", _("已经记录"), ("处罚法27条",), _suspicion_new)
enough_leaders = Gate("enough_leaders", _("参加的负责人不够"), ("CF-12",), _enough_leaders, needs_data=True)
chair_present = Gate(
    "chair_present", _("由参加讨论的负责人登记，请把自己列入"), ("CF-12",), _chair_present, needs_data=True
)
