"""The form of an action on the desk: who may open it, what an error keeps, what counts once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from enforcement.cases.actions import FILE
from enforcement.models import Case, EnforcementAct
from portal.accounts.identity import CHECKS, WEIGHTS
from portal.accounts.models import RoleAssignment
from portal.accounts.roles import Role
from portal.ledger.models import Event
from portal.web.action_views import _own_pages
from portal.web.forms import _MAKERS
from portal.workflow.models import Proposal
from portal.workflow.registry import all_actions, gates_of
from tests import scenes
from tests.cast import Cast

REGISTER = "/desk/new/enforcement.case.register/"


def filing(case: Case) -> str:
    return f"/desk/do/{case.pk}/enforcement.case.file/"


def lead_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "form_token": "a" * 32,
        "source": "inspection",
        "item": scenes.item(cast).pk,
        "party_kind": "company",
        "party_name": "示例便利店（虚构）",
        "address": "示例路 21 号",
        "facts": "未建立进货查验记录（虚构）",
    } | changes


def file_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    first, second = scenes.certified(cast)
    return {
        "form_token": "b" * 32,
        "draft_version": "0",
        "officers": [first.pk, second.pk],
        "opinion": "符合立案标准（虚构）",
        "recusal_declared": "on",
        "limitation_answer": "没有超过（虚构）",
        "duplicate_answer": "没有另案（虚构）",
    } | changes


def body(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def officer(cast: Cast, sign_in: Any) -> Client:
    browser: Client = sign_in(cast.officer)
    return browser


def test_an_officer_registers_a_case_and_is_told_what_comes_next(cast: Cast, officer: Client) -> None:
    answer = officer.post(REGISTER, lead_form(cast), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/desk/cases/{case.pk}/", 302)]
    assert "“登记线索”已办好。下一步：立案。" in body(answer)
    assert case.parties.get().name == "示例便利店（虚构）"


def test_the_event_carries_the_id_of_the_request(cast: Cast, officer: Client) -> None:
    answer = officer.post(REGISTER, lead_form(cast), headers={"X-Request-ID": "0123456789abcdef" * 2})
    assert answer["X-Request-ID"] == "0123456789abcdef" * 2
    assert Event.objects.get(matter__kind="enforcement.case").request_id == "0123456789abcdef" * 2


def test_the_same_form_sent_twice_counts_once_and_says_so(cast: Cast, officer: Client) -> None:
    officer.post(REGISTER, lead_form(cast))
    again = officer.post(REGISTER, lead_form(cast), follow=True)
    assert Case.objects.count() == 1
    assert "已经办过了，没有重复办理" in body(again)


def test_an_error_keeps_everything_typed_and_names_field_and_cure(cast: Cast, officer: Client) -> None:
    answer = officer.post(REGISTER, lead_form(cast, credit_code="92650204MA0000003Q", party_name="", place="示例市场"))
    page = body(answer)
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert 'value="92650204MA0000003Q"' in page
    assert 'value="示例市场"' in page
    assert "名称或者姓名：必须填写。" in page
    draft = Proposal.objects.get(state=Proposal.State.DRAFT)
    assert draft.data["place"] == "示例市场"


def test_what_only_the_door_knows_stands_beside_its_field(cast: Cast, officer: Client) -> None:
    answer = officer.post(REGISTER, lead_form(cast, credit_code="92650204MA0000003Q"))
    assert answer.status_code == 422
    assert "第 18 位应为" in body(answer)
    assert 'id="id_credit_code_error"' in body(answer)


def test_unmet_gates_are_all_told_with_their_articles_and_nothing_is_lost(cast: Cast, officer: Client) -> None:
    case = scenes.lead(cast, occurred_on=None)
    answer = officer.post(filing(case), file_form(cast, recusal_declared="", limitation_answer="", opinion="理由甲"))
    page = body(answer)
    assert answer.status_code == 422
    assert "还有 2 个条件没有满足" in page
    assert "处罚法36条" in page
    assert "处罚法43条" in page
    assert "理由甲" in page
    assert "已存为草稿" in page
    case.refresh_from_db()
    assert case.state == EnforcementAct.State.LEAD


def test_somebody_without_the_role_is_told_whose_step_it_is(cast: Cast, sign_in: Any) -> None:
    case = scenes.lead(cast)
    answer = sign_in(cast.legal).get(filing(case))
    assert answer.status_code == 403
    assert "这一步由经办人提出。" in body(answer)
    assert sign_in(cast.newcomer).get(REGISTER).status_code == 403


def test_another_department_does_not_learn_that_the_case_exists(cast: Cast, sign_in: Any) -> None:
    case = scenes.lead(cast)
    assert sign_in(cast.foreign_officer).get(filing(case)).status_code == 404
    assert sign_in(cast.foreign_officer).post(filing(case), file_form(cast)).status_code == 404
    assert sign_in(cast.foreign_officer).post(f"{filing(case)}autosave/", {"opinion": "x"}).status_code == 404
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/desk/new/enforcement.case.unheard_of/",
        "/desk/new/enforcement.case.file/",
        "/desk/do/{pk}/enforcement.case.register/",
        "/desk/do/{pk}/enforcement.case.file/999999/",
        "/desk/do/{pk}/disclosure.publish/",
        "/desk/do/999999/enforcement.case.file/",
    ],
)
def test_addresses_that_do_not_belong_together_lead_nowhere(cast: Cast, officer: Client, address: str) -> None:
    case = scenes.lead(cast)
    assert officer.get(address.format(pk=case.pk)).status_code == 404


def test_a_step_whose_time_has_passed_is_told_plainly(cast: Cast, officer: Client) -> None:
    case = scenes.filed(cast)
    answer = officer.post(filing(case), file_form(cast, opinion="又写了一遍的理由"))
    assert answer.status_code == 409
    assert "现在的状态是“已立案”" in body(answer)
    assert "又写了一遍的理由" in body(answer)


def test_every_change_is_kept_as_a_draft_and_found_again(cast: Cast, officer: Client) -> None:
    case = scenes.lead(cast)
    answer = officer.post(f"{filing(case)}autosave/", {"form_token": "p1", "draft_version": "0", "opinion": "写到一半"})
    assert "草稿已自动保存" in body(answer)
    page = body(officer.get(filing(case)))
    assert "写到一半" in page
    assert "接着填" in page
    officer.post(filing(case), {"discard_draft": "1"})
    assert "写到一半" not in body(officer.get(filing(case)))
    assert not Proposal.objects.exists()


def test_one_page_saves_again_and_again_without_disturbing_itself(cast: Cast, officer: Client) -> None:
    case = scenes.lead(cast)
    for words in ("一", "一二", "一二三"):
        answer = officer.post(f"{filing(case)}autosave/", {"form_token": "p1", "draft_version": "0", "opinion": words})
        assert "草稿已自动保存" in body(answer)
    assert Proposal.objects.get().data["opinion"] == "一二三"
    sent = officer.post(filing(case), file_form(cast, form_token="p1"))
    assert sent.status_code == 302


def test_a_draft_saved_in_another_window_is_never_overwritten_unseen(cast: Cast, officer: Client) -> None:
    case = scenes.lead(cast)
    officer.post(f"{filing(case)}autosave/", {"form_token": "p1", "draft_version": "0", "opinion": "第一个窗口"})
    officer.get(filing(case))
    officer.post(f"{filing(case)}autosave/", {"form_token": "p2", "draft_version": "1", "opinion": "第二个窗口"})
    third = officer.post(f"{filing(case)}autosave/", {"form_token": "p1", "draft_version": "0", "opinion": "第三次"})
    assert "在别处又保存过" in body(third)
    assert Proposal.objects.get().data["opinion"] == "第二个窗口"
    sent = officer.post(filing(case), file_form(cast, form_token="p1", opinion="第三次"))
    page = body(sent)
    assert sent.status_code == 409
    assert "第三次" in page
    assert "第二个窗口" in page
    version = Proposal.objects.get().version
    kept = officer.post(
        filing(case),
        file_form(cast, form_token="p1", opinion="第三次", keep_mine="1", overrule=str(version)),
        follow=True,
    )
    assert Proposal.objects.get().data["opinion"] == "第三次"
    assert "第三次" in body(kept)


def test_a_draft_is_gone_once_its_action_is_done(cast: Cast, officer: Client) -> None:
    officer.post(f"{REGISTER}autosave/", lead_form(cast, facts="写到一半"))
    assert Proposal.objects.count() == 1
    officer.post(REGISTER, lead_form(cast))
    assert not Proposal.objects.exists()
    assert Case.objects.get().facts == "未建立进货查验记录（虚构）"


def test_an_expired_session_loses_nothing(cast: Cast, officer: Client) -> None:
    from tests.cast import PASSWORD

    officer.get(REGISTER)
    officer.logout()
    met = officer.post(REGISTER, lead_form(cast, facts="登录过期时正在写的事实"))
    assert met.status_code == 401
    assert "您填的内容没有丢" in body(met)
    signed_in = officer.post(
        "/desk/sign-in/",
        {"username": "chen", "password": PASSWORD, "next": REGISTER, "kept": met.context["kept"]},
    )
    assert "登录过期时正在写的事实" in body(signed_in)
    interrupted = signed_in.context["interrupted"]
    assert interrupted.path == REGISTER
    fields: dict[str, list[str]] = {}
    for name, value in interrupted.fields:
        fields.setdefault(name, []).append(value)
    officer.post(interrupted.path, fields)
    assert Case.objects.get().facts == "登录过期时正在写的事实"


def test_an_autosave_after_the_session_has_ended_says_so_and_leaves_the_page_alone(cast: Cast) -> None:
    case = scenes.lead(cast)
    answer = Client().post(f"{filing(case)}autosave/", {"opinion": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "登录已过期，这一页的内容还在" in body(answer)


def test_a_form_with_a_stale_token_can_be_sent_again_but_not_from_another_site(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    own = browser.post(
        REGISTER, lead_form(cast), headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    )
    assert own.status_code == 403
    assert "您填的内容还在" in body(own)
    assert "未建立进货查验记录" in body(own)
    foreign = browser.post(
        REGISTER, lead_form(cast), headers={"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
    assert "未建立进货查验记录" not in body(foreign)
    assert not Case.objects.exists()


def test_a_proposal_waits_for_the_head_and_shows_what_was_asked(cast: Cast, officer: Client, sign_in: Any) -> None:
    case = scenes.lead(cast)
    sent = officer.post(filing(case), file_form(cast), follow=True)
    proposal = Proposal.objects.get()
    assert sent.redirect_chain[0][0] == f"/desk/proposals/{proposal.pk}/"
    assert "等部门负责人、部门副职负责人审批" in body(sent)
    assert officer.get(filing(case))["Location"] == f"/desk/proposals/{proposal.pk}/"
    page = body(sign_in(cast.head).get(f"/desk/proposals/{proposal.pk}/"))
    assert "陈示例、李示例" in page
    assert f"{len(gates_of(FILE))} 个法定条件现在都满足" in page
    assert "批准，立案" in page
    assert "批准，立案" not in body(officer.get(f"/desk/proposals/{proposal.pk}/"))


def test_the_head_approves_and_the_case_is_filed(cast: Cast, sign_in: Any) -> None:
    proposal = scenes.requested(cast)
    answer = sign_in(cast.head).post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve"}, follow=True)
    case = Case.objects.get()
    assert case.state == EnforcementAct.State.FILED
    assert "“立案”已办好。文书：" in body(answer)
    assert "下一步由经办人办理" in body(answer)


def test_a_second_verdict_is_told_that_the_first_one_counted(cast: Cast, sign_in: Any) -> None:
    proposal = scenes.requested(cast)
    sign_in(cast.head).post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve"})
    answer = sign_in(cast.deputy).post(f"/desk/proposals/{proposal.pk}/", {"verdict": "return", "reason": "太晚了"})
    assert answer.status_code == 409
    assert "已由赵示例于" in body(answer)
    assert "太晚了" in body(answer)


def test_sending_back_needs_a_reason_and_the_form_comes_back_with_it(cast: Cast, officer: Client, sign_in: Any) -> None:
    proposal = scenes.requested(cast)
    head = sign_in(cast.head)
    without = head.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "return", "reason": " "})
    assert without.status_code == 422
    assert "退回须写明理由" in body(without)
    head.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "return", "reason": "请写明违反的条款"})
    page = body(officer.get(filing(Case.objects.get())))
    assert "请写明违反的条款" in page
    assert "赵示例于" in page
    assert "依法应当给予行政处罚（虚构）" in page
    assert "退回" in body(officer.get("/desk/proposals/?which=returned"))


def test_the_proposer_takes_his_proposal_back_and_goes_on_with_it(cast: Cast, officer: Client) -> None:
    proposal = scenes.requested(cast)
    answer = officer.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "withdraw"}, follow=True)
    assert answer.redirect_chain == [(filing(Case.objects.get()), 302)]
    assert "依法应当给予行政处罚（虚构）" in body(answer)


def test_nobody_decides_his_own_proposal(cast: Cast, officer: Client) -> None:
    proposal = scenes.requested(cast)
    answer = officer.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve"})
    assert answer.status_code == 403
    assert "提出人不能审批自己提出的事项" in body(answer)


def test_a_head_of_another_department_who_sees_it_all_the_same_does_not_decide(cast: Cast, sign_in: Any) -> None:
    RoleAssignment(user=cast.supervision_head, role=Role.HEAD).save()
    proposal = scenes.requested(cast)
    browser = sign_in(cast.supervision_head)
    page = body(browser.get(f"/desk/proposals/{proposal.pk}/"))
    assert "提出的内容" in page
    assert "批准，立案" not in page
    for verdict in ("approve", "return"):
        answer = browser.post(f"/desk/proposals/{proposal.pk}/", {"verdict": verdict, "reason": "不归我管"})
        assert answer.status_code == 403
    assert Proposal.objects.get().state == Proposal.State.REQUESTED


def test_a_proposal_that_no_longer_meets_its_gates_is_not_approved(cast: Cast, sign_in: Any) -> None:
    proposal = scenes.requested(cast)
    officer, _second = scenes.certified(cast)
    officer.active = False
    officer.save()
    answer = sign_in(cast.head).post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve"})
    assert answer.status_code == 422
    assert "已不在岗" in body(answer)
    assert Proposal.objects.get().state == Proposal.State.REQUESTED


def test_a_draft_is_nobody_elses_business(cast: Cast, officer: Client, sign_in: Any) -> None:
    case = scenes.lead(cast)
    officer.post(f"{filing(case)}autosave/", {"form_token": "p", "opinion": "写到一半"})
    draft = Proposal.objects.get()
    for person in (cast.head, cast.second_officer, cast.supervisor, cast.foreign_officer):
        assert sign_in(person).get(f"/desk/proposals/{draft.pk}/").status_code == 404
    assert officer.get(f"/desk/proposals/{draft.pk}/").status_code == 200


def test_a_personal_number_in_a_draft_is_encrypted_at_rest_and_masked_on_the_page(cast: Cast, officer: Client) -> None:
    seventeen = "65020419800101001"
    weights = zip(seventeen, WEIGHTS, strict=True)
    number = seventeen + CHECKS[sum(int(digit) * weight for digit, weight in weights) % 11]
    officer.post(f"{REGISTER}autosave/", lead_form(cast, identity=number))
    draft = Proposal.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM workflow_proposal")
        stored = cursor.fetchone()[0]
    assert draft.data["identity"] == number
    assert number not in stored
    assert "示例便利店" not in stored
    assert number not in body(officer.get("/desk/proposals/?which=drafts"))
    page = body(officer.get(f"/desk/proposals/{draft.pk}/"))
    assert number not in page
    assert f"6502**********{number[-4:]}" in page
    assert f'value="{number}"' in body(officer.get(REGISTER))


def test_every_action_has_fields_that_can_be_drawn_or_a_page_of_its_own() -> None:
    undrawable = {
        action.key
        for action in all_actions()
        for field in dataclasses.fields(action.data)
        if action.roles and field.metadata.get("entry") and field.metadata["entry"].kind not in _MAKERS
    }
    assert undrawable <= set(_own_pages)
