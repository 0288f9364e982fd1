"""The gates of a disclosure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from disclosure.models import Correction
from disclosure.texts import known_names, proposals, source_of
from enforcement.imports.reasons import Missing
from enforcement.models import Decision, EnforcementAct
from portal.accounts.roles import Role
from portal.workflow.actions import Attempt, Gate

WORDS = {one.value: one.label for one in Missing}


def _complete(attempt: Attempt[Any, Any]) -> bool | str:
    missing = attempt.subject.act.to_complete
    if not missing:
        return True
    return _t("归集的信息还缺%(what)s，补正后才能公示。") % {"what": "、".join(str(WORDS.get(w, w)) for w in missing)}


def _in_force(attempt: Attempt[Any, Any]) -> bool:
    outcome = attempt.subject.decision.outcome
    if outcome == Decision.Outcome.CHANGED:
        return any(one.kind == Correction.Kind.CHANGED for one in attempt.subject.corrections.all())
    return bool(outcome == Decision.Outcome.IN_FORCE)


def _every_span_judged(attempt: Attempt[Any, Any]) -> bool | str:
    disclosure = attempt.subject
    judged = {(verdict.field, verdict.start, verdict.end) for verdict in attempt.data.read()}
    open_ones = [one for one in proposals(disclosure.source, known_names(disclosure.act)) if one.key not in judged]
    if not open_ones:
        return True
    return _t("还有 %(count)d 处没有确认，例如“%(text)s”。") % {"count": len(open_ones), "text": open_ones[0].span.text}


def _source_unchanged(attempt: Attempt[Any, Any]) -> bool:
    return bool(attempt.subject.source == source_of(attempt.subject))


def _source_changed(attempt: Attempt[Any, Any]) -> bool:
    return not _source_unchanged(attempt)


def _display_over(attempt: Attempt[Any, Any]) -> bool:
    until = attempt.subject.display_until
    return until is not None and until < attempt.today


def _display_not_over(attempt: Attempt[Any, Any]) -> bool | str:
    until = attempt.subject.display_until
    if until is None or until >= attempt.today:
        return True
    return _t("公示期已于 %(day)s 届满，不再恢复公示。") % {"day": until.isoformat()}


def _never_published(attempt: Attempt[Any, Any]) -> bool:
    return attempt.subject.published_at is None


def _published_before(attempt: Attempt[Any, Any]) -> bool:
    return attempt.subject.published_at is not None


def _masker_does_not_approve(attempt: Attempt[Any, Any]) -> bool:
    return attempt.actor is None or attempt.subject.masked_by_id != attempt.actor.pk


def service_stage(act: EnforcementAct, decision: Decision) -> str:
    """How far service is: none · begun · effective; imported decisions come from paper and count as served."""
    if act.origin == EnforcementAct.Origin.IMPORTED:
        return "effective"
    services = list(decision.services.all())
    parties = act.parties.count()
    if len(services) < parties or not services:
        return "none"
    return "effective" if all(service.effective_on for service in services) else "begun"


def _service_begun(attempt: Attempt[Any, Any]) -> bool:
    return service_stage(attempt.subject.act, attempt.subject.decision) != "none"


def _service_effective_or_chosen(attempt: Attempt[Any, Any]) -> bool | str:
    if service_stage(attempt.subject.act, attempt.subject.decision) != "begun":
        return True
    head = attempt.actor is not None and attempt.actor.has_role(Role.HEAD, Role.DEPUTY)
    if not head:
        return _t("送达已开始而未生效，是否公示由负责人决定。")
    return bool(attempt.data.reason.strip()) or _t("送达已开始而未生效，公示须写明理由。")


def _service_still_running(attempt: Attempt[Any, Any]) -> bool:
    return service_stage(attempt.subject.act, attempt.subject.decision) == "begun"


complete = Gate("complete", _("信息还不完整"), ("SX-03", "GS-07"), _complete)
in_force = Gate("decision_in_force", _("决定已被变更、撤销或者确认违法、无效，不能公示"), ("CF-17",), _in_force)
every_span_judged = Gate(
    "every_span_judged", _("还有没有确认的内容"), ("GS-09", "SX-15"), _every_span_judged, needs_data=True
)
source_unchanged = Gate(
    "source_unchanged", _("决定的内容在脱敏之后有变动，请退回重新脱敏"), ("SX-03",), _source_unchanged
)
masker_does_not_approve = Gate(
    "masker_does_not_approve", _("脱敏的人不能审批同一件公示"), ("三项制度",), _masker_does_not_approve
)
service_begun = Gate("service_begun", _("决定书还没有开始送达，不能公示"), ("CF-15",), _service_begun)
service_effective_or_chosen = Gate(
    "service_effective", _("送达还没有生效"), ("CF-15", "SX-02"), _service_effective_or_chosen, needs_data=True
)
service_still_running = Gate(
    "service_still_running", _("只有送达已开始而未生效时才需要暂缓"), ("CF-15",), _service_still_running
)
source_changed = Gate("source_changed", _("决定的内容没有变动"), ("SX-03",), _source_changed)
display_over = Gate("display_over", _("公示期还没有届满"), ("XF-02",), _display_over)
display_not_over = Gate("display_not_over", _("公示期已经届满"), ("XF-02",), _display_not_over)
never_published = Gate(
    "never_published", _("已经公示过的决定不能再改为不予公开；须停止公示的，请撤回"), ("SX-04",), _never_published
)
published_before = Gate("published_before", _("还没有公示过，不须撤回"), ("SX-04",), _published_before)
