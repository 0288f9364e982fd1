"""Two people at one form: each knows of the other, nothing is overwritten unseen, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enforcement.cases import actions, data
from enforcement.models import Case
from portal.web.meanwhile import Seen
from portal.workflow import proposals
from portal.workflow.door import perform
from portal.workflow.models import Proposal
from tests import scenes
from tests.cast import Cast, fresh

pytestmark = pytest.mark.django_db


def body(answer: Any) -> str:
    return str(answer.content.decode())


def amending(case: Case) -> str:
    return f"/desk/do/{case.pk}/enforcement.case.amend/"


def filing(case: Case) -> str:
    return f"/desk/do/{case.pk}/enforcement.case.file/"


def opened(browser: Client, address: str) -> dict[str, Any]:
    """The form as the browser would send it back: every field with what it began with."""
    page = browser.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, [])}


def amend(case: Case, person: Any, **changes: Any) -> None:
    """The case as it is, but for the changes."""
    initial = actions.AMEND.initial
    assert initial is not None
    perform(case, actions.AMEND, actor=fresh(person), data=data.Amend(**initial(case, person) | changes))


@pytest.fixture
def case(cast: Cast) -> Case:
    return scenes.lead(cast)


@pytest.fixture
def officer(cast: Cast, sign_in: Any) -> Client:
    browser: Client = sign_in(cast.officer)
    return browser


def test_what_a_colleague_has_amended_is_not_overwritten_unseen(cast: Cast, officer: Client, case: Case) -> None:
    mine = opened(officer, amending(case)) | {"facts": "我改的事实（虚构）"}
    amend(case, cast.second_officer, facts="同事改的事实（虚构）")
    told = officer.post(amending(case), mine)
    text = body(told)
    assert told.status_code == 409
    assert "您开始填写之后，这件事有了变化" in text
    assert "李示例" in text
    assert text.count("同事改的事实（虚构）") == 1
    assert "我改的事实（虚构）</textarea>" in text
    case.refresh_from_db()
    assert case.facts == "同事改的事实（虚构）"
    again = officer.post(amending(case), mine | {"seen": told.context["form"]["seen"].value()})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.facts == "我改的事实（虚构）"


def test_a_page_of_my_own_left_open_is_told_what_the_other_changed(officer: Client, case: Case) -> None:
    first, second = opened(officer, amending(case)), opened(officer, amending(case))
    assert officer.post(amending(case), first | {"facts": "第一页（虚构）"}).status_code == 302
    told = officer.post(amending(case), second | {"place": "示例路（虚构）"})
    assert told.status_code == 409
    assert "第一页（虚构）" in body(told)


def test_what_one_did_oneself_elsewhere_and_changed_nothing_here_disturbs_nobody(
    cast: Cast, officer: Client, case: Case
) -> None:
    mine = opened(officer, amending(case)) | {"facts": "我改的事实（虚构）"}
    party = data.AddParty(party_kind="company", party_name="示例乙店（虚构）", address="示例路 2 号")
    perform(case, actions.ADD_PARTY, actor=fresh(cast.officer), data=party)
    assert officer.post(amending(case), mine).status_code == 302


def test_a_draft_left_behind_opens_with_what_has_happened_since(cast: Cast, officer: Client, case: Case) -> None:
    mine = opened(officer, amending(case)) | {"facts": "我的草稿（虚构）"}
    officer.post(f"{amending(case)}autosave/", mine)
    amend(case, cast.second_officer, facts="同事改的事实（虚构）")
    text = body(officer.get(amending(case)))
    assert "您开始填写之后，这件事有了变化" in text
    assert "同事改的事实（虚构）" in text
    assert "我的草稿（虚构）</textarea>" in text


def test_the_second_person_sees_who_is_at_it_since_when_but_not_what(
    cast: Cast, officer: Client, case: Case, sign_in: Any
) -> None:
    officer.post(f"{amending(case)}autosave/", {"form_token": "p1", "draft_version": "0", "facts": "只给自己看"})
    colleague = sign_in(cast.second_officer)
    since = timezone.localtime(Proposal.objects.get().created_at).strftime("%H:%M")
    text = body(colleague.get(amending(case)))
    assert f"陈示例正在填这张表：{since} 开始" in text
    assert "只给自己看" not in text
    assert "陈示例正在填这张表" not in body(officer.get(amending(case)))
    saved = body(colleague.post(f"{amending(case)}autosave/", {"form_token": "p2", "facts": "同事的"}))
    assert "陈示例正在填这张表" in saved
    Proposal.objects.filter(proposed_by=cast.officer).update(saved_at=timezone.now() - dt.timedelta(hours=2))
    assert "陈示例有一份没有提交的草稿" in body(colleague.get(amending(case)))
    Proposal.objects.filter(proposed_by=cast.officer).update(saved_at=timezone.now() - dt.timedelta(days=40))
    assert "陈示例" not in body(colleague.get(amending(case))).split("<main")[1].split("zf-form")[1]


def test_who_sends_a_step_that_a_colleague_has_put_forward_keeps_what_he_typed(
    cast: Cast, officer: Client, case: Case
) -> None:
    mine = opened(officer, filing(case)) | {"opinion": "我写的意见（虚构）"}
    other = proposals.request(case, actions.FILE, actor=fresh(cast.second_officer), data=scenes.file_data(cast))
    answer = officer.post(filing(case), mine, follow=True)
    assert answer.redirect_chain[0][0] == f"/desk/proposals/{other.pk}/"
    assert "李示例先提交了这一步，正在等待审批。您填的内容没有提交，已存为您的草稿。" in body(answer)
    draft = Proposal.objects.get(proposed_by=cast.officer)
    assert (draft.state, draft.data["opinion"]) == ("draft", "我写的意见（虚构）")


def test_who_sends_after_the_step_is_done_is_told_what_happened_and_keeps_what_he_typed(
    cast: Cast, officer: Client, case: Case
) -> None:
    mine = opened(officer, filing(case)) | {"opinion": "我写的意见（虚构）"}
    proposal = proposals.request(case, actions.FILE, actor=fresh(cast.second_officer), data=scenes.file_data(cast))
    proposals.approve(proposal, actor=fresh(cast.head))
    answer = officer.post(filing(case), mine)
    text = body(answer)
    assert answer.status_code == 409
    assert "已由赵示例于" in text
    assert "您打开这张表之后" in text
    assert re.search(r"立案：[^<]*号", text)
    assert "我写的意见（虚构）" in text
    assert Proposal.objects.get(proposed_by=cast.officer).data["opinion"] == "我写的意见（虚构）"


def test_a_head_does_not_approve_what_he_has_not_read(cast: Cast, case: Case, sign_in: Any) -> None:
    proposal = scenes.requested(cast, case)
    head = sign_in(cast.head)
    page = head.get(f"/desk/proposals/{proposal.pk}/")
    read = {"version": page.context["proposal"].version, "seen": page.context["seen"]}
    proposals.withdraw(proposal, actor=fresh(cast.officer))
    changed = scenes.file_data(cast, opinion="换过的意见（虚构）")
    proposals.request(case, actions.FILE, actor=fresh(cast.officer), data=changed)
    for verdict in ("approve", "return"):
        answer = head.post(f"/desk/proposals/{proposal.pk}/", {"verdict": verdict, "reason": "不清楚", **read})
        assert answer.status_code == 409
        assert "提出人在您打开这一页之后改过内容" in body(answer)
        assert "换过的意见（虚构）" in body(answer)
    case.refresh_from_db()
    assert case.state == "lead"


def test_a_head_is_shown_what_happened_after_the_proposal(cast: Cast, case: Case, sign_in: Any) -> None:
    proposal = scenes.requested(cast, case)
    head = sign_in(cast.head)
    before = head.get(f"/desk/proposals/{proposal.pk}/")
    assert "提出之后" not in body(before)
    amend(case, cast.second_officer, facts="提出以后才改的（虚构）")
    read = {"version": before.context["proposal"].version, "seen": before.context["seen"]}
    told = head.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve", **read})
    assert told.status_code == 409
    assert "提出之后" in body(told)
    assert "李示例" in body(told)
    read["seen"] = told.context["seen"]
    assert head.post(f"/desk/proposals/{proposal.pk}/", {"verdict": "approve", **read}).status_code == 302


@pytest.mark.parametrize(
    "seen", ["", "[", "[1]", "null", "7", '["a",{}]', "[1,[]]", "[999999999999999999999,{}]", "x" * 9000]
)
def test_a_page_that_says_nonsense_of_what_it_saw_is_no_error(officer: Client, case: Case, seen: str) -> None:
    answer = officer.post(amending(case), opened(officer, amending(case)) | {"seen": seen, "facts": "改（虚构）"})
    assert answer.status_code in {302, 422}
    assert Seen.read(seen) is None or seen.startswith("[9")
