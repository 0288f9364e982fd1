"""Writing an officer to the register: one person on duty once, and nobody leaves with a certificate in hand."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.holders import tell_holder_changed
from personnel.models import Officer
from personnel.postings import StaffProblem, holds_certificate, open_posting
from portal.accounts.encryption import keyed_hash
from portal.accounts.models import Department, User

__all__ = ["StaffProblem", "holds_certificate", "save_officer"]
# What a new department writes over the record of somebody who left another one.
TAKEN_OVER = ("name", "gender", "identity", "phone", "position", "user", "legal_qualified", "legal_number")


def save_officer(
    officer: Officer, *, department: Department, actor: User, reason: str = "", entered_on: dt.date | None = None
) -> Officer:
    """Write an officer of a department, with who and why in his history; a new one gets his posting.

    Somebody who has left his post before, here or elsewhere, is the same person again: his record comes
    to this department with its postings. Raises StaffProblem for a number that is on duty elsewhere, a
    former officer under another name, or a leaver who still holds a certificate (ZJX-02).
    """
    if not officer.active and officer.pk and holds_certificate(officer):
        raise StaffProblem("active", _("仍持有执法证，不能登记离岗：请先由司法行政部门暂扣，办理案件交接后注销。"))
    digest = keyed_hash(officer.identity)
    if digest and officer.active:
        twin = Officer.objects.filter(identity_hash=digest, active=True).exclude(pk=officer.pk).first()
        if twin is not None:
            raise StaffProblem("identity", _twin_words(twin, department))
    try:
        with transaction.atomic():
            return _write(officer, department, actor, reason, entered_on)
    except IntegrityError:
        raise StaffProblem("identity", _("这个公民身份号码已经登记为在岗执法人员。")) from None


def _write(officer: Officer, department: Department, actor: User, reason: str, entered_on: dt.date | None) -> Officer:
    registered = officer.pk is not None
    if not registered:
        officer = _former(officer) or officer
    known_before = officer.pk is not None
    if not registered:
        officer.department, officer.active = department, True
    officer._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    officer._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    officer.save()
    if not registered:
        open_posting(officer, on=entered_on or timezone.localdate(), ground=reason, actor=actor)
    else:
        # A corrected word for the post he holds; another post is a posting of its own.
        open_one = officer.postings.filter(ended_on=None).exclude(position=officer.position).first()
        if open_one is not None:
            open_one.position = officer.position
            open_one._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
            open_one.save()
    if known_before:
        tell_holder_changed(officer)
    return officer


def _former(officer: Officer) -> Officer | None:
    """The record of the same person who has left his post; with what is written of him now."""
    found = (
        Officer.objects.with_identity(officer.identity)
        .filter(active=False)
        .select_for_update(no_key=True)
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    if found.name != officer.name:
        raise StaffProblem("name", _("这个公民身份号码登记过，姓名与所填的不同。请对照身份证核对姓名和号码。"))
    for name in TAKEN_OVER:
        setattr(found, name, getattr(officer, name))
    return found


def _twin_words(twin: Officer, department: Department) -> str:
    if twin.department_id == department.pk:
        return _("这个公民身份号码已经登记为本部门的%(name)s。") % {"name": twin.name}
    return _("这个公民身份号码已经登记为其他部门的在岗执法人员，请先由原部门登记离岗。")
