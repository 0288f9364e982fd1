"""Writing an officer to the register: one person on duty once, and nobody leaves with a certificate in hand."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from personnel.models import Certificate, Officer
from portal.accounts.encryption import keyed_hash
from portal.accounts.models import Department, User


class StaffProblem(ValueError):
    """The register refuses; carries the field and a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def save_officer(officer: Officer, *, department: Department, actor: User, reason: str = "") -> Officer:
    """Write an officer of a department, with who and why in his history.

    Raises StaffProblem for a number that is on duty elsewhere, or a leaver who still holds a
    certificate (ZJX-02: it is suspended first, his cases change hands, then it is cancelled).
    """
    if officer.pk is None:
        officer.department = department
    if not officer.active and officer.pk and holds_certificate(officer):
        raise StaffProblem("active", _("仍持有执法证，不能登记离岗：请先由司法行政部门暂扣，办理案件交接后注销。"))
    digest = keyed_hash(officer.identity)
    if digest and officer.active:
        twin = Officer.objects.filter(identity_hash=digest, active=True).exclude(pk=officer.pk).first()
        if twin is not None:
            raise StaffProblem("identity", _twin_words(twin, department))
    officer._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    officer._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError:
        raise StaffProblem("identity", _("这个公民身份号码已经登记为在岗执法人员。")) from None
    return officer


def _twin_words(twin: Officer, department: Department) -> str:
    if twin.department_id == department.pk:
        return _("这个公民身份号码已经登记为本部门的%(name)s。") % {"name": twin.name}
    return _("这个公民身份号码已经登记为其他部门的在岗执法人员，请先由原部门登记离岗。")


def holds_certificate(officer: Officer) -> bool:
    """Whether a certificate of his is neither suspended nor ended."""
    return officer.certificates.filter(state=Certificate.State.ISSUED).exists()
