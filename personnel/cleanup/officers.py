"""The list of officers: frozen as of a day with posting and certificates, looked at today, and what may be found."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel import actions as certificate_actions
from personnel.campaigns import Done, Finding, Frozen, ListKind, Now
from personnel.models import Certificate, Officer, Posting
from personnel.postings import StaffProblem, leave
from personnel.qualification import standing
from personnel.staff import save_officer
from portal.accounts.identity import identity_error
from portal.workflow import proposals
from portal.workflow.actions import Attempt
from portal.workflow.data import entry
from portal.workflow.errors import DoorError, Invalid

THERE = """
WITH there AS (
    SELECT p.officer_id, p.department_id, p.position, p.begun_on
    FROM personnel_posting p WHERE p.begun_on <= %(on)s AND (p.ended_on IS NULL OR p.ended_on > %(on)s)
    UNION ALL
    SELECT o.id, o.department_id, o.position, NULL FROM personnel_officer o
    WHERE o.active AND NOT EXISTS (SELECT 1 FROM personnel_posting p WHERE p.officer_id = o.id)
), held AS (
    SELECT c.officer_id, jsonb_agg(jsonb_build_array(c.number, array_to_string(c.fields, '、'), c.valid_to,
        EXISTS (SELECT 1 FROM personnel_suspension s WHERE s.certificate_id = c.matter_id AND s.begun_on <= %(on)s
            AND (s.ended_on IS NULL OR s.ended_on > %(on)s))) ORDER BY c.valid_to DESC, c.number) AS cards
    FROM personnel_certificate c
    WHERE c.valid_from <= %(on)s AND (c.ended_on IS NULL OR c.ended_on > %(on)s) GROUP BY c.officer_id
)
SELECT DISTINCT ON (t.officer_id) t.department_id, t.officer_id, o.name, t.position, held.cards
FROM there t JOIN personnel_officer o ON o.id = t.officer_id LEFT JOIN held ON held.officer_id = t.officer_id
WHERE %(departments)s::bigint[] IS NULL OR t.department_id = ANY(%(departments)s)
ORDER BY t.officer_id, t.begun_on DESC NULLS LAST
"""


def frozen(on: dt.date, departments: Sequence[int] | None) -> list[Frozen]:
    """Who was on duty on the day, where, and with which certificates: one statement."""
    given = {"on": on, "departments": list(departments) if departments is not None else None}
    with connection.cursor() as cursor:
        cursor.execute(THERE, given)
        rows = cursor.fetchall()
    return [
        Frozen(department, key, name, tuple(part for part in (position, *_cards(cards, on)) if part))
        for department, key, name, position, cards in rows
    ]


def _cards(cards: Any, on: dt.date) -> list[str]:
    found = json.loads(cards) if isinstance(cards, str) else cards
    if not found:
        return [_gettext("没有执法证")]
    return [_card(number, fields, last, suspended=suspended, on=on) for number, fields, last, suspended in found]


def _card(number: str, fields: str, last: str, *, suspended: bool, on: dt.date) -> str:
    if suspended:
        state = _gettext("暂扣中")
    elif dt.date.fromisoformat(last) < on:
        state = _gettext("%(day)s 已到期") % {"day": last}
    else:
        state = _gettext("有效期至 %(day)s") % {"day": last}
    return _gettext("执法证 %(number)s（%(fields)s，%(state)s）") % {"number": number, "fields": fields, "state": state}


def look(lines: Sequence[Any], department: int) -> dict[int, Now]:
    """How each officer stands today: four statements, however many lines."""
    keys = [line.key for line in lines]
    found = {
        one.pk: one
        for one in Officer.objects.filter(pk__in=keys)
        .select_related("department")
        .prefetch_related("certificates__suspensions", "postings")
    }
    today = timezone.localdate()
    return {key: _now(found.get(key), department, today) for key in keys}


def _now(officer: Officer | None, department: int, today: dt.date) -> Now:
    if officer is None:
        return Now(_gettext("登记已不在"), "withdrawn", gone=_gettext("登记已不在"))
    if officer.department_id != department and officer.active:
        words = _gettext("已调往%(department)s") % {"department": officer.department.short_name}
        return Now(words, "withdrawn", gone=words)
    if not officer.active:
        last = next((one for one in officer.postings.all() if one.ended_on), None)
        words = _gettext("已离岗")
        if last is not None:
            words = _gettext("%(day)s 离岗：%(kind)s") % {
                "day": last.ended_on.isoformat() if last.ended_on else "",
                "kind": last.get_ending_display(),
            }
        return Now(words, "withdrawn", gone=words)
    return _on_duty(officer, today)


def _on_duty(officer: Officer, today: dt.date) -> Now:
    doubts = [] if officer.identity_hash else [_gettext("没有登记公民身份号码")]
    live = [one for one in officer.certificates.all() if one.ended_on is None]
    if not live:
        return Now(_gettext("在岗，没有执法证"), "open", doubts=(*doubts, _gettext("没有执法证")))
    best = max(live, key=lambda one: (one.state == Certificate.State.ISSUED, one.valid_to, one.pk))
    shape, words = standing(best, today)
    if shape in {"red", "pause", "open"}:
        doubts.append(_gettext("执法证 %(number)s：%(words)s") % {"number": best.number, "words": words})
    return Now(_gettext("在岗，执法证%(words)s") % {"words": words}, shape, doubts=tuple(doubts))


def newcomers(department: int, keys: Sequence[int]) -> list[str]:
    """Who came to the department after the list was frozen, and is not on it."""
    rows = Officer.objects.filter(department=department, active=True).exclude(pk__in=keys)
    return list(rows.order_by("name", "pk").values_list("name", flat=True)[:200])


def officer_of(line: Any) -> Officer:
    """The officer behind a line."""
    return Officer.objects.select_related("department").get(pk=line.key)


ENDINGS = [(value, label) for value, label in Posting.Ending.choices if value != Posting.Ending.CHANGE]


@dataclass(frozen=True)
class Leave:
    """He has left his post; the register did not know it yet."""

    ending: str = entry(_("离岗情形"), "choice", options=lambda _subject, _actor: ENDINGS, law=("ZJX-02",))
    left_on: dt.date = entry(_("离岗后的第一天"), "date", help=_("不能在将来"))
    ground: str = entry(_("缘由和文件"), longest=150, help=_("例如：某局任免文件的文号和日期"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """The register asks the rest."""
        return {} if self.ground.strip() else {"ground": _gettext("请写明缘由和文件。")}


def _leave(attempt: Attempt[Any, Leave]) -> Done:
    given, officer = attempt.data, officer_of(attempt.subject)
    ground = _gettext("资格清理：%(ground)s") % {"ground": given.ground.strip()}
    held = officer.certificates.filter(state=Certificate.State.ISSUED).count()
    try:
        leave(officer, on=given.left_on, ending=given.ending, ground=ground, actor=attempt.actor)
    except StaffProblem as problem:
        field = {"on": "left_on"}.get(problem.field, problem.field)
        raise Invalid({field: str(problem)}) from problem
    words = _gettext("%(day)s 离岗（%(kind)s），收回执法证 %(count)d 个") % {
        "day": given.left_on.isoformat(),
        "kind": Posting.Ending(given.ending).label,
        "count": held,
    }
    return Done(words)


@dataclass(frozen=True)
class Correct:
    """What the register should say."""

    wrong: str = entry(_("错在哪里"), "long", longest=90, help=_("记入人员登记的历史"))
    name: str = entry(_("姓名"), longest=40)
    gender: str = entry(_("性别"), "choice", default="", options=lambda _subject, _actor: Officer.Gender.choices)
    position: str = entry(_("职务"), default="", longest=60)
    phone: str = entry(_("手机"), default="", longest=20)
    identity: str = entry(_("公民身份号码"), default="", longest=20, help=_("要更正的填全部 18 位，不改的留空"))

    def problems(self, _attempt: Attempt[Any, Any]) -> dict[str, str]:
        """What the form tells field by field."""
        found: dict[str, str] = {}
        if not self.wrong.strip():
            found["wrong"] = _gettext("请写明错在哪里。")
        if not self.name.strip():
            found["name"] = _gettext("请填姓名。")
        number = "".join(self.identity.split()).upper()
        if number and (sentence := identity_error(number)):
            found["identity"] = str(sentence)
        return found


def as_registered(line: Any, _actor: Any) -> dict[str, Any]:
    """What the form begins with; the number is never shown."""
    officer = officer_of(line)
    return {
        "name": officer.name,
        "gender": officer.gender,
        "position": officer.position,
        "phone": officer.phone,
    }


def _correct(attempt: Attempt[Any, Correct]) -> Done:
    given = attempt.data
    officer = Officer.objects.select_for_update(no_key=True).get(pk=attempt.subject.key)
    new = {
        "name": given.name.strip(),
        "gender": given.gender,
        "position": given.position.strip(),
        "phone": given.phone.strip(),
        "identity": "".join(given.identity.split()).upper() or officer.identity,
    }
    changed = [name for name, value in new.items() if getattr(officer, name) != value]
    if not changed:
        raise Invalid({"name": _gettext("没有改动：请填正确的内容；登记没有错的，选“核实无误”。")})
    if not officer.active:
        raise Invalid({"name": _gettext("%(name)s已不在岗，不能在这里更正。") % {"name": officer.name}})
    for name, value in new.items():
        setattr(officer, name, value)
    reason = _gettext("资格清理：%(wrong)s") % {"wrong": given.wrong.strip()}
    try:
        save_officer(officer, department=officer.department, actor=attempt.actor, reason=reason[:100])
    except StaffProblem as problem:
        raise Invalid({problem.field if problem.field in new else "name": str(problem)}) from problem
    labels = "、".join(str(Officer._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]  # concrete fields only
    return Done(_gettext("更正了%(fields)s") % {"fields": labels})


def certificates_of(line: Any, _actor: Any) -> Any:
    """His certificates that have not ended."""
    return Certificate.objects.filter(officer=line.key, ended_on=None).order_by("-valid_to", "pk")


@dataclass(frozen=True)
class Cancel:
    """A certificate that should not be held any longer, though its holder stays."""

    certificate: int = entry(_("执法证"), "record", options=certificates_of)
    reason: str = entry(_("应当注销的理由"), "long", longest=500, help=_("写明事实和依据，例如：不再从事执法工作"))

    def problems(self, attempt: Attempt[Any, Any]) -> dict[str, str]:
        """The certificate is his."""
        found: dict[str, str] = {}
        if not self.reason.strip():
            found["reason"] = _gettext("请写明理由。")
        if not certificates_of(attempt.subject, attempt.actor).filter(pk=self.certificate).exists():
            found["certificate"] = _gettext("这个执法证不在可选范围内，请重新选择。")
        return found


def only_one(line: Any, actor: Any) -> dict[str, Any]:
    """Chosen already where there is one only."""
    keys = list(certificates_of(line, actor).values_list("pk", flat=True)[:2])
    return {"certificate": keys[0]} if len(keys) == 1 else {}


def _cancel(attempt: Attempt[Any, Cancel]) -> Done:
    certificate = Certificate.objects.get(pk=attempt.data.certificate)
    words = _gettext("执法证 %(number)s 应当注销：%(reason)s") % {
        "number": certificate.number,
        "reason": attempt.data.reason.strip(),
    }
    return Done(words, certificate.pk)


def put_forward(lines: Sequence[Any], actor: Any) -> list[str]:
    """The bureau's next step for each certificate that should go: suspending, then cancelling, each to be approved."""
    told = []
    wanted = {line.about: line for line in lines}
    for certificate in Certificate.objects.filter(pk__in=list(wanted), ended_on=None).order_by("pk"):
        held = certificate.state == Certificate.State.ISSUED
        action = certificate_actions.SUSPEND if held else certificate_actions.CANCEL
        line = wanted[certificate.pk]
        ground = _gettext("资格清理：%(note)s") % {"note": line.note}
        try:
            proposals.request(certificate, action, actor=actor, data=certificate_actions.Ground(ground))
        except DoorError as error:
            told.append(f"{line.title}（{certificate.number}）：{error.sentence}")
        else:
            told.append(
                _gettext("%(name)s（%(number)s）：已提请%(action)s")
                % {"name": line.title, "number": certificate.number, "action": action.label}
            )
    return told


def certificate_ended() -> Any:
    """Condition on a line: the certificate it is about has ended."""
    return Exists(Certificate.objects.filter(pk=OuterRef("about"), ended_on__isnull=False))


OFFICERS = ListKind(
    key="officers",
    label=_("执法人员"),
    unit=_("人"),
    freeze=frozen,
    look=look,
    newcomers=newcomers,
    url=lambda key: reverse("personnel:officer", args=[key]),
    law=("JD-14", "ZJX-02"),
    findings=(
        Finding("left", _("已离岗，登记离岗并收回执法证"), _("离岗收证"), Leave, _leave, law=("ZJX-02",)),
        Finding(
            "corrected",
            _("信息有误，更正登记"),
            _("更正登记"),
            Correct,
            _correct,
            initial=as_registered,
            law=("JD-14",),
        ),
        Finding(
            "cancel",
            _("执法证应当注销"),
            _("应当注销"),
            Cancel,
            _cancel,
            initial=only_one,
            law=("JD-14", "ZJX-02"),
            follow_up=put_forward,
            follow_label=_("提请暂扣、注销"),
            settled=certificate_ended,
        ),
    ),
)
