"""The actions on a disclosure (WORKFLOWS.md 2): mask, approve, publish, exempt, withdraw, expire."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure import bodies, channels, correcting, gates, repair
from disclosure import data as forms
from disclosure.acts import personal_ground
from disclosure.models import Disclosure
from portal.accounts.roles import Role
from portal.workflow import registry
from portal.workflow.actions import Action
from portal.workflow.data import Nothing

S = Disclosure.State
OFFICERS = frozenset({Role.OFFICER.value, Role.DEPT_ADMIN.value})
HEADS = frozenset({Role.HEAD.value, Role.DEPUTY.value})
# A published text that is being corrected goes the way to the public once more.
CORRECTING = frozenset({S.PENDING.value, S.MASKED.value, S.APPROVED.value})


def _exempt_initial(disclosure: Disclosure, _actor: Any) -> dict[str, Any]:
    return personal_ground(disclosure.act)


MASK: Action[Disclosure, forms.Mask] = Action(
    key="disclosure.mask",
    label=_("确认脱敏"),
    model=Disclosure,
    source=frozenset({S.PENDING.value}),
    target=S.MASKED.value,
    roles=OFFICERS,
    data=forms.Mask,
    gates=(gates.in_force, gates.complete, gates.source_unchanged, gates.every_span_judged),
    body=bodies.mask,
    law=("GS-09", "SX-15"),
    primary=True,
)
REFRESH: Action[Disclosure, Nothing] = Action(
    key="disclosure.refresh",
    label=_("取用最新的决定内容"),
    model=Disclosure,
    source=frozenset({S.PENDING.value}),
    target=None,
    roles=OFFICERS,
    data=Nothing,
    gates=(gates.source_changed,),
    body=bodies.refresh,
    rare=True,
)
APPROVE: Action[Disclosure, forms.Approve] = Action(
    key="disclosure.approve",
    label=_("批准公示"),
    model=Disclosure,
    source=frozenset({S.MASKED.value}),
    target=S.APPROVED.value,
    roles=HEADS,
    data=forms.Approve,
    gates=(gates.in_force, gates.complete, gates.source_unchanged, gates.masker_does_not_approve),
    body=bodies.approve,
    law=("SX-02", "CF-18"),
    primary=True,
)
SEND_BACK: Action[Disclosure, forms.SendBack] = Action(
    key="disclosure.send_back",
    label=_("退回重新脱敏"),
    model=Disclosure,
    source=frozenset({S.MASKED.value, S.APPROVED.value}),
    target=S.PENDING.value,
    roles=HEADS,
    data=forms.SendBack,
    body=bodies.send_back,
)
PUBLISH: Action[Disclosure, forms.Publish] = Action(
    key="disclosure.publish",
    label=_("发布"),
    model=Disclosure,
    source=frozenset({S.APPROVED.value}),
    target=S.PUBLISHED.value,
    roles=OFFICERS | HEADS,
    data=forms.Publish,
    gates=(
        gates.in_force,
        gates.complete,
        gates.source_unchanged,
        gates.service_begun,
        gates.service_effective_or_chosen,
        gates.display_not_over,
    ),
    body=bodies.publish,
    facts=("disclosure.published", "disclosure.corrected"),
    law=("SX-02", "CF-18"),
    primary=True,
)
HOLD: Action[Disclosure, forms.Hold] = Action(
    key="disclosure.hold",
    label=_("暂缓公示"),
    model=Disclosure,
    source=frozenset({S.APPROVED.value}),
    target=None,
    roles=HEADS,
    data=forms.Hold,
    gates=(gates.service_still_running,),
    body=bodies.hold,
    law=("CF-15",),
    rare=True,
)
EXEMPT: Action[Disclosure, forms.Exempt] = Action(
    key="disclosure.exempt",
    label=_("不予公开"),
    model=Disclosure,
    source=frozenset({S.PENDING.value, S.MASKED.value, S.APPROVED.value}),
    target=S.EXEMPT.value,
    roles=HEADS,
    proposes=OFFICERS,
    data=forms.Exempt,
    initial=_exempt_initial,
    gates=(gates.never_published,),
    body=bodies.exempt,
    facts=("disclosure.exempted",),
    law=("CF-18", "GS-09"),
    rare=True,
)
END_EXEMPTION: Action[Disclosure, forms.EndExemption] = Action(
    key="disclosure.end_exemption",
    label=_("恢复公开"),
    model=Disclosure,
    source=frozenset({S.EXEMPT.value}),
    target=S.PENDING.value,
    roles=HEADS,
    data=forms.EndExemption,
    gates=(gates.in_force,),
    body=bodies.end_exemption,
    facts=("disclosure.exemption_ended",),
)
DROP: Action[Disclosure, Nothing] = Action(
    key="disclosure.drop",
    label=_("决定失效，不再公示"),
    model=Disclosure,
    source=frozenset({S.PENDING.value, S.MASKED.value, S.APPROVED.value}),
    target=S.EXEMPT.value,
    roles=HEADS,
    data=Nothing,
    gates=(gates.never_published,),
    body=bodies.drop,
    facts=("disclosure.exempted",),
    law=("CF-17",),
    hidden=True,
    system=True,
)
WITHDRAW: Action[Disclosure, forms.Withdraw] = Action(
    key="disclosure.withdraw",
    label=_("撤回公示"),
    model=Disclosure,
    source=frozenset({S.PUBLISHED.value, *CORRECTING}),
    target=S.WITHDRAWN.value,
    roles=HEADS,
    data=forms.Withdraw,
    gates=(gates.published_before,),
    body=bodies.withdraw,
    facts=("disclosure.withdrawn", "channel.to_take_down"),
    law=("CF-17", "SX-04"),
    later=True,
)
EXPIRE: Action[Disclosure, forms.Expire] = Action(
    key="disclosure.expire",
    label=_("公示期满"),
    model=Disclosure,
    source=frozenset({S.PUBLISHED.value, *CORRECTING}),
    target=S.EXPIRED.value,
    roles=HEADS,
    data=forms.Expire,
    gates=(gates.display_over,),
    body=bodies.expire,
    facts=("disclosure.expired",),
    law=("XF-02",),
    hidden=True,
    system=True,
)
ALL: tuple[Action[Disclosure, Any], ...] = (
    MASK,
    REFRESH,
    APPROVE,
    PUBLISH,
    SEND_BACK,
    HOLD,
    EXEMPT,
    END_EXEMPTION,
    DROP,
    WITHDRAW,
    EXPIRE,
)


def register() -> None:
    """Put the actions on the register."""
    registry.register(*ALL, *channels.ALL, *correcting.ALL, *repair.ALL)
