"""What can be done with an application, from the draft to the certificate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.applications import bodies, gates
from personnel.applications import data as forms
from personnel.applications.models import OPEN, Application
from personnel.applications.requirements import FOR_SUBMISSION, ON_DUTY
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.workflow.actions import Action

S = Application.State
ADMINS = frozenset({Role.DEPT_ADMIN.value})
# The head of supervision stands for the bureau's own officers: it has no other head in this portal.
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.SUPERVISION_HEAD.value})
SUPERVISORS = frozenset({Role.SUPERVISOR.value})
CHIEF = frozenset({Role.SUPERVISION_HEAD.value})
AT_HOME = frozenset({S.DRAFT.value, S.RETURNED.value})


def _states(*states: S) -> frozenset[str]:
    return frozenset(state.value for state in states)


def _action(key: str, label: Any, source: frozenset[str], target: S | None, **more: Any) -> Action[Any, Any]:
    return Action(
        f"application.{key}", label, source=source, target=target.value if target else None, model=Application, **more
    )


def _printed(application: Application, _actor: Any) -> dict[str, Any]:
    """A certificate mostly says what was applied for."""
    return {"fields": list(application.fields), "area": application.area}


def _way(application: Application, _actor: Any) -> dict[str, Any]:
    """The portal's own result when there is one that passed."""
    return {"way": "result"} if bodies.may_go_on(application) else {}


DRAW = _action(
    "draw", _("申领执法证"), frozenset(), S.DRAFT, roles=ADMINS, data=forms.Draw, body=bodies.draw,
    gates=(gates.STAFFED_AS_TYPED,), facts=("application.drawn",), law=("ZJX-01", "JD-14"), primary=True,
)  # fmt: skip
AMEND = _action(
    "amend", _("修改申领内容"), AT_HOME, None, roles=ADMINS, data=forms.Amend, body=bodies.amend,
    gates=(gates.STAFFED_AS_TYPED,), initial=forms.as_it_stands, law=("ZJX-01",),
)  # fmt: skip
SUBMIT = _action(
    "submit", _("报送司法行政部门"), AT_HOME, S.SUBMITTED, roles=HEADS, proposes=ADMINS, data=forms.Submit,
    body=bodies.submit, gates=(*(one.gate() for one in FOR_SUBMISSION), gates.NOT_ONES_OWN),
    facts=("application.submitted",), papers=("applications.form",), law=("ZJX-01", "JD-14"), primary=True,
)  # fmt: skip
EXAMINE = _action(
    "examine", _("核对考试成绩"), _states(S.SUBMITTED), S.EXAMINED, roles=BUREAU_ROLES, acting=bodies.bureau,
    data=forms.Examine, body=bodies.examine, gates=(ON_DUTY.gate(), gates.NOT_ONES_OWN, gates.EXAM_SHOWN),
    facts=("application.examined",), initial=_way, law=("JD-14",), primary=True,
)  # fmt: skip
GO_ON = _action(
    "go_on", _("平台核对考试成绩"), _states(S.SUBMITTED), S.EXAMINED, roles=frozenset(), data=forms.Carried,
    body=bodies.go_on, facts=("application.examined",), law=("JD-14",), system=True, hidden=True,
)  # fmt: skip
PASS = _action(
    "pass", _("初审通过"), _states(S.EXAMINED), S.PASSED, roles=BUREAU_ROLES, acting=bodies.bureau, data=forms.Pass,
    body=bodies.pass_on, gates=(ON_DUTY.gate(), gates.RESULT_STANDS, gates.NOT_ONES_OWN), facts=("application.passed",),
    papers=("applications.form",), law=("JD-14",), primary=True,
)  # fmt: skip
RETURN = _action(
    "return", _("退回补正"), _states(S.SUBMITTED, S.EXAMINED, S.PASSED, S.FORWARDED), S.RETURNED, roles=BUREAU_ROLES,
    acting=bodies.bureau, data=forms.Return, body=bodies.hand_back, gates=(gates.NOT_ONES_OWN,),
    facts=("application.returned",), law=("JD-14",),
)  # fmt: skip
FORWARD = _action(
    "forward", _("转报发证机关"), _states(S.PASSED), S.FORWARDED, roles=CHIEF, proposes=SUPERVISORS,
    acting=bodies.bureau, data=forms.Carried, body=bodies.forward,
    gates=(ON_DUTY.gate(), gates.RESULT_STANDS, gates.NOT_ONES_OWN),
    facts=("application.forwarded",), law=("JD-14",), primary=True,
)  # fmt: skip
ISSUE = _action(
    "issue", _("登记所发证件"), _states(S.FORWARDED), S.ISSUED, roles=SUPERVISORS, acting=bodies.bureau,
    data=forms.Issue, body=bodies.issue, gates=(ON_DUTY.gate(), gates.RESULT_STANDS, gates.NOT_ONES_OWN), facts=("application.issued",),
    initial=_printed, law=("JD-14",), primary=True,
)  # fmt: skip
REFUSE = _action(
    "refuse", _("不予发证"), _states(S.SUBMITTED, S.EXAMINED, S.PASSED, S.FORWARDED), S.REFUSED, roles=CHIEF,
    proposes=SUPERVISORS, acting=bodies.bureau, data=forms.Refuse, body=bodies.refuse, gates=(gates.NOT_ONES_OWN,),
    facts=("application.refused",), law=("JD-14",), rare=True,
)  # fmt: skip
WITHDRAW = _action(
    "withdraw", _("撤回申领"), OPEN - {S.FORWARDED.value}, S.WITHDRAWN, roles=ADMINS, data=forms.Why,
    body=bodies.withdraw, facts=("application.withdrawn",), law=("ZJX-01",), rare=True,
)  # fmt: skip
LEFT = _action(
    "left", _("离岗撤回申领"), OPEN, S.WITHDRAWN, roles=frozenset(), data=forms.LeftDuty, body=bodies.left,
    facts=("application.withdrawn",), law=("ZJX-02",), system=True, hidden=True,
)  # fmt: skip
ACTIONS = (DRAW, SUBMIT, EXAMINE, PASS, ISSUE, AMEND, RETURN, REFUSE, WITHDRAW, FORWARD, GO_ON, LEFT)
