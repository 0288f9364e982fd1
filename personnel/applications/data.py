"""What the steps of an application ask for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.applications.models import OPEN, Application, Staffing
from personnel.fields import FIELDS
from personnel.models import Officer
from portal.attachments.models import Attachment
from portal.workflow.actions import Attempt
from portal.workflow.data import entry


def applicants(_subject: Application | None, actor: Any) -> QuerySet[Officer]:
    """On-duty officers of the own department who have no application open."""
    busy = Application.objects.filter(state__in=OPEN).values("officer")
    rows = Officer.objects.filter(department=actor.department_id, active=True).exclude(pk__in=busy)
    return rows.select_related("department").order_by("name", "pk")


def file_problem(key: int | None, attempt: Attempt[Any, Any]) -> bool:
    """Whether a file was named that is neither this matter's nor the person's own loose one."""
    if key is None:
        return False
    rows = Attachment.objects.filter(pk=key, voided_at=None)
    if attempt.subject is None:
        return not rows.filter(matter=None, uploaded_by=attempt.actor).exists()
    return not rows.filter(matter=attempt.matter).exists()


PROOF_HELP = _("机构编制部门或者组织、人社部门出具的证明，PDF 或者照片；报送前必须有")


def _staffing() -> Any:
    return entry(
        _("编制性质"), "choice", options=lambda _subject, _actor: Staffing.choices, law=("ZJX-01",), group=_("在编证明")
    )


def _post() -> Any:
    return entry(_("执法岗位"), longest=60, help=_("例如：综合执法大队一级行政执法员"), group=_("在编证明"))


def _fields() -> Any:
    pairs = [(name, name) for name in FIELDS]
    return entry(_("申领的执法领域"), "choices", options=lambda _subject, _actor: pairs, group=_("申领内容"))


def _area() -> Any:
    return entry(_("执法区域"), longest=60, help=_("例如：本区行政区域"), group=_("申领内容"))


def _staffing_file() -> Any:
    told = _("文件名称和文号；报送前必须有")
    return entry(_("编制证明文件"), default="", longest=120, help=told, law=("ZJX-01",), group=_("在编证明"))


def _proof() -> Any:
    return entry(_("在编证明"), "file", default=None, help=PROOF_HELP, group=_("在编证明"))


def _education() -> Any:
    return entry(_("学历"), default="", longest=40, group=_("申领内容"))


def _note() -> Any:
    return entry(_("说明"), "long", default="", longest=500, group=_("申领内容"))


@dataclass(frozen=True)
class Draw:
    """Who applies, on which establishment, for what."""

    officer: int = entry(_("申领人"), "record", options=applicants, help=_("本部门在岗、没有未办结申领的人员"))
    staffing: str = _staffing()
    post: str = _post()
    fields: tuple[str, ...] = _fields()
    area: str = _area()
    staffing_file: str = _staffing_file()
    proof: int | None = _proof()
    education: str = _education()
    note: str = _note()

    def problems(self, attempt: Attempt[Application, Draw]) -> dict[str, str]:
        """What the form tells field by field; holds the officer, so that two at once are one after the other."""
        found = content_problems(self, attempt)
        officer = Officer.objects.select_for_update(no_key=True).filter(pk=self.officer).first()
        if officer is None or officer.department_id != attempt.actor.department_id:
            found["officer"] = _gettext("申领人不是本部门登记的执法人员。")
        elif not officer.active:
            found["officer"] = _gettext("%(name)s已不在岗，不能申领。") % {"name": officer.name}
        elif Application.objects.filter(officer=officer, state__in=OPEN).exists():
            found["officer"] = _gettext("%(name)s已经有一份没有办结的申领，请在那一份里办理。") % {"name": officer.name}
        return found


@dataclass(frozen=True)
class Amend:
    """The same, for the officer who is named already."""

    staffing: str = _staffing()
    post: str = _post()
    fields: tuple[str, ...] = _fields()
    area: str = _area()
    staffing_file: str = _staffing_file()
    proof: int | None = _proof()
    education: str = _education()
    note: str = _note()

    def problems(self, attempt: Attempt[Application, Amend]) -> dict[str, str]:
        """What the form tells field by field."""
        return content_problems(self, attempt)


def content_problems(data: Draw | Amend, attempt: Attempt[Any, Any]) -> dict[str, str]:
    """What both forms check."""
    found: dict[str, str] = {}
    if not data.fields or not set(data.fields) <= set(FIELDS):
        found["fields"] = _gettext("至少选一个执法领域。")
    if not data.post.strip():
        found["post"] = _gettext("请写明执法岗位。")
    if not data.area.strip():
        found["area"] = _gettext("请写明执法区域。")
    if data.staffing not in Staffing.values:
        found["staffing"] = _gettext("请选择编制性质。")
    if file_problem(data.proof, attempt):
        found["proof"] = _gettext("这个文件不在了，请重新上传。")
    return found


def as_it_stands(application: Application, _actor: Any) -> dict[str, Any]:
    """What the amending form begins with."""
    return {
        "staffing": application.staffing,
        "post": application.post,
        "staffing_file": application.staffing_file,
        "proof": application.staffing_proof_id,
        "fields": list(application.fields),
        "area": application.area,
        "education": application.education,
        "note": application.note,
    }


@dataclass(frozen=True)
class Submit:
    """What the department says to it."""

    opinion: str = entry(_("单位意见"), "long", longest=300, help=_("例如：材料属实，同意申领"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """An opinion is wanted."""
        return {} if self.opinion.strip() else {"opinion": _gettext("请填写单位意见。")}


@dataclass(frozen=True)
class Examine:
    """By which way the examination is shown."""

    way: str = entry(_("考试情况"), "choice", options=lambda _subject, _actor: Application.Exam.choices, law=("JD-14",))
    title: str = entry(_("考试名称"), default="", longest=120, help=_("平台外考试的填写；平台成绩自动取"))
    taken_on: dt.date | None = entry(_("考试日期"), "date", default=None)
    points: str = entry(_("成绩"), default="", longest=40, help=_("例如：87 分（满分 100 分），合格"))
    proof: int | None = entry(_("成绩证明"), "file", default=None, help=_("成绩单或者合格证明"))

    def problems(self, attempt: Attempt[Application, Examine]) -> dict[str, str]:
        """A result from outside is proven."""
        if self.way not in Application.Exam.values:
            return {"way": _gettext("请选择考试情况。")}
        if self.way != Application.Exam.RECORDED:
            return {}
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = _gettext("请填考试名称。")
        if self.taken_on is None:
            found["taken_on"] = _gettext("请填考试日期。")
        elif self.taken_on > attempt.today:
            found["taken_on"] = _gettext("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": self.taken_on}
        if not self.points.strip():
            found["points"] = _gettext("请填成绩。")
        if self.proof is None:
            found["proof"] = _gettext("请上传成绩单或者合格证明。")
        elif file_problem(self.proof, attempt):
            found["proof"] = _gettext("这个文件不在了，请重新上传。")
        return found


@dataclass(frozen=True)
class Pass:
    """What the bureau says at its first examination."""

    opinion: str = entry(_("初审意见"), "long", default="", longest=300, help=_("不填为“经初审，符合申领条件”"))


@dataclass(frozen=True)
class Return:
    """What is to be mended, and who wants it."""

    mend: str = entry(_("要补正什么"), "long", longest=1000, help=_("一项一行，部门照此补正"))
    by_issuer: bool = entry(_("发证机关要求补正"), "flag", default=False)
    exam_again: bool = entry(_("考试情况须重新核对"), "flag", default=False)

    def problems(self, attempt: Attempt[Application, Return]) -> dict[str, str]:
        """It says what."""
        found: dict[str, str] = {}
        if not self.mend.strip():
            found["mend"] = _gettext("请写明要补正什么，部门照此补正。")
        if self.by_issuer and attempt.subject.state != Application.State.FORWARDED:
            found["by_issuer"] = _gettext("还没有转报，发证机关还没有意见。")
        return found


@dataclass(frozen=True)
class Why:
    """A reason."""

    reason: str = entry(_("理由"), "long", longest=1000, help=_("写明事实和依据"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """It is there."""
        return {} if self.reason.strip() else {"reason": _gettext("请写明理由。")}


@dataclass(frozen=True)
class Refuse:
    """Why no certificate is issued, and who says so."""

    reason: str = entry(_("不予发证的理由"), "long", longest=1000, help=_("写明事实和依据，部门和本人都能看到"))
    by_issuer: bool = entry(_("发证机关决定不予发证"), "flag", default=False)

    def problems(self, attempt: Attempt[Application, Refuse]) -> dict[str, str]:
        """It says why."""
        found: dict[str, str] = {}
        if not self.reason.strip():
            found["reason"] = _gettext("请写明理由。")
        if self.by_issuer and attempt.subject.state != Application.State.FORWARDED:
            found["by_issuer"] = _gettext("还没有转报，发证机关还没有意见。")
        return found


@dataclass(frozen=True)
class Issue:
    """The certificate as printed."""

    number: str = entry(_("证号"), longest=40)
    issuer: str = entry(_("发证机关"), longest=80)
    fields: tuple[str, ...] = entry(
        _("执法领域"), "choices", options=lambda _subject, _actor: [(name, name) for name in FIELDS]
    )
    area: str = entry(_("执法区域"), longest=60, help=_("证上写的地域"))
    valid_from: dt.date = entry(_("有效期自"), "date")
    valid_to: dt.date = entry(_("有效期至"), "date", help=_("按证件所载填写"))

    def problems(self, attempt: Attempt[Application, Issue]) -> dict[str, str]:
        """What the register of certificates does not ask itself."""
        found: dict[str, str] = {}
        if not self.number.strip():
            found["number"] = _gettext("请填证号。")
        if not self.issuer.strip():
            found["issuer"] = _gettext("请填发证机关。")
        if not self.area.strip():
            found["area"] = _gettext("请写明执法区域。")
        if not self.fields or not set(self.fields) <= set(FIELDS):
            found["fields"] = _gettext("至少选一个执法领域。")
        if self.valid_from > attempt.today:
            found["valid_from"] = _gettext("有效期自 %(on)s 在将来，请对照证件再填。") % {"on": self.valid_from}
        return found


@dataclass(frozen=True)
class Carried:
    """In which letter it travels; said by the letter's own step."""

    letter: int


@dataclass(frozen=True)
class LeftDuty:
    """Why the officer is no longer in the post."""

    reason: str
    registrar: str
