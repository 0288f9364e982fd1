"""What the law asks before things are taken into custody, and before they leave it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.measures import custody
from enforcement.measures.data import custody as forms
from enforcement.measures.data import keeping
from enforcement.measures.data.fields import running, running_seizures
from enforcement.measures.models import Disposal, Measure, Monitor
from enforcement.measures.requirements import missing_recordings
from enforcement.models import Case, Decision, EnforcementItem, Evidence, PenaltyKind
from portal.accounts.models import Department
from portal.deadlines.services import window_end
from portal.workflow.actions import Attempt, Gate

CaseAttempt = Attempt[Case, Any]
K = Disposal.Kind
FATES = {
    Measure.Kind.HOLD: frozenset({K.RETURNED, K.CONFISCATED, K.TRANSFERRED, K.APPRAISED}),
    Measure.Kind.SEAL: frozenset({K.RETURNED, K.CONFISCATED, K.DESTROYED, K.TRANSFERRED}),
    Measure.Kind.SEIZE: frozenset({K.RETURNED, K.CONFISCATED, K.DESTROYED, K.TRANSFERRED, K.CONSUMED}),
    Measure.Kind.APPRAISAL: frozenset({K.RETURNED, K.CONFISCATED, K.TRANSFERRED, K.CONSUMED}),
}
RULES = {Measure.Kind.HOLD: "measure.hold", Measure.Kind.SEAL: "measure.seizure", Measure.Kind.SEIZE: "measure.seizure"}


def last_day(measure: Measure) -> dt.date | None:
    """The last day of a measure as it stands; a sending for appraisal has none."""
    rule = RULES.get(Measure.Kind(measure.kind))
    return window_end(measure.case.matter, rule, measure.about) if rule else None


def is_over(measure: Measure, on: dt.date) -> bool:
    """Whether its time has run out: it has lost its force, and what is left must be given back."""
    end = last_day(measure)
    return end is not None and on > end


def _power_given(attempt: CaseAttempt) -> bool | str:
    department = attempt.subject.department
    if department.kind == Department.Kind.ENTRUSTED:
        return _t("行政强制措施权不得委托，受委托的组织不能实施查封、扣押。")
    item = EnforcementItem.objects.filter(pk=attempt.data.item, department=department.pk).first()
    if item is None or item.kind != EnforcementItem.Kind.MEASURE:
        return _t("所选的不是本部门目录里的行政强制措施事项。")
    if not item.is_in_force(attempt.on):
        return _t("“%(item)s”在 %(day)s 没有施行。") % {"item": item.name, "day": attempt.on.isoformat()}
    return True


def _some_power(attempt: CaseAttempt) -> bool | str:
    department = attempt.subject.department
    if department.kind == Department.Kind.ENTRUSTED:
        return _t("行政强制措施权不得委托，受委托的组织不能实施查封、扣押。")
    return bool(forms.powers(attempt.subject, None).exists())


def _lawful_object(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    missing = [
        words
        for said, words in (
            (data.related, _t("仅限涉案的场所、设施、财物")),
            (data.no_necessities, _t("没有公民个人及其所扶养家属的生活必需品")),
            (data.not_elsewhere, _t("没有被其他国家机关查封")),
        )
        if not said
    ]
    return _t("没有确认：%(what)s。") % {"what": "、".join(missing)} if missing else True


def _said_on_site(pairs: list[tuple[bool, str]]) -> bool | str:
    missing = [words for said, words in pairs if not said]
    return _t("现场还缺：%(what)s。") % {"what": "、".join(missing)} if missing else True


def _seizure_on_site(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    return _said_on_site(
        [
            (data.two_officers, _t("两名以上执法人员实施")),
            (data.certificate_shown, _t("出示执法身份证件")),
            (data.told, _t("当场告知理由、依据、权利和救济途径")),
            (data.recorded, _t("制作现场笔录并签名")),
            (data.handed, _t("当场交付决定书和清单")),
        ]
    )


def _hold_on_site(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    return _said_on_site(
        [
            (data.certificate_shown, _t("出示执法证件")),
            (data.rights_told, _t("告知事由、依据和权利")),
            (data.listed, _t("当场清点，清单交当事人")),
        ]
    )


def _decision_printed(attempt: CaseAttempt) -> bool | str:
    for measure in forms.ordered(attempt.subject, None).select_related("document", "list_document"):
        for paper in (measure.document, measure.list_document):
            if paper is None or paper.state != "ready":
                return _t("决定书和清单还在制作，做好后才能当场交付。")
    return True


def _ordered(attempt: CaseAttempt) -> bool:
    return bool(forms.ordered(attempt.subject, None).exists())


def _on_the_spot(attempt: CaseAttempt) -> bool:
    return bool(forms.on_the_spot(attempt.subject, None).exists())


def _seizure_runs(attempt: CaseAttempt) -> bool:
    return bool(running_seizures(attempt.subject).exists())


def _something_runs(attempt: CaseAttempt) -> bool:
    return bool(running(attempt.subject).exists())


def _seizure(attempt: CaseAttempt) -> Measure | None:
    found: Measure | None = running_seizures(attempt.subject).filter(pk=attempt.data.measure).first()
    return found


def _not_refused(attempt: CaseAttempt) -> bool | str:
    measure = _seizure(attempt)
    if measure is None or measure.refused_on is None:
        return True
    return _t("负责人已于 %(day)s 不予批准，应当立即解除，不能再延长或者送检。") % {
        "day": measure.refused_on.isoformat()
    }


def _approved(attempt: CaseAttempt) -> bool:
    measure = _seizure(attempt)
    return measure is None or not measure.waits_for_approval


def _extended_once(attempt: CaseAttempt) -> bool | str:
    measure = _seizure(attempt)
    earlier = getattr(measure, "extension", None) if measure is not None else None
    if earlier is None:
        return True
    return _t("已于 %(day)s 延长过一次，法律只准许延长一次。") % {"day": earlier.extended_on.isoformat()}


def _before_its_end(attempt: CaseAttempt) -> bool | str:
    measure = _seizure(attempt)
    if measure is None or not is_over(measure, attempt.on):
        return True
    end = last_day(measure)
    return _t("期限已于 %(day)s 届满，应当解除，不能再延长。") % {"day": end.isoformat() if end else ""}


def _appraisal_runs(attempt: CaseAttempt) -> bool:
    return bool(keeping.appraisals(attempt.subject, None).exists())


def _chosen(attempt: CaseAttempt) -> Measure | None:
    found: Measure | None = running(attempt.subject).filter(pk=attempt.data.measure).first()
    return found


def _fate_allowed(attempt: CaseAttempt) -> bool | str:
    measure = _chosen(attempt)
    if measure is None:
        return True
    kind = K(attempt.data.kind)
    if kind not in FATES[Measure.Kind(measure.kind)]:
        return _t("%(measure)s的物品不能这样处理：%(kind)s。") % {
            "measure": measure.get_kind_display(),
            "kind": kind.label,
        }
    if measure.refused_on is not None and kind != K.RETURNED:
        return _t("负责人不予批准的措施，物品应当立即退还。")
    return True


def _confiscation_decided(attempt: CaseAttempt) -> bool:
    if attempt.data.kind != K.CONFISCATED:
        return True
    decision = attempt.subject.decisions.order_by("-pk").first()
    return (
        decision is not None
        and decision.outcome == Decision.Outcome.IN_FORCE
        and PenaltyKind.CONFISCATE_GOODS in decision.kinds
    )


def _grounded(attempt: CaseAttempt) -> bool | str:
    measure, data = _chosen(attempt), attempt.data
    if measure is None:
        return True
    if data.kind == K.RETURNED and measure.is_coercive and not data.ground:
        return _t("解除查封、扣押的，请选择符合哪一种情形。")
    if data.kind in {K.DESTROYED, K.CONSUMED} and not data.note.strip():
        return _t("销毁、检验耗损的，请写明依据和经过。")
    if data.kind != K.CONSUMED and not data.receiver.strip():
        return _t("请写明接收人、接收单位或者监督销毁的人。")
    return True


def _late_fate_explained(attempt: CaseAttempt) -> bool | str:
    measure, data = _chosen(attempt), attempt.data
    if measure is None or data.kind == K.RETURNED or data.note.strip() or not is_over(measure, attempt.on):
        return True
    end = last_day(measure)
    return _t("期限已于 %(day)s 届满，措施失去效力，物品应当退还；仍作其他处理的，写明理由和依据。") % {
        "day": end.isoformat() if end else ""
    }


def _paper_to_hand(attempt: CaseAttempt) -> bool | str:
    papers = list(keeping.unhanded(attempt.subject, None))
    if not papers:
        return False
    waiting = [paper for paper in papers if paper.state != "ready"]
    if len(waiting) == len(papers):
        return _t("文书还在制作，做好后才能登记告知。")
    return True


def _chosen_paper_ready(attempt: CaseAttempt) -> bool:
    paper = keeping.unhanded(attempt.subject, None).filter(pk=attempt.data.document).first()
    return paper is None or paper.state == "ready"


def _nothing_held(attempt: CaseAttempt) -> bool | str:
    rows = custody.held(attempt.subject)
    if not rows and not forms.ordered(attempt.subject, None).exists():
        return True
    if not rows:
        return _t("还有已决定、没有实施的查封、扣押。")
    names = "、".join(str(row.thing.name) for row in rows[:3])
    return _t("还有 %(count)d 件物品没有处理：%(names)s。没收、退还、移送或者依法销毁之后才能结案。") % {
        "count": len(rows),
        "names": names,
    }


def _recordings_answered(attempt: CaseAttempt) -> bool | str:
    red = [one for one in missing_recordings(attempt.subject) if one.is_red]
    if not red:
        return True
    return _t("缺少：%(what)s。请登记；确实没有的，说明原因。") % {"what": "、".join(one.words for one in red[:5])}


def _something_missing(attempt: CaseAttempt) -> bool:
    return bool(missing_recordings(attempt.subject))


def _shown_and_told(attempt: CaseAttempt) -> bool:
    return attempt.data.kind != Evidence.Kind.RECORD or bool(attempt.data.certificate_shown)


def _ticked(attempt: CaseAttempt) -> bool:
    from enforcement.measures.models import ProcessRecord

    data = attempt.data
    on_site = data.medium == ProcessRecord.Medium.TEXT and data.step in ProcessRecord.ON_SITE
    return not on_site or bool(data.certificate_shown and data.rights_told)


def _film_of_its_day(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    if not data.about.startswith("measure:"):
        return True
    measure = Measure.objects.filter(case=attempt.subject.pk, pk=data.about.removeprefix("measure:")).first()
    if measure is None or measure.begun_at is None:
        return True
    day, begun = timezone.localdate(measure.begun_at), timezone.localdate(data.begun_at)
    ended = timezone.localdate(data.ended_at) if data.ended_at else begun
    return begun <= day <= ended or _t("%(measure)s于 %(day)s 实施，这份记录的日期与它不符。") % {
        "measure": measure,
        "day": day.isoformat(),
    }


def _some_monitor(attempt: CaseAttempt) -> bool:
    return Monitor.objects.filter(department=attempt.subject.department_id).exists()


def _monitor_lawful(attempt: CaseAttempt) -> bool | str:
    data = attempt.data
    monitor = Monitor.objects.filter(pk=data.monitor, department=attempt.subject.department_id).first()
    if monitor is None:
        return _t("这台设备不是本部门登记的设备。")
    day = timezone.localdate(data.recorded_at)
    ready = max(monitor.legal_on, monitor.technical_on, monitor.published_on)
    if day < ready:
        return _t("“%(name)s”到 %(ready)s 才完成审核并公布设置地点，%(day)s 的记录不得作为证据。") % {
            "name": monitor.name,
            "ready": ready.isoformat(),
            "day": day.isoformat(),
        }
    if monitor.ended_on is not None and day > monitor.ended_on:
        return _t("“%(name)s”已于 %(day)s 停用。") % {"name": monitor.name, "day": monitor.ended_on.isoformat()}
    return True


def _content_reviewed(attempt: CaseAttempt) -> bool | str:
    if not attempt.data.clear:
        return _t("记录未经审核，或者经审核不符合要求的，不得作为行政处罚的证据。")
    return bool(attempt.data.told) or _t("还没有及时告知当事人违法事实，为其查询、陈述和申辩提供便利。")


some_power = Gate(
    "some_power",
    _("本部门的执法目录里没有施行中的行政强制措施事项，不能查封、扣押"),
    ("强制法17条", "强制法22条"),
    _some_power,
)
power_given = Gate("power_given", _("没有法律、法规授权"), ("强制法17条", "强制法22条"), _power_given, needs_data=True)
lawful_object = Gate("lawful_object", _("不得查封、扣押"), ("强制法23条",), _lawful_object, needs_data=True)
seizure_on_site = Gate(
    "seizure_on_site", _("现场程序不全"), ("强制法18条", "强制法24条", "CF-02"), _seizure_on_site, needs_data=True
)
hold_on_site = Gate("hold_on_site", _("现场程序不全"), ("CF-02", "处罚法56条"), _hold_on_site, needs_data=True)
decision_printed = Gate("decision_printed", _("决定书还在制作"), ("强制法24条",), _decision_printed)
seizure_ordered = Gate("seizure_ordered", _("没有已批准、待实施的查封、扣押"), ("强制法18条",), _ordered)
waits_for_head = Gate("waits_for_head", _("没有当场实施、待批准的查封、扣押"), ("QZ-03",), _on_the_spot)
seizure_runs = Gate("seizure_runs", _("没有实施中的查封、扣押"), ("QZ-01",), _seizure_runs)
something_runs = Gate("something_in_custody", _("没有登记保存、查封、扣押的物品"), ("强制法27条",), _something_runs)
not_refused = Gate("not_refused", _("已不予批准"), ("QZ-03",), _not_refused, needs_data=True)
approved = Gate("approved_afterwards", _("当场实施的还没有补办批准"), ("QZ-03",), _approved, needs_data=True)
extended_once = Gate("extended_once", _("只能延长一次"), ("QZ-01",), _extended_once, needs_data=True)
before_its_end = Gate("before_its_end", _("期限已经届满"), ("QZ-01", "强制法28条"), _before_its_end, needs_data=True)
appraisal_runs = Gate("appraisal_runs", _("没有进行中的检测、检验、检疫、技术鉴定"), ("QZ-02",), _appraisal_runs)
fate_allowed = Gate(
    "fate_allowed", _("不能这样处理"), ("处罚法56条", "强制法19条", "强制法27条"), _fate_allowed, needs_data=True
)
confiscation_decided = Gate(
    "confiscation_decided",
    _("没收须有没收非法财物的处罚决定，并且没有被撤销、变更"),
    ("强制法27条", "处罚法57条"),
    _confiscation_decided,
    needs_data=True,
)
fate_grounded = Gate("fate_grounded", _("没有写明理由"), ("强制法27条", "强制法28条"), _grounded, needs_data=True)
late_fate_explained = Gate(
    "late_fate_explained", _("期限已经届满"), ("CF-05", "强制法28条"), _late_fate_explained, needs_data=True
)
paper_to_hand = Gate("paper_to_hand", _("没有待告知的文书"), ("强制法24条", "强制法25条"), _paper_to_hand)
chosen_paper_ready = Gate(
    "paper_ready", _("文书还在制作，做好后才能登记告知"), ("强制法24条",), _chosen_paper_ready, needs_data=True
)
nothing_held = Gate("nothing_held", _("还有物品没有处理"), ("强制法27条", "CF-05"), _nothing_held)
recordings_answered = Gate("recordings_answered", _("缺少全程记录"), ("SX-07", "处罚法47条"), _recordings_answered)
something_missing = Gate("something_missing", _("没有缺少的记录"), ("SX-07", "SX-08"), _something_missing)
shown_and_told = Gate(
    "shown_and_told",
    _("现场笔录须记明已出示执法证件，告知事由、依据和权利"),
    ("CF-02",),
    _shown_and_told,
    needs_data=True,
)
ticked = Gate(
    "shown_and_told",
    _("现场的文字记录须记明已出示执法证件，告知事由、依据和权利"),
    ("CF-02",),
    _ticked,
    needs_data=True,
)
film_of_its_day = Gate("record_of_its_day", _("记录与措施不符"), ("SX-07",), _film_of_its_day, needs_data=True)
some_monitor = Gate(
    "some_monitor", _("本部门没有登记经审核、公布设置地点的电子技术监控设备"), ("CF-41",), _some_monitor
)
monitor_lawful = Gate("monitor_lawful", _("设备未经审核或者未公布"), ("CF-41",), _monitor_lawful, needs_data=True)
content_reviewed = Gate("content_reviewed", _("记录内容未经审核"), ("处罚法41条",), _content_reviewed, needs_data=True)
