"""A hearing from its arrangement to the chair's report, and a case that ends without penalty."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from demo.acting import Played, Scene
from demo.files import sheet
from enforcement.cases import data as case_data
from enforcement.cases.no_penalty import NO_PENALTY
from enforcement.hearing import actions, data
from enforcement.hearing.course import course_of
from enforcement.hearing.notice_days import earliest
from portal.accounts.models import User
from portal.deadlines.calendar_store import calendar
from portal.documents import press

AT = dt.time(10, 30)
LASTS = dt.timedelta(minutes=75)


def _person(scene: Scene, role: str) -> User:
    """Somebody of the department who has not handled the case."""
    people = User.objects.select_related("department").filter(
        department=scene.case.department, role_assignments__role=role
    )
    found = people.order_by("pk").first()
    if found is None:
        raise LookupError(f"nobody of the demo is {role} there")
    return found


def request_hearing(scene: Scene, _values: dict[str, Any]) -> None:
    """Arranged for the first safe day when the notice is served on the next working day."""
    served = calendar("xinjiang").next_workday(scene.today + dt.timedelta(days=1))
    safe = earliest(served).safe
    scene.ask(
        actions.SCHEDULE,
        data.Schedule(
            held_at=timezone.make_aware(dt.datetime.combine(safe, AT)),
            place=f"{scene.case.department.address}（示例会议室）"[:120],
            chair=_person(scene, "legal").pk,
            recorder=_person(scene, "dept_admin").pk,
            public=True,
        ),
    )


def serve_summons(scene: Scene, _values: dict[str, Any]) -> Any:
    """The notice of the hearing is handed over."""
    course = course_of(scene.case)
    if course.summons is None or course.summons.document_id is None:
        raise LookupError("the hearing of the demo has its notice")
    press.render(course.summons.document_id)
    party = course.unserved[0]
    form = data.Serve(
        party=party.pk, method="direct", served_on=scene.today, receiver=(party.representative or party.name)[:60]
    )
    return scene.do(actions.SERVE, form)


def hold_hearing(scene: Scene, _values: dict[str, Any]) -> Any:
    """The chair enters the record on the working day after."""
    course = course_of(scene.case)
    if course.summons is None:
        raise LookupError("the hearing of the demo has its notice")
    began = course.summons.held_at
    names = "\n".join(f"{party.name}（当事人）" for party in course.parties)
    record = sheet("听证笔录.pdf", "听证笔录（示例）", "双方陈述、申辩和质证，当事人核对无误后签字（虚构）。")
    form = data.Hold(
        started_at=began,
        ended_at=began + LASTS,
        present=f"{names}\n调查人员二人（示例）",
        presented=f"{scene.case.found_facts}建议按照告知书给予处罚。",
        defence="对事实没有异议，认为拟处罚款的数额偏高，已经整改，请求从轻（虚构）。",
        closing_words="当事人没有申请主持人回避，没有当场提交新的证据。",
        signed="signed",
        file=scene.kept(record),
        late_reason="听证次日由主持人登记。",
    )
    return scene.do(actions.HOLD, form, actor=_person(scene, "legal"))


def report_hearing(scene: Scene, _values: dict[str, Any]) -> Any:
    """The chair's report."""
    form = data.Report(
        report="双方对事实没有争议，争议在于罚款的数额（虚构）。", advice="整改属实，建议在同一阶次内从轻（虚构）。"
    )
    return scene.do(actions.REPORT, form, actor=_person(scene, "legal"))


def request_no_penalty(scene: Scene, _values: dict[str, Any]) -> None:
    """First, slight, put right at once."""
    pieces = "\n".join(f"{one.name}，证明{one.proves}" for one in scene.case.evidence.all())
    scene.ask(
        NO_PENALTY,
        case_data.NoPenalty(
            ground="first",
            facts=scene.case.found_facts,
            evidence=pieces,
            reasons="当事人没有同类违法记录，危害后果轻微（虚构）。",
            corrected="检查当日停止违法行为，次日复查已经改正（虚构）。",
            first_answer="平台上如有其他处罚，与本案不是同一领域的行为（虚构）。",
            education="向当事人宣讲有关规定，当事人表示不再发生（虚构）。",
            outside_list="本部门的不予处罚清单尚未公布（虚构）。",
        ),
    )


ACTS: dict[str, Played] = {
    "request_hearing": request_hearing,
    "serve_summons": serve_summons,
    "hold_hearing": hold_hearing,
    "report_hearing": report_hearing,
    "request_no_penalty": request_no_penalty,
}
