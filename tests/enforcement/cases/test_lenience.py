"""Lighter and reduced penalties: a table of what was found and what is decided, which gate answers, which article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from enforcement.cases import actions
from enforcement.cases import lenience as steps
from enforcement.cases.data.lenience import Mitigate, Unmitigate
from enforcement.cases.lenience import lenience_text
from enforcement.catalogue import actions as catalogue
from enforcement.catalogue import forms, queries
from enforcement.catalogue.models import AppliedTier
from enforcement.models import Case, Circumstance, Decision, Party
from portal.documents.models import Document
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.catalogue import scenes as lists
from tests.enforcement.cases.test_no_penalty import decided, form_of
from tests.enforcement.review import scenes as review

pytestmark = pytest.mark.django_db
FOUND = "8 月 5 日主动召回已售酸奶（虚构）"


def remedied(case: Case, **changes: Any) -> Mitigate:
    """The harm was undone: lighter."""
    party = Party.objects.filter(act=case.pk).order_by("pk")[0]
    made = Mitigate(
        party=party.pk, ground="remedied", effect="lighter", facts=FOUND, reasons="主动消除了危害后果（虚构）"
    )
    return replace(made, **changes)


def find(cast: Cast, case: Case, day: dt.date = scene.CONCLUDED, **changes: Any) -> Circumstance:
    """Found by Chen."""
    with scene.on(day, 11):
        perform(_again(case), steps.MITIGATE, actor=fresh(cast.officer), data=remedied(case, **changes))
    return Circumstance.objects.latest("pk")


def drop(cast: Cast, row: Circumstance, day: dt.date) -> None:
    """It no longer counts."""
    case = Case.objects.get(pk=row.act_id)
    with scene.on(day, 12):
        form = Unmitigate(circumstance=row.pk, reason="召回单据系伪造（虚构）")
        perform(case, steps.UNMITIGATE, actor=fresh(cast.officer), data=form)


def _again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def unmet(attempt: Any) -> dict[str, str]:
    """The gates an attempt is blocked by."""
    with pytest.raises(Blocked) as blocked:
        attempt()
    assert all(one.citation for one in blocked.value.unmet)
    return {one.gate: one.sentence for one in blocked.value.unmet}


@dataclass(frozen=True)
class Row:
    """State in words with its article; what was found; tier by place and fine; blocked by; words of the sentence."""

    state: str
    found: tuple[dict[str, Any], ...]
    tier: int
    fine: int
    gate: str = ""
    words: str = ""
    form: dict[str, Any] = field(default_factory=dict)


TABLE = [
    # the scenes' benchmark: 较轻 1,000 to 4,000, 一般 to 10,000, 严重 to 20,000
    Row("在阶次之内，没有情节：34条", (), 1, 6000),
    Row("低于阶次下限，没有情节：32条", (), 1, 3000, "inside_tier", "认定了减轻处罚的情节"),
    Row("低于下限，只写理由：32条", (), 1, 3000, "inside_tier", "认定了减轻", {"tier_reason": "经营困难（虚构）"}),
    Row("低于下限，只有从轻情节：32条1项", ({},), 1, 3000, "inside_tier", "认定了减轻处罚的情节"),
    Row("低于下限，有减轻情节：32条1项", ({"effect": "reduced"},), 1, 3000),
    Row("两项情节，一项减轻：32条1项、3项", ({}, {"ground": "confessed", "effect": "reduced"}), 1, 3000),
    Row("高于阶次上限，减轻情节不是理由：34条", ({"effect": "reduced"},), 0, 6000, "inside_tier", "须写明理由"),
    Row("高于阶次上限，写明理由：34条", (), 0, 6000, "", "", {"tier_reason": "拒不改正（虚构）"}),
]


@pytest.mark.parametrize("row", TABLE, ids=[row.state for row in TABLE])
def test_below_its_tier_a_penalty_needs_a_ground_that_reduces(cast: Cast, row: Row) -> None:
    lists.done(cast, lists.item_entry(cast), catalogue.BENCHMARK, lists.benchmark_data())
    case = scene.filed(cast)
    for changes in row.found:
        find(cast, case, **changes)
    tier = list(queries.tiers_of(case))[row.tier]
    form = scene.conclude_data(tier=tier.pk, fine=Decimal(row.fine), **row.form)

    def conclude() -> None:
        with scene.on(scene.CONCLUDED, 12):
            perform(_again(case), actions.CONCLUDE, actor=fresh(cast.officer), data=form)

    with scene.on(scene.CONCLUDED):
        perform(_again(case), actions.ADD_EVIDENCE, actor=fresh(cast.officer), data=scene.evidence_data())
    if row.gate:
        assert row.words in unmet(conclude)[row.gate]
        return
    conclude()
    kept = AppliedTier.objects.get()
    assert kept.inside or kept.reason


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"facts": " "}, "facts"),
        ({"reasons": ""}, "reasons"),
        ({"ground": ""}, "ground"),
        ({"effect": "heavier"}, "effect"),
        ({"party": 0}, "party"),
        ({"ground": "by_law"}, "provision"),
        ({"provision": "某条"}, "provision"),
        ({"ground": "listed"}, "leniency"),
        ({"leniency": 1}, "leniency"),
        ({"on": dt.date(1, 1, 1)}, "on"),
        ({"on": dt.date(2099, 1, 1)}, "on"),
    ],
)
def test_each_circumstance_is_whole(cast: Cast, changes: dict[str, Any], name: str) -> None:
    case = scene.filed(cast)
    with pytest.raises(Invalid) as refused:
        find(cast, case, **changes)
    assert name in refused.value.fields


def test_the_same_circumstance_does_not_count_twice(cast: Cast) -> None:
    case = scene.filed(cast)
    row = find(cast, case)
    assert set(unmet(lambda: find(cast, case))) == {"not_counted_twice"}
    drop(cast, row, scene.CONCLUDED)
    again = find(cast, case)
    assert again.pk != row.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Circumstance.objects.filter(pk=row.pk).update(withdrawn_on=None, withdrawn_reason="")


def test_a_listed_circumstance_has_the_effect_and_the_day_of_its_list(cast: Cast) -> None:
    entry = listed(cast, "reduced")
    late = listed(cast, "reduced", code="L-2", effective_from=scene.FILED + dt.timedelta(days=30))
    case = scene.filed(cast)
    given: dict[str, Any] = {"ground": "listed", "leniency": entry}
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"effect": "lighter"}, "effect"),
        ({"effect": "reduced", "leniency": late}, "leniency"),
    )
    for changes, name in wrong:
        with pytest.raises(Invalid) as refused:
            find(cast, case, **given | changes)
        assert name in refused.value.fields
    find(cast, case, ground="listed", leniency=entry, effect="reduced")
    assert "减免责清单“当场改正（虚构）”" in lenience_text(case)


def listed(cast: Cast, name: str, **changes: Any) -> int:
    """An entry of the department's list, in force since long; the key of its version."""
    form = forms.AddLeniency(
        code="L-1", name="当场改正（虚构）", list_name=name, circumstances="当场改正", ground="示例清单（虚构）",
        effective_from=lists.SINCE, reason="设定",
    )  # fmt: skip
    found = lists.done(cast, None, catalogue.ADD_LENIENCY, replace(form, **changes))
    return int(found.leniency_versions.get().pk)


def decide(cast: Cast, case: Case, **changes: Any) -> Any:
    """Put forward by Chen."""
    with scene.on(scene.DECIDED):
        form = scene.decide_data(case, **changes)
        return proposals.request(_again(case), actions.DECIDE, actor=fresh(cast.officer), data=form)


def test_notice_and_decision_say_each_circumstance_with_its_reasons(cast: Cast) -> None:
    case = scene.investigated(cast)
    find(cast, case, scene.NOTIFIED)
    case = told(cast, case)
    proposal = decide(cast, case)
    with scene.on(scene.DECIDED):
        proposals.approve(proposal, actor=fresh(cast.head))
    line = (
        "当事人主动消除或者减轻违法行为危害后果：8 月 5 日主动召回已售酸奶（虚构）。主动消除了危害后果（虚构）。"
        "依据《中华人民共和国行政处罚法》第三十二条第（一）项，予以从轻处罚。"
    )
    for kind in ("enforcement.notice_letter", "enforcement.decision_letter"):
        assert line in Document.objects.get(kind=kind).context["content"]["discretion"]
    assert Decision.objects.get(act=case.pk).lenience == line


def test_what_the_notice_promised_cannot_fall_away_without_a_new_notice(cast: Cast) -> None:
    case = scene.investigated(cast)
    row = find(cast, case, scene.NOTIFIED)
    case = told(cast, case)
    drop(cast, row, scene.SERVED)
    assert "重新告知" in unmet(lambda: decide(cast, case))["told_lenience_stands"]
    find(cast, case, scene.SERVED)
    assert decide(cast, case).state == "requested"


def told(cast: Cast, case: Case) -> Case:
    """Notified and served."""
    with scene.on(scene.NOTIFIED):
        form = scene.notify_data(case)
        proposal = proposals.request(_again(case), actions.NOTIFY, actor=fresh(cast.officer), data=form)
        proposals.approve(proposal, actor=fresh(cast.head))
        scene.render_all()
    with scene.on(scene.SERVED):
        served = scene.serve_data(case, scene.SERVED)
        perform(_again(case), actions.SERVE_NOTICE, actor=fresh(cast.officer), data=served)
    return _again(case)


def test_exactly_the_reviewed_lenience_is_decided(cast: Cast) -> None:
    case = scene.notice_served(cast)
    review.passed(cast, case)
    find(cast, case, review.REVIEWED)
    found = unmet(lambda: decide(cast, case, complicated=True))
    assert "从轻、减轻情节" in found["review_passed"]


@pytest.mark.parametrize(
    ("born", "ground", "gate"),
    [
        (dt.date(2011, 8, 5), "", "不予处罚"),  # thirteen on the day of the act: 30条
        (dt.date(2011, 8, 4), "", "应当从轻或者减轻"),  # fourteen that very day
        (dt.date(2007, 8, 5), "remedied", "应当从轻或者减轻"),  # another ground is not this one
        (dt.date(2007, 8, 5), "minor", ""),
        (dt.date(2007, 8, 4), "", ""),  # eighteen that day
    ],
)
def test_the_age_on_the_day_of_the_act_is_heeded(cast: Cast, born: dt.date, ground: str, gate: str) -> None:
    case = scene.investigated(cast, party_kind="natural", credit_code="", occurred_on=dt.date(2025, 8, 4))
    Party.objects.filter(act=case.pk).update(born_on=born, identity="", identity_hash="")
    if ground:
        find(cast, case, scene.NOTIFIED, ground=ground)

    def notify() -> Any:
        with scene.on(scene.NOTIFIED):
            form = scene.notify_data(case)
            return proposals.request(_again(case), actions.NOTIFY, actor=fresh(cast.officer), data=form)

    if gate:
        assert gate in unmet(notify)["age_heeded"]
    else:
        assert notify().state == "requested"


def test_others_do_not_find_circumstances(cast: Cast) -> None:
    case = scene.filed(cast)
    for stranger in (cast.legal, cast.supervisor):
        with pytest.raises(Forbidden):
            perform(_again(case), steps.MITIGATE, actor=fresh(stranger), data=remedied(case))


def test_what_is_not_punished_names_the_entry_of_its_list(cast: Cast) -> None:
    entry = listed(cast, "no_penalty")
    case = scene.investigated(cast)
    decided(cast, case, form_of(leniencies=(entry,)))
    letter = Document.objects.get(kind="enforcement.no_penalty_letter")
    assert "不予处罚清单“当场改正（虚构）”" in letter.context["content"]["reasons"]
