"""The roles of WORKFLOWS.md, and which kind of department may hold them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be in a department; one person may hold several."""

    OFFICER = "officer", _("经办人")
    LEGAL = "legal", _("法制审核员")
    HEAD = "head", _("部门负责人")
    DEPUTY = "deputy", _("部门副职负责人")
    DEPT_ADMIN = "dept_admin", _("平台管理员")
    SUPERVISOR = "supervisor", _("执法监督人员")
    SUPERVISION_HEAD = "supervision_head", _("执法监督机构负责人")
    JUDICIAL_OFFICE = "judicial_office", _("司法所")
    COORDINATOR = "coordinator", _("执法协调小组")
    GOVERNMENT = "government", _("区政府")
    POLICE = "police", _("公安机关")
    PROCURATOR = "procurator", _("检察机关")
    COURT = "court", _("人民法院")
    COUNSEL = "counsel", _("法律顾问、公职律师")
    SOCIAL_SUPERVISOR = "social_supervisor", _("执法监督员")
    LIAISON = "liaison", _("联络员")


BUREAU_ROLES = frozenset({Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value})
# Invited from outside or from a counsel pool: each sees the matters he was given, not the whole of a department's.
GUEST_ROLES = frozenset({Role.JUDICIAL_OFFICE.value, Role.COUNSEL.value, Role.SOCIAL_SUPERVISOR.value})

MAY = {
    Role.OFFICER: _("登记、调查和办理本部门的案件，提出须审批的事项"),
    Role.LEGAL: _("对本部门拟作出的决定进行法制审核，确认公示内容的隐去"),
    Role.HEAD: _("审批本部门人员提出的事项，作出决定，批准公示"),
    Role.DEPUTY: _("在分管范围内审批；负责人本人办过的案件由副职审批"),
    Role.DEPT_ADMIN: _("维护本部门的事项、人员和证件，归档案卷"),
    Role.SUPERVISOR: _("查看全区执法情况，登记和办理监督案件"),
    Role.SUPERVISION_HEAD: _("查看全区执法情况，批准监督案件的立案和处理"),
    Role.JUDICIAL_OFFICE: _("报送监督线索，办理交办的核查"),
    Role.COORDINATOR: _("处理部门之间的执法争议"),
    Role.GOVERNMENT: _("决定须由区政府决定的事项"),
    Role.POLICE: _("接收移送的涉嫌犯罪案件并答复"),
    Role.PROCURATOR: _("查看移送给检察机关的事项并答复"),
    Role.COURT: _("查看移送给人民法院的事项并答复"),
    Role.COUNSEL: _("受邀对个案提出法律意见，担任审核人员"),
    Role.SOCIAL_SUPERVISOR: _("参加监督活动，提出意见"),
    Role.LIAISON: _("接收和转送通知"),
}
