"""Carrying out what becomes of a decision's disclosure: masked, approved, published, withdrawn."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from demo import acting
from demo.acting import Played, Scene
from disclosure import actions as act
from disclosure import data, masking_desk
from disclosure.models import Disclosure
from disclosure.texts import known_names, proposals, source_of
from enforcement.imports.completing import COMPLETE, Complete
from portal.workflow import proposals as door
from portal.workflow.data import Nothing
from portal.workflow.door import perform


def disclosure_of(scene: Scene) -> Any:
    """The way to the public of the case's decision."""
    found = Disclosure.objects.select_related("act__department", "decision", "matter")
    return found.filter(act_id=scene.case.pk).latest("pk")


def masker(scene: Scene) -> Any:
    """Who goes through the text."""
    return scene.district.people[scene.plot.masker]


def mask(scene: Scene, _values: dict[str, Any]) -> None:
    """Everything the machine has found is confirmed; of the decision as it is now."""
    disclosure = disclosure_of(scene)
    if disclosure.source != source_of(disclosure):
        perform(disclosure, act.REFRESH, actor=masker(scene), data=Nothing())
        disclosure = disclosure_of(scene)
    found = proposals(disclosure.source, known_names(disclosure.act))
    verdicts = [data.Verdict(*one.key, one.span.kind.value, hidden=True) for one in found]
    texts = tuple(json.dumps(asdict(verdict), ensure_ascii=False, sort_keys=True) for verdict in verdicts)
    perform(disclosure, act.MASK, actor=masker(scene), data=data.Mask(texts))


def begin_masking(scene: Scene, _values: dict[str, Any]) -> None:
    """Half of the stretches are judged at the desk, then somebody calls."""
    disclosure, actor = disclosure_of(scene), masker(scene)
    desk = masking_desk.desk(disclosure, actor)
    for _one in range((len(desk.open) + 1) // 2):
        desk = masking_desk.desk(disclosure, actor)
        if desk.open:
            masking_desk.judge(disclosure, actor, key=desk.open[0].key, hidden=True, reason="", version=desk.version)


def approve_disclosure(scene: Scene, values: dict[str, Any]) -> None:
    """The head approves, for so many months."""
    perform(disclosure_of(scene), act.APPROVE, actor=scene.head, data=data.Approve(display_months=values["months"]))


def send_back_disclosure(scene: Scene, _values: dict[str, Any]) -> None:
    """The head wants more hidden."""
    reason = "案由里仍能看出经营者姓名，请重新核对。"
    perform(disclosure_of(scene), act.SEND_BACK, actor=scene.head, data=data.SendBack(reason=reason))


def publish(scene: Scene, _values: dict[str, Any]) -> None:
    """On the public site."""
    perform(disclosure_of(scene), act.PUBLISH, actor=masker(scene), data=data.Publish())


def publish_early(scene: Scene, _values: dict[str, Any]) -> None:
    """The head does not wait for the receipt."""
    reason = "邮寄送达已经开始，公示期限将届满，决定先行公示。"
    perform(disclosure_of(scene), act.PUBLISH, actor=scene.head, data=data.Publish(reason=reason))


def hold(scene: Scene, _values: dict[str, Any]) -> None:
    """The head waits for the receipt."""
    reason = "当事人正在外地，等送达回执寄回后公示。"
    perform(disclosure_of(scene), act.HOLD, actor=scene.head, data=data.Hold(reason=reason))


def request_exemption(scene: Scene, values: dict[str, Any]) -> None:
    """A ground not to publish is put forward."""
    notes = {
        "secret": "决定内容涉及个人健康信息，隐去后无法说明案情。",
        "related": "关联案件正在调查，公开可能影响查处。",
        "crime": "同一事实已经移送公安机关审查。",
        "no_impact": "情节轻微，不具有一定社会影响。",
    }
    ground = values["ground"]
    door.request(
        disclosure_of(scene), act.EXEMPT, actor=scene.officer, data=data.Exempt(ground=ground, note=notes[ground])
    )


def end_exemption(scene: Scene, _values: dict[str, Any]) -> None:
    """The ground has gone."""
    ended = data.EndExemption(reason="关联案件已经办结，恢复公开。")
    perform(disclosure_of(scene), act.END_EXEMPTION, actor=scene.head, data=ended)


def withdraw(scene: Scene, _values: dict[str, Any]) -> None:
    """Off the public site, with the reason for everybody to read."""
    reason = "该行政处罚决定已被依法变更、撤销或者确认违法，依法撤回公示。"
    perform(disclosure_of(scene), act.WITHDRAW, actor=scene.head, data=data.Withdraw(reason=reason))


def complete(scene: Scene, _values: dict[str, Any]) -> Any:
    """What the row of the file had left empty is filled in from the paper."""
    row: Any = scene.plot
    return scene.do(
        COMPLETE,
        Complete(
            number=row.number if row.lacks == "number" else "",
            decided_on=row.decided_on if row.lacks == "decided_on" else None,
            content=row.content if row.lacks == "content" else "",
            kinds=row.kinds if row.lacks == "content" else (),
            fine=acting.money(row.fine) if row.lacks == "content" else None,
            late_reason="归集的历史数据，按纸质案卷补录。",
        ),
        actor=masker(scene),
    )


ACTS: dict[str, Played] = {
    "mask": mask,
    "begin_masking": begin_masking,
    "approve_disclosure": approve_disclosure,
    "send_back_disclosure": send_back_disclosure,
    "publish": publish,
    "publish_early": publish_early,
    "hold": hold,
    "request_exemption": request_exemption,
    "end_exemption": end_exemption,
    "withdraw": withdraw,
    "complete": complete,
}
