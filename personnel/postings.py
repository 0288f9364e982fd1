"""How an officer's postings begin and end, and who is told when he leaves his post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate, Officer, Posting

if TYPE_CHECKING:
    from portal.accounts.models import User

LeftDuty = Callable[[Officer, dt.date, str, "User"], None]
_when_left: list[LeftDuty] = []


class StaffProblem(ValueError):
    """The register refuses; carries the field and a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def left_duty(hook: LeftDuty) -> LeftDuty:
    """Register what follows at once when an officer is transferred, on leave, retired or dismissed.

    Called as hook(officer, on, ground, actor) in the transaction that ends his posting; on is the
    first day he is no longer in the post. What the hook raises undoes the leaving. To be registered
    when the app starts; the same hook is kept once.
    """
    if hook not in _when_left:
        _when_left.append(hook)
    return hook


def leave(officer: Officer, *, on: dt.date, ending: str, ground: str, actor: User) -> Officer:
    """End the open posting and take the officer off duty; his certificate is taken in by the hooks at once.

    `on` is the first day he is no longer in the post. Raises StaffProblem with the field when he is not
    on duty, the day lies before the posting or in the future, or a certificate would stay in his hands
    (ZJX-02); whatever a hook raises goes through. Nothing is written then.
    """
    with transaction.atomic():
        locked = _locked(officer)
        if not locked.active:
            raise StaffProblem("ending", _("%(name)s已经不在岗。") % {"name": locked.name})
        if ending not in Posting.Ending.values or ending == Posting.Ending.CHANGE:
            raise StaffProblem("ending", _("请选择离岗的情形。"))
        _close(locked, on=on, ending=ending, ground=ground, actor=actor)
        locked.active = False
        _save(locked, actor, str(Posting.Ending(ending).label))
        for hook in tuple(_when_left):
            hook(locked, on, _in_words(ending, ground), actor)
        if holds_certificate(locked):
            raise StaffProblem("ending", _("仍持有执法证，不能登记离岗：请先由司法行政部门暂扣，办理案件交接后注销。"))
    officer.refresh_from_db()
    return officer


def change_position(officer: Officer, *, on: dt.date, position: str, ground: str, actor: User) -> Posting:
    """Another post in the same department: the certificate is not touched. Raises StaffProblem."""
    with transaction.atomic():
        locked = _locked(officer)
        if not locked.active:
            raise StaffProblem("ending", _("%(name)s已经不在岗。") % {"name": locked.name})
        if not position.strip():
            raise StaffProblem("position", _("请填写新的职务。"))
        _close(locked, on=on, ending=Posting.Ending.CHANGE, ground=ground, actor=actor)
        locked.position = position.strip()
        _save(locked, actor, str(Posting.Ending.CHANGE.label))
        made = open_posting(locked, on=on, ground=ground, actor=actor)
    officer.refresh_from_db()
    return made


def return_to_duty(officer: Officer, *, on: dt.date, position: str, ground: str, actor: User) -> Posting:
    """Back in the department he left; the certificate is given back, or applied for, on its own. Raises StaffProblem."""
    with transaction.atomic():
        locked = _locked(officer)
        if locked.active:
            raise StaffProblem("ending", _("%(name)s在岗。") % {"name": locked.name})
        twins = Officer.objects.filter(identity_hash=locked.identity_hash, active=True).exclude(identity_hash="")
        if twins.exists():
            raise StaffProblem("ending", _("这个公民身份号码已经登记为在岗执法人员。"))
        locked.active = True
        locked.position = position.strip() or locked.position
        _save(locked, actor, _("返岗"))
        made = open_posting(locked, on=on, ground=ground, actor=actor)
    officer.refresh_from_db()
    return made


def open_posting(officer: Officer, *, on: dt.date, ground: str, actor: User | None) -> Posting:
    """Begin a posting of the officer as he is registered now. Raises StaffProblem for an impossible day."""
    _check_day(on)
    last = officer.postings.exclude(ended_on=None).order_by("-ended_on").first()
    if last is not None and last.ended_on is not None and on < last.ended_on:
        raise StaffProblem("on", _("日期早于上一段任职结束的 %(day)s。") % {"day": last.ended_on.isoformat()})
    posting = Posting(
        officer=officer, department=officer.department, position=officer.position, begun_on=on, ground=ground.strip()
    )
    posting._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    posting.save()
    return posting


def holds_certificate(officer: Officer) -> bool:
    """Whether a certificate of his is neither suspended nor ended."""
    return officer.certificates.filter(state=Certificate.State.ISSUED).exists()


def _locked(officer: Officer) -> Officer:
    return Officer.objects.select_for_update(no_key=True, of=("self",)).select_related("department").get(pk=officer.pk)


def _close(officer: Officer, *, on: dt.date, ending: str, ground: str, actor: User) -> None:
    _check_day(on)
    if not ground.strip():
        raise StaffProblem("ground", _("请写明缘由和文件，例如：某年某月某号任免文件。"))
    posting = officer.postings.filter(ended_on=None).first()
    if posting is None:
        return
    if on < posting.begun_on:
        raise StaffProblem("on", _("日期早于到岗日期 %(day)s。") % {"day": posting.begun_on.isoformat()})
    posting.ended_on, posting.ending, posting.end_ground = on, ending, ground.strip()
    posting._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    posting.save()


def _check_day(on: dt.date) -> None:
    if on > timezone.localdate():
        raise StaffProblem("on", _("日期 %(on)s 在将来，请填已经发生的日期。") % {"on": on.isoformat()})


def _save(officer: Officer, actor: User, reason: str) -> None:
    officer._history_user = actor  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    officer._change_reason = reason[:100]  # type: ignore[attr-defined]  # noqa: SLF001 - how simple-history is told
    officer.save()


def _in_words(ending: str, ground: str) -> str:
    return _("%(kind)s：%(ground)s") % {"kind": Posting.Ending(ending).label, "ground": ground.strip()}
