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
