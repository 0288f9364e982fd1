"""Gates of the time after a paper is made: its service, the money, the end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.dues import is_released, unpaid
from enforcement.cases.gates import CaseAttempt, current_notice
from enforcement.models import Decision, EnforcementAct, Party, Service
from portal.workflow.actions import Attempt, Gate


def _paper_ready(attempt: CaseAttempt) -> bool | str:
    paper = current_paper(attempt)
    if paper is None:
        return _t("还没有可以送达的文书。")
    if paper.document is None or paper.document.state != "ready":
        return _t("%(paper)s还在制作，做好后才能送达。") % {"paper": paper}
    return True


def current_paper(attempt: CaseAttempt) -> Any:
    """What is to be served in this state: the decision once there is one, else the notice."""
    if attempt.subject.decisions.exists():
        return attempt.subject.decisions.order_by("-pk").first()
    return current_notice(attempt.subject)


def _served_after_issue(attempt: CaseAttempt) -> bool | str:
    paper = current_paper(attempt)
    issued = getattr(paper, "decided_on", None) or getattr(paper, "issued_on", None)
    if issued is not None and attempt.data.begun_on < issued:
        return _t("送达不能早于文书日期 %(day)s。") % {"day": issued.isoformat()}
    return True


def _party_not_served_yet(attempt: CaseAttempt) -> bool | str:
    paper, data = current_paper(attempt), attempt.data
    party = Party.objects.filter(pk=data.party, act_id=attempt.subject.pk).first()
    if party is None:
        return _t("当事人不在本案中。")
    earlier = paper is not None and paper.services.filter(party=party).exists()
    return _t("对%(name)s的送达已经登记过，生效日期请用“确认送达生效”。") % {"name": party.name} if earlier else True


def _somebody_to_serve(attempt: CaseAttempt) -> bool:
    paper = current_paper(attempt)
    if paper is None:
        return True
    served = set(paper.services.values_list("party_id", flat=True))
    return any(party.pk not in served for party in attempt.subject.parties.all())


def _electronic_consent(attempt: CaseAttempt) -> bool:
    return attempt.data.method != Service.Method.ELECTRONIC or bool(attempt.data.consent)


def _service_begun(attempt: CaseAttempt) -> bool:
    return Service.objects.filter(act_id=attempt.subject.pk, effective_on=None).exists()


def _decision_in_force(attempt: CaseAttempt) -> bool:
    decision = attempt.subject.decisions.order_by("-pk").first()
    return decision is not None and decision.outcome == Decision.Outcome.IN_FORCE


def _something_due(attempt: CaseAttempt) -> bool:
    return bool(unpaid(attempt.subject) > 0)


def _performed(attempt: CaseAttempt) -> bool | str:
    left = unpaid(attempt.subject)
    if left <= 0 or is_released(attempt.subject):
        return True
    return _t("还有 %(amount)s 元没有缴清。") % {"amount": left}


def _nothing_to_complete(attempt: Attempt[Any, Any]) -> bool:
    return not attempt.subject.to_complete


def _reached_all(attempt: CaseAttempt) -> bool | str:
    case = attempt.subject
    decision = case.decisions.order_by("-pk").first()
    if case.state != EnforcementAct.State.NO_PENALTY or decision is None:
        return True
    if decision.outcome != Decision.Outcome.IN_FORCE:
        return True
    served = set(decision.services.exclude(effective_on=None).values_list("party_id", flat=True))
    missing = [party.name for party in case.parties.all() if party.pk not in served]
    return _t("决定书还没有送达%(names)s。") % {"names": "、".join(missing)} if missing else True


paper_ready = Gate("paper_ready", _("文书还没有做好"), ("处罚法59条",), _paper_ready)
served_after_issue = Gate("served_after_issue", _("送达早于文书日期"), ("CF-15",), _served_after_issue, needs_data=True)
party_not_served_yet = Gate(
    "party_not_served_yet", _("对这名当事人的送达已经登记"), ("CF-15",), _party_not_served_yet, needs_data=True
)
somebody_to_serve = Gate("somebody_to_serve", _("每名当事人的送达都已登记"), ("CF-15",), _somebody_to_serve)
electronic_consent = Gate(
    "electronic_consent", _("电子送达须当事人同意并签订确认书"), ("CF-16",), _electronic_consent, needs_data=True
)
nothing_to_complete = Gate("nothing_to_complete", _("归集的信息还没有补正完整"), ("SX-03",), _nothing_to_complete)
service_begun = Gate("service_begun", _("没有已开始而未生效的送达"), ("CF-15",), _service_begun)
decision_in_force = Gate("decision_in_force", _("决定已不是有效状态"), ("CF-17",), _decision_in_force)
something_due = Gate("something_due", _("没有待缴的款项"), ("CF-19",), _something_due)
reached_all = Gate("decision_reached_all", _("决定书还没有送达"), ("CF-15",), _reached_all)
performed = Gate("performed", _("处罚决定还没有执行完毕"), ("BM-04",), _performed)
