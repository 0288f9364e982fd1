"""Things held, seized, time stopped: what the tests of measures begin with. The case was filed on 2025-08-04."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.measures import actions, timing_actions
from enforcement.measures.data import custody as forms
from enforcement.measures.data import keeping
from enforcement.measures.data import records as record_forms
from enforcement.measures.data import timing as timing_forms
from enforcement.measures.models import Measure, TimeBasis
from enforcement.models import Case, EnforcementItem
from portal.attachments import store
from portal.deadlines.models import Obligation
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Invalid
from tests.case_scenes import on, render_all
from tests.cast import Cast, fresh
from tests.scenes import FIELD

SEIZED = dt.date(2025, 8, 5)
THINGS = "酸奶，200毫升/盒，6，盒，超过保质期\n电子秤，，1，台\n奶粉，散装，3.5，千克"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BM_03 = "市场监督管理行政处罚程序规定"


def moment(day: dt.date, hour: int = 9) -> dt.datetime:
    """An hour of a day in Asia/Shanghai."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def power(cast: Cast, department: Any = None) -> EnforcementItem:
    """The market bureau's power to seize, in its catalogue."""
    return EnforcementItem.objects.get_or_create(
        department=department or cast.market,
        code="Q-1",
        defaults={
            "name": "查封、扣押违法生产经营的食品（示例）",
            "kind": EnforcementItem.Kind.MEASURE,
            "field": FIELD,
            "basis": "《中华人民共和国食品安全法》第一百一十条第四项",
            "effective_from": dt.date(2020, 1, 1),
        },
    )[0]


def again(case: Case) -> Case:
    """The case as the database has it."""
    return Case.objects.get(pk=case.pk)


def approved(cast: Cast, case: Case, action: Any, form: Any) -> Case:
    """Put forward by Chen, approved by Zhao, printed."""
    proposal = proposals.request(again(case), action, actor=fresh(cast.officer), data=form)
    proposals.approve(proposal, actor=fresh(cast.head))
    render_all()
    return again(case)


def done(cast: Cast, case: Case, action: Any, form: Any, actor: Any = None) -> Case:
    """Done by Chen, or whoever is named."""
    perform(again(case), action, actor=fresh(actor or cast.officer), data=form)
    render_all()
    return again(case)


def refused(attempt: Any) -> dict[str, str]:
    """The gates an attempt is blocked by; each cites its law."""
    with pytest.raises(Blocked) as caught:
        attempt()
    assert all(one.citation for one in caught.value.unmet)
    return {one.gate: one.sentence for one in caught.value.unmet}


def mistaken(attempt: Any) -> set[str]:
    """The fields an attempt is refused for; each has a whole sentence."""
    with pytest.raises(Invalid) as caught:
        attempt()
    assert all(sentence.endswith("。") for sentence in caught.value.fields.values())
    return set(caught.value.fields)


def party_of(case: Case) -> int:
    """The only party."""
    return int(case.parties.get().pk)


def hold_data(case: Case, **changes: Any) -> forms.Hold:
    """Three lines, everything told and listed."""
    made = forms.Hold(
        party=party_of(case), things=THINGS, reason="货物可能被转移（虚构）", place="经营场所", keeper="王小虚，经营场所",
        present="party", present_name="王小虚", certificate_shown=True, rights_told=True, listed=True,
    )  # fmt: skip
    return replace(made, **changes)


def order_data(cast: Cast, case: Case, **changes: Any) -> forms.OrderSeizure:
    """A seizure of three lines by the market bureau's power."""
    made = forms.OrderSeizure(
        kind="seize", item=power(cast).pk, basis="《中华人民共和国食品安全法》第一百一十条第四项", party=party_of(case),
        reason="经营超过保质期的食品，须扣押涉案物品（虚构）", place="经营场所", keeper="示例仓库", things=THINGS,
        related=True, no_necessities=True, not_elsewhere=True,
    )  # fmt: skip
    return replace(made, **changes)


ON_SITE: dict[str, Any] = {
    "two_officers": True,
    "certificate_shown": True,
    "told": True,
    "recorded": True,
    "handed": True,
}


def carry_data(measure: Measure, day: dt.date = SEIZED, **changes: Any) -> forms.CarryOut:
    """At ten in the morning, the party there."""
    made = forms.CarryOut(
        measure=measure.pk, at=moment(day), present="party", present_name="王小虚", heard="没有提出", **ON_SITE
    )
    return replace(made, **changes)


def spot_data(cast: Cast, case: Case, at: dt.datetime, **changes: Any) -> forms.SeizeOnTheSpot:
    """The same at once, because the goods were being moved."""
    order = order_data(cast, case)
    values = {name: getattr(order, name) for name in order.__dataclass_fields__ if name not in {"on", "late_reason"}}
    made = forms.SeizeOnTheSpot(
        **values,
        at=at,
        present="party",
        present_name="王小虚",
        heard="没有提出",
        urgent_reason="正在转移货物（虚构）",
        **ON_SITE,
    )
    return replace(made, **changes)


def held(cast: Cast, case: Case, day: dt.date = SEIZED, **changes: Any) -> Measure:
    """Registered and held on a day."""
    with on(day):
        approved(cast, case, actions.HOLD, hold_data(case, **changes))
    return case.measures.filter(kind="hold").latest("pk")


def ordered(cast: Cast, case: Case, day: dt.date = SEIZED, **changes: Any) -> Measure:
    """Approved and not carried out."""
    with on(day, 8):
        approved(cast, case, actions.ORDER_SEIZURE, order_data(cast, case, **changes))
    return case.measures.filter(kind__in=Measure.COERCIVE).latest("pk")


def seized(cast: Cast, case: Case, day: dt.date = SEIZED, **changes: Any) -> Measure:
    """Approved and carried out on one day."""
    measure = ordered(cast, case, day, **changes)
    with on(day):
        done(cast, case, actions.CARRY_OUT, carry_data(measure, day))
    return Measure.objects.get(pk=measure.pk)


def due(case: Case, rule: str) -> dt.date:
    """The last day of the latest clock of a rule."""
    return Obligation.objects.filter(matter=case.pk, rule=rule).latest("pk").due_on


def dispose_data(measure: Measure, kind: str = "returned", **changes: Any) -> keeping.Dispose:
    """Everything given back, no longer needed."""
    made = keeping.Dispose(
        measure=measure.pk,
        kind=kind,
        ground="no_need" if measure.is_coercive else "",
        receiver="王小虚",
        note="（虚构）",
    )
    return replace(made, **changes)


def basis(cast: Cast, purpose: str = "suspend", **changes: Any) -> TimeBasis:
    """An article on the market bureau's register: 64条2款, or the ladder of 64条1款."""
    values: dict[str, Any] = {
        "purpose": purpose,
        "law": BM_03,
        "article": "第六十四条第二款" if purpose == "suspend" else "第六十四条第一款",
        "words": "（条文示例）",
        "effective_from": dt.date(2021, 7, 15),
    }
    form = timing_forms.AddBasis(**values | changes)
    proposal = proposals.request(None, timing_actions.ADD_BASIS, actor=fresh(cast.dept_admin), data=form)
    found: TimeBasis = proposals.approve(proposal, actor=fresh(cast.head)).subject
    return found


def ladder(cast: Cast) -> tuple[TimeBasis, TimeBasis]:
    """BM-03: thirty days by the head, then what the heads together decide."""
    first = basis(cast, "extend", step=1, days=30)
    return first, basis(cast, "extend", step=2, approver="collective")


def suspended(cast: Cast, case: Case, row: TimeBasis, begun: dt.date, resumed: dt.date | None = None) -> Case:
    """Time taken out from a day on, and until a day."""
    with on(begun):
        form = timing_forms.Suspend(basis=row.pk, reason="委托检验（虚构）", expected_on=begun + dt.timedelta(days=200))
        case = approved(cast, case, timing_actions.SUSPEND, form)
    if resumed is None:
        return case
    stretch = case.suspensions.latest("pk")
    with on(resumed):
        form = timing_forms.Resume(suspension=stretch.pk, reason="检验报告已出（虚构）")  # type: ignore[assignment]  # another form
        return approved(cast, case, timing_actions.RESUME, form)


def record_data(day: dt.date = SEIZED, **changes: Any) -> record_forms.Record:
    """A film of an hour that lies in the store of the recorders."""
    made = record_forms.Record(
        step="measure", medium="video", title="扣押现场录像", begun_at=moment(day, 8), ended_at=moment(day, 9),
        place="经营场所", recorders="陈示例、李示例", device="执法记录仪 07", storage="采集站 2025/0805/01.mp4",
        sha256="ab" * 32,
    )  # fmt: skip
    return replace(made, **changes)


def upload(cast: Cast, case: Case) -> int:
    """A scanned paper."""
    file = SimpleUploadedFile("记录.pdf", PDF, content_type="application/pdf")
    return int(store(case.matter, file, cast.officer).pk)
