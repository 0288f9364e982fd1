"""Lighter and reduced penalties (处罚法30至32条): circumstances found one by one, in words on every paper, and their gates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases.data import lenience as forms
from enforcement.cases.gates import years_later
from enforcement.cases.sections import CaseSection
from enforcement.models import Case, Circumstance, EnforcementAct, Party, PenaltyNotice
from portal.accounts.identity import birth_date
from portal.accounts.roles import Role
from portal.theme.components import Cell, Column, Table
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt, Gate

S = EnforcementAct.State
G = Circumstance.Ground
PUNISHABLE, GROWN_UP = 14, 18
ACT = "《中华人民共和国行政处罚法》"
# What the law says of each, in the language of the papers.
SAID = {
    G.MINOR: ("是已满十四周岁不满十八周岁的未成年人", ACT + "第三十条"),
    G.CAPACITY: ("是尚未完全丧失辨认或者控制自己行为能力的人", ACT + "第三十一条"),
    G.REMEDIED: ("主动消除或者减轻违法行为危害后果", ACT + "第三十二条第（一）项"),
    G.COERCED: ("受他人胁迫或者诱骗实施违法行为", ACT + "第三十二条第（二）项"),
    G.CONFESSED: ("主动供述行政机关尚未掌握的违法行为", ACT + "第三十二条第（三）项"),
    G.MERIT: ("配合行政机关查处违法行为有立功表现", ACT + "第三十二条第（四）项"),
}
EFFECT = {Circumstance.Effect.LIGHTER: "从轻处罚", Circumstance.Effect.REDUCED: "减轻处罚"}
CaseAttempt = Attempt[Case, Any]


def lenience_text(case: Any) -> str:
    """The circumstances that count, a line each: what, by which provision, with which effect, on which facts, why."""
    rows = list(forms.standing(case, None))
    several = bool(rows) and case.parties.count() > 1
    return "\n".join(_line(row, several=several) for row in rows)


def _line(row: Circumstance, *, several: bool) -> str:
    who = row.party.name if several else "当事人"
    if row.entry is not None:
        what, law = f"符合本机关减免责清单“{row.entry.entry.title}”的情形", row.entry.ground
    elif row.ground == G.BY_LAW:
        what, law = "有法律、法规、规章规定的其他情形", f"{ACT}第三十二条第（五）项、{row.provision}"
    else:
        what, law = SAID[G(row.ground)]
    effect = EFFECT[Circumstance.Effect(row.effect)]
    return f"{who}{what}：{_flat(row.facts)}。{_flat(row.reasons)}。依据{law}，予以{effect}。"


def _flat(text: str) -> str:
    return "；".join(line.strip().rstrip("。；") for line in text.splitlines() if line.strip())


def standing_entries(case: Any) -> list[int]:
    """The entries of the department's list among the circumstances that count."""
    found = forms.standing(case, None).exclude(entry=None)
    return list(found.values_list("entry", flat=True))


def is_reduced(case: Any) -> bool:
    """Whether some circumstance lets the penalty go below its range."""
    return bool(forms.standing(case, None).filter(effect=Circumstance.Effect.REDUCED).exists())


def _age_heeded(attempt: CaseAttempt) -> bool | str:
    case = attempt.subject
    done = case.ended_on or case.occurred_on
    if done is None:
        return True
    parties = list(case.parties.all())
    people = [party for party in parties if party.kind == Party.Kind.NATURAL]
    return next((words for party in people if (words := _age_words(case, party, done, alone=len(parties) == 1))), True)


def _age_words(case: Case, party: Party, done: dt.date, *, alone: bool) -> str:
    born = party.born_on or (birth_date(party.identity) if party.identity else None)
    if born is None or done >= years_later(born, GROWN_UP):
        return ""
    if done < years_later(born, PUNISHABLE):
        # Beside others who are punished, the decision itself says that he is not.
        return (
            ""
            if not alone
            else _t("%(name)s行为时不满十四周岁，应当决定不予处罚，责令监护人加以管教。") % {"name": party.name}
        )
    if forms.standing(case, None).filter(party=party, ground=G.MINOR).exists():
        return ""
    return _t("%(name)s行为时不满十八周岁，应当从轻或者减轻处罚：请先认定这一情节。") % {"name": party.name}


def _told_lenience_stands(attempt: CaseAttempt) -> bool | str:
    notice = PenaltyNotice.objects.filter(case=attempt.subject.pk, replaced_by=None).order_by("-pk").first()
    now = set(lenience_text(attempt.subject).splitlines())
    gone = [line for line in (notice.lenience.splitlines() if notice else ()) if line not in now]
    if not gone:
        return True
    return _t("告知书写明的从轻、减轻情节已不再适用：%(line)s。变更理由的，应当重新告知。") % {
        "line": gone[0].rstrip("。")
    }


def _some_standing(attempt: CaseAttempt) -> bool:
    return bool(forms.standing(attempt.subject, None).exists())


def _not_counted_twice(attempt: CaseAttempt) -> bool:
    data = attempt.data
    same = forms.standing(attempt.subject, None).filter(
        party=data.party, ground=data.ground, entry=data.leniency, provision=data.provision.strip()[:200]
    )
    return not same.exists()


age_heeded = Gate("age_heeded", _("当事人行为时未成年"), ("处罚法30条",), _age_heeded)
told_lenience_stands = Gate(
    "told_lenience_stands", _("告知的从轻、减轻情节已不再适用"), ("CF-13", "CF-14"), _told_lenience_stands
)
some_standing = Gate("some_circumstance", _("没有认定从轻、减轻情节"), ("处罚法32条",), _some_standing)
not_counted_twice = Gate(
    "not_counted_twice", _("同一情节已经认定，不能重复"), ("处罚法32条",), _not_counted_twice, needs_data=True
)


def mitigate(attempt: Attempt[Case, forms.Mitigate]) -> None:
    """The circumstance counts from now on, on every paper made from now on."""
    data = attempt.data
    made = Circumstance.objects.create(
        act=attempt.subject,
        party_id=data.party,
        ground=data.ground,
        entry_id=data.leniency,
        provision=data.provision.strip()[:200],
        effect=data.effect,
        facts=data.facts.strip(),
        reasons=data.reasons.strip(),
        recorded_on=attempt.on,
    )
    attempt.fact("case.mitigated", about=f"circumstance:{made.pk}", value={"effect": data.effect})
    attempt.label(ground=data.ground, effect=data.effect)


def unmitigate(attempt: Attempt[Case, forms.Unmitigate]) -> None:
    """It no longer counts; it stays on record."""
    row = forms.standing(attempt.subject, None).get(pk=attempt.data.circumstance)
    row.withdrawn_on, row.withdrawn_reason = attempt.on, attempt.data.reason.strip()
    row.save()
    attempt.fact("case.unmitigated", about=f"circumstance:{row.pk}")
    attempt.label(ground=row.ground)


def _initial(case: Case, _actor: Any) -> dict[str, Any]:
    only = list(case.parties.values_list("pk", flat=True)[:2])
    return {"party": only[0]} if len(only) == 1 else {}


BEFORE_DECISION = frozenset({S.FILED.value, S.INVESTIGATED.value, S.NOTIFIED.value})
WHO = frozenset({Role.OFFICER.value, Role.HEAD.value, Role.DEPUTY.value})
MITIGATE: Action[Case, forms.Mitigate] = Action(
    key="enforcement.case.mitigate",
    label=_("认定从轻、减轻情节"),
    model=Case,
    source=BEFORE_DECISION,
    target=None,
    roles=WHO,
    data=forms.Mitigate,
    initial=_initial,
    gates=(not_counted_twice,),
    body=mitigate,
    facts=("case.mitigated",),
    law=("处罚法30条", "处罚法31条", "处罚法32条"),
    rare=True,
)
UNMITIGATE: Action[Case, forms.Unmitigate] = Action(
    key="enforcement.case.unmitigate",
    label=_("不再适用从轻、减轻情节"),
    model=Case,
    source=BEFORE_DECISION,
    target=None,
    roles=WHO,
    data=forms.Unmitigate,
    gates=(some_standing,),
    body=unmitigate,
    facts=("case.unmitigated",),
    law=("处罚法32条",),
    later=True,
)
TOLD = ("enforcement.case.notify", "enforcement.case.renotify", "enforcement.case.decide")


def section(case: Case, _user: Any) -> CaseSection | None:
    """The circumstances on the case's page; nothing when none was found."""
    rows = list(Circumstance.objects.filter(act=case.pk).select_related("party", "entry__entry").order_by("pk"))
    if not rows:
        return None
    table = Table(
        _t("从轻、减轻情节"),
        [Column(_t("情节")), Column(_t("当事人")), Column(_t("事实和理由")), Column(_t("处理"))],
        [[_named(row), row.party.name, Cell(row.facts, small=row.reasons), _effect(row)] for row in rows],
    )
    return CaseSection("lenience", _t("从轻、减轻情节"), (), [(_t("从轻、减轻情节"), table)])


def _named(row: Circumstance) -> Cell:
    if row.entry is None:
        return Cell(str(row.get_ground_display()), small=row.provision)
    return Cell(row.entry.entry.title, small=_t("本部门清单（本地）：%(ground)s") % {"ground": row.entry.ground})


def _effect(row: Circumstance) -> Cell:
    if row.withdrawn_on is None:
        return Cell(str(row.get_effect_display()), shape="green", small=row.recorded_on.isoformat())
    return Cell(
        _t("不再适用"), shape="withdrawn", small=f"{row.withdrawn_on.isoformat()} {row.withdrawn_reason}".strip()
    )


def register() -> None:
    """Actions, and what they ask of the notice and the decision."""
    registry.register(MITIGATE, UNMITIGATE)
    for key in TOLD:
        registry.add_gate(key, age_heeded)
    registry.add_gate("enforcement.case.decide", told_lenience_stands)
