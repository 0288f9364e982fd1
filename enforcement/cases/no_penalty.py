"""The decision not to punish (处罚法57条1款2项、3项, 30, 31, 33, 36条): gates, what it does, the action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import data as forms
from enforcement.cases import gates, standards
from enforcement.cases.actions import HEADS, OFFICER, evidence_text
from enforcement.cases.bodies import number_paper
from enforcement.cases.data.no_penalty import GUARDED
from enforcement.cases.duplicates import same_parties
from enforcement.cases.remedies import remedies_text
from enforcement.models import Case, Decision, EnforcementAct, Party
from portal.accounts.identity import birth_date
from portal.workflow import registry
from portal.workflow.actions import Action, Attempt, Gate

S = EnforcementAct.State
G = Decision.Ground
GROWN_UP = 14
ACT = "《中华人民共和国行政处罚法》"
PENALTY_ACT = {
    G.NOT_PROVEN: "第五十七条第一款第（三）项",
    G.MINOR: "第三十三条第一款、第五十七条第一款第（二）项",
    G.FIRST: "第三十三条第一款、第五十七条第一款第（二）项",
    G.NO_FAULT: "第三十三条第二款",
    G.UNDER_AGE: "第三十条",
    G.NO_CAPACITY: "第三十一条",
    G.TOO_LATE: "第三十六条",
}
NoPenaltyAttempt = Attempt[Case, forms.NoPenalty]


def basis_of(ground: str) -> str:
    """The provision behind a ground."""
    return ACT + PENALTY_ACT[G(ground)]


def _ground_fits(attempt: NoPenaltyAttempt) -> bool | str:
    ground, case = attempt.data.ground, attempt.subject
    if ground in GUARDED:
        return _person(attempt)
    if ground == G.TOO_LATE:
        return _too_late(case, attempt.on)
    if ground == G.FIRST and not attempt.data.first_answer.strip():
        return _first(case)
    return True


def _person(attempt: NoPenaltyAttempt) -> bool | str:
    case = attempt.subject
    parties = list(case.parties.all())
    others = [party.name for party in parties if party.kind != Party.Kind.NATURAL]
    if others:
        return _t("%(names)s不是自然人，不适用这一情形。") % {"names": "、".join(others)}
    if attempt.data.ground != G.UNDER_AGE:
        return True
    return next((words for party in parties if (words := _age_words(party, case))), True)


def _age_words(party: Party, case: Case) -> str:
    """Why a party is not under fourteen on the day of the act, or why that cannot be seen."""
    born = party.born_on or (birth_date(party.identity) if party.identity else None)
    done = case.ended_on or case.occurred_on
    if born is None:
        return _t("没有登记%(name)s的公民身份号码，看不出行为时的年龄。") % {"name": party.name}
    if done is None:
        return _t("没有登记违法行为发生日，看不出%(name)s行为时的年龄。") % {"name": party.name}
    birthday = gates.years_later(born, GROWN_UP)
    if done < birthday:
        return ""
    return _t("%(name)s %(day)s 满十四周岁，行为发生在 %(done)s，应当从轻或者减轻处罚，不是不予处罚。") % {
        "name": party.name,
        "day": birthday.isoformat(),
        "done": done.isoformat(),
    }


def _too_late(case: Case, on: dt.date) -> bool | str:
    last = gates.last_day_of_prosecution(case)
    if last is None:
        return _t("没有登记违法行为发生日，看不出是否超过追责期限。")
    discovered = case.discovered_on or on
    if discovered > last:
        return True
    return _t("违法行为在 %(found)s 发现，追责期限到 %(last)s 才届满，没有超过。") % {
        "found": discovered.isoformat(),
        "last": last.isoformat(),
    }


def _first(case: Case) -> bool | str:
    earlier = earlier_penalties(case)
    if not earlier:
        return True
    which = "、".join(
        f"{decision.act.department.short_name} {decision.decided_on.isoformat() if decision.decided_on else ''}"
        for decision in earlier
    )
    return _t("平台上有这名当事人的处罚决定：%(which)s。请写明为什么仍是初次违法。") % {"which": which}


def earlier_penalties(case: EnforcementAct) -> list[Decision]:
    """Penalties in force on one of the parties, in any department, the newest first; ten at most."""
    acts = EnforcementAct.objects.filter(same_parties(case)).exclude(pk=case.pk)
    found = Decision.objects.filter(
        act__in=acts, ground="", outcome=Decision.Outcome.IN_FORCE, decided_on__isnull=False
    )
    return list(found.select_related("act__department").order_by("-decided_on", "-pk")[:10])


def decide_not_to_punish(attempt: NoPenaltyAttempt) -> None:
    """A decision without a penalty: numbered, to be served and disclosed like any other."""
    case, data = attempt.subject, attempt.data
    case.decided_on = attempt.on
    proven = data.ground != G.NOT_PROVEN
    reasons = [data.reasons, data.corrected, data.outside_list, data.first_answer]
    decision = Decision.objects.create(
        act=case,
        notice=gates.current_notice(case),
        decided_on=attempt.on,
        facts=data.facts.strip(),
        evidence=data.evidence.strip(),
        violated=case.proposed_violated if proven else "",
        basis=basis_of(data.ground),
        reasons="\n".join(text.strip() for text in reasons if text.strip()),
        content=forms.UNPUNISHED,
        remedies=remedies_text(attempt.matter.department),
        ground=data.ground,
        lenience=_listed(case, data),
        education=data.education.strip(),
        guardian=data.guardian.strip() if data.ground in GUARDED else "",
        hearing_opinion=data.hearing_opinion.strip(),
    )
    attempt.fact("case.decided", about=decision.about, value={"no_penalty": True})
    for party in case.parties.all():
        attempt.fact("decision.to_serve", about=f"{decision.about} {party.about}")
    attempt.paper(
        "enforcement.no_penalty_letter", about=decision.about, then=lambda paper: number_paper(decision, paper)
    )
    attempt.label(ground=data.ground)


def _listed(case: Case, data: forms.NoPenalty) -> str:
    """Which entries of the list of what is not punished are applied, in the language of the papers."""
    chosen = set(data.leniencies)
    entries = [one for one in standards.no_penalty_entries(case, None) if one.pk in chosen]
    return "\n".join(f"符合本机关不予处罚清单“{one.entry.title}”的情形（{one.ground}）。" for one in entries)


def _initial(case: Case, _actor: Any) -> dict[str, Any]:
    return {"facts": case.found_facts, "evidence": evidence_text(case)}


ground_fits = Gate(
    "no_penalty_ground",
    _("不属于所选的不予处罚情形"),
    ("处罚法30条", "处罚法31条", "CF-30", "CF-22"),
    _ground_fits,
    needs_data=True,
)
NO_PENALTY: Action[Case, forms.NoPenalty] = Action(
    key="enforcement.case.no_penalty",
    label=_("决定不予处罚"),
    model=Case,
    source=frozenset({S.INVESTIGATED.value, S.NOTIFIED.value}),
    target=S.NO_PENALTY.value,
    roles=HEADS,
    proposes=OFFICER,
    data=forms.NoPenalty,
    initial=_initial,
    gates=(
        gates.two_certified_now,
        gates.party_addressed,
        gates.remedy_body_known,
        ground_fits,
        gates.decider_did_not_handle,
    ),
    body=decide_not_to_punish,
    facts=("case.decided", "decision.to_serve"),
    papers=("enforcement.no_penalty_letter",),
    law=("处罚法57条1款", "CF-30"),
    rare=True,
)


def register() -> None:
    """Put the action on the register."""
    registry.register(NO_PENALTY)
