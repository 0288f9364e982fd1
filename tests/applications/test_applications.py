"""From the draft to the certificate: who may apply, what is looked at, what comes back, and how it ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from personnel import results
from personnel.applications import actions, data
from personnel.applications.models import Application, Rule, Staffing
from personnel.applications.requirements import missing
from personnel.models import Certificate, Officer
from personnel.postings import leave
from personnel.qualification import certificate_problem
from portal.accounts.models import User
from portal.deadlines.models import Obligation, Term
from portal.documents.models import Document
from portal.inbox.models import Notice
from portal.ledger.verification import verify
from portal.matters.models import MatterLink
from portal.web.citations import articles
from portal.workflow.data import dump, load
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Invalid, Overtaken
from portal.workflow.proposals import approve, request
from tests.applications import scenes
from tests.case_scenes import render_all
from tests.cast import Cast, fresh
from tests.personnel import scenes as personnel

TODAY = dt.date(2026, 11, 24)


def blocked(subject: Any, action: Any, actor: User, given: Any) -> dict[str, str]:
    """The articles of what stands in the way, with the sentence."""
    with pytest.raises(Blocked) as refused:
        perform(subject, action, actor=fresh(actor), data=given)
    return {" ".join(articles(one.citation)): one.sentence for one in refused.value.unmet}


# kind of post · may apply · article
STAFFED = [
    ("civil", True, ""),
    ("reference", True, ""),
    ("institution", True, ""),
    ("contract", False, "区工作方案三（二）1"),
    ("dispatch", False, "区工作方案三（二）1"),
    ("auxiliary", False, "区工作方案三（二）1"),
]


@pytest.mark.parametrize(("staffing", "may_apply", "article"), STAFFED)
def test_only_a_post_on_the_establishment_lets_an_officer_apply(
    cast: Cast, staffing: str, may_apply: bool, article: str
) -> None:
    given = scenes.draw_data(scenes.applicant(cast), cast.dept_admin, staffing=staffing)
    if may_apply:
        assert perform(None, actions.DRAW, actor=cast.dept_admin, data=given).subject.state == "draft"
        return
    told = blocked(None, actions.DRAW, cast.dept_admin, given)
    assert set(told) == {article}
    assert str(Staffing(staffing).label) in told[article]
    assert not Application.objects.exists()


def test_the_table_itself_refuses_a_post_outside_the_establishment(cast: Cast) -> None:
    made = scenes.drawn_up(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=made.pk).update(staffing="contract")


def without(what: str, cast: Cast) -> Application:
    """A draft that lacks one thing."""
    officer = scenes.applicant(cast)
    if what == "photo":
        officer.pictures.all().delete()
    if what == "identity":
        Officer.objects.filter(pk=officer.pk).update(identity="", identity_hash="")
    if what == "covered":
        personnel.certificate(officer, fields=("综合",))
    cases: dict[str, dict[str, Any]] = {"proof": {"proof": None}, "file": {"staffing_file": " "}}
    changes = cases.get(what, {})
    made = scenes.drawn_up(cast, officer, **changes)
    if what == "elsewhere":
        Officer.objects.filter(pk=officer.pk).update(department=cast.city)
    return scenes.again(made)


# what is lacking · article
LACKING = [
    ("nothing", ""),
    ("proof", "区工作方案三（二）1"),
    ("file", "区工作方案三（二）1"),
    ("photo", "本地"),
    ("identity", "执法监督条例17条2款"),
    ("covered", "执法监督条例17条2款"),
    ("elsewhere", "区工作方案三（二）1"),
]


@pytest.mark.parametrize(("what", "article"), LACKING)
def test_what_is_missing_is_told_and_keeps_the_application_at_home(cast: Cast, what: str, article: str) -> None:
    made = without(what, cast)
    told = missing(made)
    assert [" ".join(articles(law)) for _sentence, law in told] == ([article] if article else [])
    if not article:
        assert scenes.submitted(cast, made).state == "submitted"
        return
    with pytest.raises(Blocked) as refused:
        request(made, actions.SUBMIT, actor=cast.dept_admin, data=data.Submit("同意"))
    assert [one.sentence for one in refused.value.unmet] == [sentence for sentence, _law in told]


def test_without_the_local_rule_no_photo_is_needed(cast: Cast) -> None:
    made = without("photo", cast)
    Rule.objects.create(wants_photo=False, ground="示例", made_by=cast.supervision_head)
    assert missing(made) == []


def test_an_officer_has_one_application_open_and_may_apply_again_after_it(cast: Cast) -> None:
    first = scenes.drawn_up(cast)
    with pytest.raises(Invalid) as refused:
        perform(None, actions.DRAW, actor=cast.dept_admin, data=scenes.draw_data(first.officer, cast.dept_admin))
    assert "没有办结" in refused.value.fields["officer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            matter=first.matter.__class__.objects.create(department=cast.market, kind="x", title="x"),
            officer=first.officer, department=cast.market, since=TODAY, staffing="civil", post="x", fields=["市场监管"],
            area="x",
        )  # fmt: skip
    perform(first, actions.WITHDRAW, actor=cast.dept_admin, data=data.Why("重新申领"))
    assert scenes.drawn_up(cast, first.officer).state == "draft"


def test_whoever_left_cannot_be_applied_for_and_his_open_application_ends(cast: Cast) -> None:
    gone = scenes.applicant(cast, "乙示例", 42, active=False)
    with pytest.raises(Invalid):
        perform(None, actions.DRAW, actor=cast.dept_admin, data=scenes.draw_data(gone, cast.dept_admin))
    made = scenes.passed(cast)
    scenes.forwarded(cast, made)
    leave(made.officer, on=timezone.localdate(), ending="away", ground="示例任免文件", actor=cast.dept_admin)
    ended = scenes.again(made)
    assert (ended.state, ended.matter.closed_at is not None) == ("withdrawn", True)
    assert "离岗" in ended.ending
    assert Notice.objects.filter(user=cast.supervisor, matter=made.matter, text__contains="撤回").exists()
    assert list(verify()) == []


def test_another_departments_officer_cannot_be_applied_for(cast: Cast) -> None:
    foreign = scenes.applicant(cast, department=cast.city)
    with pytest.raises(Invalid) as refused:
        perform(None, actions.DRAW, actor=cast.dept_admin, data=scenes.draw_data(foreign, cast.dept_admin))
    assert set(refused.value.fields) == {"officer"}


def test_a_foreign_file_is_no_proof(cast: Cast) -> None:
    loose_of_another = scenes.proof(cast.foreign_head)
    given = scenes.draw_data(scenes.applicant(cast), cast.dept_admin, proof=loose_of_another)
    with pytest.raises(Invalid) as refused:
        perform(None, actions.DRAW, actor=cast.dept_admin, data=given)
    assert set(refused.value.fields) == {"proof"}


@pytest.mark.parametrize("fields", [(), ("不存在的领域",), ("市场监管", "x")])
def test_fields_are_those_of_the_list(cast: Cast, fields: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        scenes.drawn_up(cast, fields=fields)


def test_the_head_approves_what_the_administrator_puts_forward_but_not_his_own(cast: Cast) -> None:
    made = scenes.drawn_up(cast, scenes.applicant(cast, user=cast.head))
    with pytest.raises(Forbidden):
        perform(made, actions.SUBMIT, actor=cast.head, data=data.Submit("同意"))
    proposal = request(made, actions.SUBMIT, actor=cast.dept_admin, data=data.Submit("同意"))
    with pytest.raises(Blocked):
        approve(proposal, actor=fresh(cast.head))
    with pytest.raises(Forbidden):
        approve(proposal, actor=fresh(cast.dept_admin))
    approve(proposal, actor=fresh(cast.deputy))
    assert scenes.again(made).state == "submitted"


def result(*, passed: bool) -> results.Result:
    day = timezone.localdate() - dt.timedelta(days=10)
    return results.Result("示例考试", day, day, "87" if passed else "52", "100", passed, 1)


# way · what the portal has · the rule · legally qualified · may go on
EXAMINED = [
    ("result", None, False, False, False),
    ("result", False, False, False, False),
    ("exempt", None, False, True, False),
    ("exempt", None, True, False, False),
    ("exempt", None, True, True, True),
    ("recorded", None, False, False, True),
    ("recorded", False, False, False, True),
]


@pytest.mark.parametrize(("way", "found", "rule", "qualified", "goes_on"), EXAMINED)
def test_an_examination_is_passed_proven_or_exempt(
    cast: Cast, monkeypatch: Any, way: str, found: bool | None, rule: bool, qualified: bool, goes_on: bool
) -> None:
    monkeypatch.setattr(results, "_providers", [] if found is None else [lambda _who, _on: [result(passed=found)]])
    Rule.objects.create(exempts_qualified=rule, ground="示例", made_by=cast.supervision_head)
    made = scenes.submitted(cast, officer=scenes.applicant(cast, legal_qualified=qualified, legal_number="示例1"))
    given = scenes.recorded(cast, made) if way == "recorded" else data.Examine(way)
    if goes_on:
        assert perform(made, actions.EXAMINE, actor=cast.supervisor, data=given).subject.state == "examined"
        return
    assert set(blocked(made, actions.EXAMINE, cast.supervisor, given)) == {"执法监督条例17条2款"}


def test_a_result_passed_on_the_portal_goes_on_by_itself(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(results, "_providers", [lambda _who, _on: [result(passed=True)]])
    made = scenes.submitted(cast)
    assert (made.state, made.exam_way, made.exam_points) == ("examined", "result", "87/100")
    assert made.matter.events.filter(name="application.go_on", actor=None).exists()


@pytest.mark.parametrize("lacking", ["title", "taken_on", "points", "proof"])
def test_a_result_from_outside_is_whole(cast: Cast, lacking: str) -> None:
    made = scenes.submitted(cast)
    given = dump(scenes.recorded(cast, made)) | {lacking: None if lacking in {"taken_on", "proof"} else ""}
    with pytest.raises(Invalid) as refused:
        perform(made, actions.EXAMINE, actor=cast.supervisor, data=load(data.Examine, given))
    assert set(refused.value.fields) == {lacking}


def test_returned_mended_and_sent_again_with_everything_said_kept(cast: Cast) -> None:
    made = scenes.passed(cast)
    with pytest.raises(Invalid):
        perform(made, actions.RETURN, actor=cast.supervisor, data=data.Return("补材料", by_issuer=True))
    perform(made, actions.RETURN, actor=cast.supervisor, data=data.Return("编制证明缺公章"))
    made = scenes.again(made)
    assert made.state == "returned"
    amended = data.as_it_stands(made, None) | {"staffing_file": "示编〔2026〕1号"}
    perform(made, actions.AMEND, actor=cast.dept_admin, data=load(data.Amend, amended))
    made = scenes.submitted(cast, scenes.again(made))
    assert (made.state, made.submissions, made.staffing_file) == ("examined", 2, "示编〔2026〕1号")
    assert [(one.outcome, one.submission) for one in made.reviews.all()] == [("passed", 1), ("returned", 1)]
    assert Notice.objects.filter(user=cast.dept_admin, text__contains="退回").exists()


def test_an_examination_that_was_doubted_is_looked_at_again(cast: Cast) -> None:
    made = scenes.examined(cast)
    perform(made, actions.RETURN, actor=cast.supervisor, data=data.Return("成绩单看不清", exam_again=True))
    assert scenes.submitted(cast, scenes.again(made)).state == "submitted"


def test_a_certificate_is_registered_by_its_own_step_and_linked(cast: Cast) -> None:
    made = scenes.passed(cast)
    scenes.forwarded(cast, made)
    made = scenes.again(made)
    perform(made, actions.ISSUE, actor=fresh(cast.supervisor), data=scenes.printed())
    made = scenes.again(made)
    certificate = Certificate.objects.get(number="示例证000001")
    assert (made.state, made.certificate) == ("issued", certificate)
    assert MatterLink.objects.filter(source=made.matter, target=certificate.matter, kind="certificate_issued").exists()
    assert certificate.matter.events.filter(name="certificate.register", actor=cast.supervisor).exists()
    assert certificate_problem(made.officer, on=timezone.localdate(), field="市场监管") is None
    assert list(verify()) == []


# what is wrong on the card · field that says so
MISPRINTED = [
    ({"number": "示例证重复"}, "number"),
    ({"number": "  "}, "number"),
    ({"issuer": " "}, "issuer"),
    ({"fields": ()}, "fields"),
    ({"valid_to": dt.date(2020, 1, 1)}, "valid_to"),
    ({"valid_from": dt.date(2099, 1, 1), "valid_to": dt.date(2099, 2, 1)}, "valid_from"),
]


@pytest.mark.parametrize(("changes", "field"), MISPRINTED)
def test_a_misprinted_certificate_is_refused_and_nothing_is_registered(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    personnel.certificate(personnel.officer(cast.market, "丁示例"), number="示例证重复")
    made = scenes.passed(cast)
    scenes.forwarded(cast, made)
    with pytest.raises(Invalid) as refused:
        perform(scenes.again(made), actions.ISSUE, actor=cast.supervisor, data=scenes.printed(**changes))
    assert set(refused.value.fields) == {field}
    assert Certificate.objects.count() == 1
    assert scenes.again(made).state == "forwarded"


def test_refusing_is_put_forward_and_approved_and_says_why(cast: Cast) -> None:
    made = scenes.submitted(cast)
    with pytest.raises(Invalid):
        request(made, actions.REFUSE, actor=cast.supervisor, data=data.Refuse(" "))
    proposal = request(made, actions.REFUSE, actor=cast.supervisor, data=data.Refuse("在编证明系伪造"))
    approve(proposal, actor=fresh(cast.supervision_head))
    made = scenes.again(made)
    assert (made.state, made.ending) == ("refused", "在编证明系伪造")
    with pytest.raises(Overtaken):
        perform(made, actions.EXAMINE, actor=cast.supervisor, data=data.Examine("result"))


def test_the_bureaus_clock_runs_once_the_bureau_has_set_a_number(cast: Cast) -> None:
    scenes.submitted(cast)
    assert not Obligation.objects.filter(rule="application.review").exists()
    Term.objects.create(rule="application.review", period="10 workdays", valid_from=TODAY, ground="示例")
    made = scenes.submitted(cast, scenes.drawn_up(cast, scenes.applicant(cast, "乙示例", 43)))
    clock = Obligation.objects.get(rule="application.review")
    assert (clock.matter, clock.department) == (made.matter, cast.bureau)
    scenes.passed(cast, scenes.examined(cast, made))
    clock.refresh_from_db()
    assert clock.settled_at is not None


def test_the_form_carries_both_opinions_and_no_whole_number(cast: Cast) -> None:
    made = scenes.passed(cast)
    render_all()
    first, second = Document.objects.filter(matter=made.matter).order_by("pk")
    assert (first.state, second.state) == ("ready", "ready")
    assert first.context["content"]["department_opinion"]["signers"][0]["name"] == cast.head.name
    assert second.context["content"]["bureau_opinion"]["signers"][0]["name"] == cast.supervisor.name
    assert made.officer.identity not in first.frozen
    assert made.officer.identity not in second.frozen
