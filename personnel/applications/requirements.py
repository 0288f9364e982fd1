"""What an application needs before it goes to the bureau: the same questions for the gates and for the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.applications.models import ADMITTED, Application, Rule, Staffing
from personnel.fields import ALL
from personnel.models import Certificate, Officer, OfficerPicture
from portal.workflow.actions import Gate

STAFFED = ("ZJX-01",)
QUALIFIED = ("JD-14",)
LOCAL = ("本地",)
NO_POST = gettext_lazy("没有在编证明的人员（合同制、劳务派遣、辅助人员）不得申领执法证。")


@dataclass(frozen=True)
class Requirement:
    """One question about an application: what it says in general, the article, and what is lacking in one."""

    key: str
    sentence: Any
    citation: tuple[str, ...]
    lacking: Callable[[Application], str]  # empty when met

    def gate(self) -> Gate:
        """The same as a gate of an action on the application."""
        return Gate(self.key, self.sentence, self.citation, lambda attempt: self.lacking(attempt.subject) or True)


def staffing_problem(staffing: str) -> str:
    """Why the kind of post does not let anybody apply; empty when it does (ZJX-01)."""
    if staffing in ADMITTED:
        return ""
    label = Staffing(staffing).label if staffing in Staffing.values else staffing
    return _("“%(kind)s”没有在编证明，不得申领执法证。合同制、劳务派遣和辅助人员只能从事辅助工作。") % {"kind": label}


def _on_duty(application: Application) -> str:
    officer = application.officer
    if not officer.active:
        return _("%(name)s已不在岗，不能申领。") % {"name": officer.name}
    if officer.department_id != application.department_id:
        return _("%(name)s已调往其他部门，由新部门申领。") % {"name": officer.name}
    return ""


def _proof(application: Application) -> str:
    if application.staffing_file and application.staffing_proof_id:
        return ""
    return _("还没有在编证明：填写编制证明文件的文号，并上传证明。")


def _identity(application: Application) -> str:
    return "" if application.officer.identity else _("人员登记里没有公民身份号码，请先更正人员信息。")


def _photo(application: Application) -> str:
    if not Rule.current().wants_photo:
        return ""
    pictures = OfficerPicture.objects.filter(
        officer=application.officer_id, kind=OfficerPicture.Kind.PHOTO, replaced_at=None
    )
    return "" if pictures.exists() else _("还没有上传照片：证件上要印持证人照片。")


def covered(officer: Officer, fields: list[str] | tuple[str, ...], on: dt.date) -> str:
    """The number of a certificate that is good on the day for every field asked for; empty without one."""
    for certificate in Certificate.objects.valid_on(on).filter(officer=officer).order_by("-valid_to"):
        if ALL in certificate.fields or set(fields) <= set(certificate.fields):
            return certificate.number
    return ""


def _uncovered(application: Application) -> str:
    number = covered(application.officer, application.fields, timezone.localdate())
    if not number:
        return ""
    return _("%(name)s持有的执法证（%(number)s）今天有效，已包含所申领的领域，不须再申领。") % {
        "name": application.officer.name,
        "number": number,
    }


ON_DUTY = Requirement("officer_on_duty", gettext_lazy("申领人不在本部门的岗位上。"), ("ZJX-02",), _on_duty)
STAFFED_POST = Requirement("staffed_post", NO_POST, STAFFED, lambda application: staffing_problem(application.staffing))
PROVEN = Requirement("staffing_proven", gettext_lazy("没有在编证明。"), STAFFED, _proof)
IDENTIFIED = Requirement("identity_registered", gettext_lazy("人员登记里没有公民身份号码。"), QUALIFIED, _identity)
PICTURED = Requirement("photo_there", gettext_lazy("没有照片。"), LOCAL, _photo)
UNCOVERED = Requirement("not_covered_yet", gettext_lazy("已持有覆盖所申领领域的有效证件。"), QUALIFIED, _uncovered)
FOR_SUBMISSION = (ON_DUTY, STAFFED_POST, PROVEN, IDENTIFIED, PICTURED, UNCOVERED)


def missing(application: Application) -> list[tuple[str, tuple[str, ...]]]:
    """What still stands between the application and the bureau: sentence and article, in order."""
    found = ((one.lacking(application), one.citation) for one in FOR_SUBMISSION)
    return [(sentence, citation) for sentence, citation in found if sentence]


def staffed_as_typed(attempt: Any) -> bool | str:
    """Gate test: the kind of post chosen in the form lets somebody apply."""
    return staffing_problem(attempt.data.staffing) or True
