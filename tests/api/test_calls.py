"""Other systems do what the forms do: the same gates, the same sentences, once, and only for those they may speak for."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from enforcement.models import Case, Evidence
from portal.api import tokens
from portal.api.models import Call, Consent, Scope, Token
from portal.ledger.models import Event
from portal.workflow.models import Proposal
from tests import scenes
from tests.api.callers import ROOT, Caller, caller, secret_of
from tests.cast import Cast

REGISTER, FILE, EVIDENCE = "enforcement.case.register", "enforcement.case.file", "enforcement.case.add_evidence"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def lead_of(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What a system sends when a lead comes in."""
    return {
        "source": Case.Source.INSPECTION.value,
        "item": scenes.item(cast).pk,
        "party_kind": "company",
        "party_name": "示例便利店（虚构）",
        "facts": "检查时未能提供供货者许可证（虚构）",
        "address": "示例区示例路 21 号",
        "occurred_on": (timezone.localdate() - dt.timedelta(days=1)).isoformat(),
    } | changes


def filing_of(cast: Cast) -> dict[str, Any]:
    first, second = scenes.certified(cast)
    return {
        "officers": [first.pk, second.pk],
        "opinion": "有证据证明存在违法事实（虚构）",
        "recusal_declared": True,
        "duplicate_answer": "不是同一违法行为（虚构）",
    }


def test_a_case_is_pushed_put_forward_and_approved(cast: Cast) -> None:
    officer, head = caller(cast, cast.officer), caller(cast, cast.head)
    made = officer.act(REGISTER, lead_of(cast))
    assert made.status_code == 201, made.json()
    matter = made.json()["matter"]["id"]
    asked = officer.act(FILE, filing_of(cast), matter=matter)
    assert asked.status_code == 202, asked.json()
    waiting = head.get("/proposals").json()["proposals"]
    assert [one["id"] for one in waiting] == [asked.json()["proposal"]["id"]]
    done = head.post(f"/proposals/{waiting[0]['id']}/decision", {"approve": True})
    assert (done.status_code, done.json()["state"]) == (201, "filed"), done.json()
    state = officer.get(f"/matters/{matter}").json()
    assert state["state"] == "filed"
    assert any(clock["name"] and clock["due_on"] and clock["computed"] for clock in state["clocks"])
    assert [one["name"] for one in officer.get(f"/matters/{matter}/events").json()["events"]] == [REGISTER, FILE]


def test_every_event_leads_to_the_system_it_came_from(cast: Cast) -> None:
    made = caller(cast, cast.officer).act(REGISTER, lead_of(cast)).json()
    event = Event.objects.get(matter=made["matter"]["id"])
    call = Call.objects.select_related("token").get(request_id=event.request_id)
    assert (event.actor, call.token.name) == (cast.officer, "示例办案系统（虚构）")


def test_the_gates_of_the_form_are_the_gates_of_the_call(cast: Cast) -> None:
    case = scenes.lead(cast)
    refused = caller(cast, cast.officer).act(FILE, filing_of(cast) | {"recusal_declared": False}, matter=case.pk)
    assert refused.status_code == 422
    gates = {gate["gate"]: gate for gate in refused.json()["gates"]}
    assert "处罚法43条" in "".join(gates["recusal_declared"]["articles"])
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"facts": ""}, "facts", "必须填写"),
        ({"facts": None}, "facts", "必须填写"),
        ({"party_kind": "planet"}, "party_kind", "不在可选范围"),
        ({"item": 10**17}, "item", ""),
        ({"item": -1}, "item", ""),
        ({"item": "x\u0000"}, "item", ""),
        ({"facts": "甲\u0000"}, "facts", ""),
        ({"party_name": {"name": "甲"}}, "party_name", "类型不对"),
        ({"party_name": ["甲", "乙"]}, "party_name", "类型不对"),
        ({"occurred_on": "2026-02-30"}, "occurred_on", "不是日期"),
        ({"occurred_on": 20260101.5}, "occurred_on", "不是日期"),
        ({"credit_code": "1" * 18}, "credit_code", ""),
        ({"colour": "red"}, "colour", "没有这个字段"),
    ],
)
def test_what_cannot_be_accepted_is_named_field_by_field(
    cast: Cast, changes: dict[str, Any], field: str, sentence: str
) -> None:
    refused = caller(cast, cast.officer).act(REGISTER, lead_of(cast, **changes))
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert sentence in "".join(refused.json()["fields"][field])
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("[]", 400),
        ("{", 400),
        (b"\xff", 400),
        ('{"data": {"facts": "\\ud800"}}', 400),
        ('{"data": {"item": NaN}}', 400),
        ('{"data": 1}', 422),
        ('{"else": 1}', 400),
        ("[" * 100_000, 400),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(cast: Cast, body: str | bytes, status: int) -> None:
    answer = caller(cast, cast.officer).post(f"/actions/{REGISTER}", body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)


def test_the_same_key_is_the_same_call(cast: Cast) -> None:
    officer, sent = caller(cast, cast.officer), lead_of(cast)
    first, again = (officer.act(REGISTER, sent, key="2026-1") for _time in range(2))
    assert (first.json(), again.status_code, again["Idempotent-Replayed"]) == (again.json(), 201, "true")
    assert Case.objects.count() == 1
    other = officer.act(REGISTER, lead_of(cast, facts="另一件（虚构）"), key="2026-1")
    assert (other.status_code, Case.objects.count()) == (422, 1)


def test_a_refused_call_uses_no_key_up(cast: Cast) -> None:
    officer = caller(cast, cast.officer)
    assert officer.act(REGISTER, lead_of(cast, facts=""), key="2026-2").status_code == 422
    assert officer.act(REGISTER, lead_of(cast), key="2026-2").status_code == 201


def test_without_a_key_nothing_is_changed(cast: Cast) -> None:
    officer = caller(cast, cast.officer)
    path, headers = f"{ROOT}/actions/{REGISTER}", officer.headers
    answer = officer.browser.post(path, {"data": lead_of(cast)}, content_type="application/json", headers=headers)
    assert (answer.status_code, Case.objects.exists()) == (400, False)


@pytest.mark.concurrency
def test_one_key_sent_twice_at_once_is_carried_out_once(committed_database: str, cast: Cast) -> None:
    secret, sent = secret_of(cast, [cast.officer]), lead_of(cast)
    answers: list[Any] = []
    gate = threading.Barrier(4)

    def send() -> None:
        system = Caller(secret, cast.officer)
        gate.wait()
        answers.append(system.act(REGISTER, sent, key="at once"))
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["matter"]["id"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_a_session_is_no_right_to_call(cast: Cast, sign_in: Any) -> None:
    assert sign_in(cast.officer).get(f"{ROOT}/me").status_code == 401


@pytest.mark.parametrize("secret", ["", "zf_", "zf_" + "x" * 43, "甲", "Bearer"])
def test_no_secret_but_a_given_one_is_recognised(cast: Cast, secret: str) -> None:
    secret_of(cast, [cast.officer])
    assert Caller(secret.encode().decode("latin-1"), cast.officer).get("/me").status_code == 401


def test_a_token_ends_when_it_is_withdrawn_runs_out_or_its_department_does(cast: Cast) -> None:
    system = caller(cast, cast.officer)
    token = Token.objects.get()
    assert system.get("/me").status_code == 200
    cast.market.is_active = False
    cast.market.save()
    assert system.get("/me").status_code == 401
    cast.market.is_active = True
    cast.market.save()
    Token.objects.update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert system.get("/me").status_code == 401
    Token.objects.update(expires_on=timezone.localdate())
    assert system.get("/me").status_code == 200
    assert tokens.withdraw(token, by=cast.dept_admin)
    assert system.get("/me").status_code == 401


def test_a_token_speaks_only_for_the_people_named(cast: Cast) -> None:
    secret = secret_of(cast, [cast.officer])
    assert Caller(secret, cast.head).get("/me").status_code == 403
    assert Caller(secret, cast.foreign_officer).get("/me").status_code == 403


def test_nobody_is_spoken_for_before_he_has_agreed_himself(cast: Cast, sign_in: Any) -> None:
    secret = secret_of(cast, [cast.head], agreed=False)
    consent = Consent.objects.get(person=cast.head)
    assert Caller(secret, cast.head).get("/me").status_code == 403
    keeper, head = sign_in(cast.dept_admin), sign_in(cast.head)
    assert keeper.post("/desk/api/consents/", {"consent": consent.pk, "answer": "agree"}).status_code == 404
    assert Caller(secret, cast.head).get("/me").status_code == 403
    assert head.post("/desk/api/consents/", {"consent": consent.pk, "answer": "agree"}).status_code == 302
    assert Caller(secret, cast.head).get("/me").status_code == 200
    head.post("/desk/api/consents/", {"consent": consent.pk, "answer": "refuse"})
    assert Caller(secret, cast.head).get("/me").status_code == 403
    for wrong in ({}, {"consent": "x", "answer": "agree"}, {"consent": "9" * 30, "answer": "agree"}):
        assert head.post("/desk/api/consents/", wrong).status_code == 404


def test_whoever_goes_to_another_department_is_no_longer_spoken_for(cast: Cast) -> None:
    system = caller(cast, cast.officer)
    cast.officer.department = cast.city
    cast.officer.save()
    assert system.get("/me").status_code == 403


@pytest.mark.parametrize(
    ("scopes", "path", "expected"),
    [
        ((Scope.READ,), "me", 200),
        ((Scope.WORK,), "me", 403),
        ((Scope.READ,), "register", 403),
        ((Scope.READ, Scope.WORK), "register", 201),
        ((Scope.READ, Scope.WORK), "decline", 403),
        ((Scope.READ, Scope.WORK, Scope.DECIDE), "decline", 201),
    ],
)
def test_a_scope_is_needed_besides_the_role(cast: Cast, scopes: tuple[Scope, ...], path: str, expected: int) -> None:
    if path == "me":
        answer = caller(cast, cast.officer, scopes).get("/me")
    elif path == "register":
        answer = caller(cast, cast.officer, scopes).act(REGISTER, lead_of(cast))
    else:
        case = scenes.lead(cast)
        refused = {"reason": "没有违法事实（虚构）"}
        answer = caller(cast, cast.head, scopes).act("enforcement.case.decline", refused, matter=case.pk)
    assert answer.status_code == expected, answer.json()


def test_an_officer_cannot_do_a_heads_step_by_a_call(cast: Cast) -> None:
    case = scenes.lead(cast)
    answer = caller(cast, cast.officer).act("enforcement.case.decline", {"reason": "示例"}, matter=case.pk)
    assert (answer.status_code, answer.json()["roles"]) == (403, ["deputy", "head"])


def test_foreign_matters_and_hidden_steps_are_not_there(cast: Cast) -> None:
    foreign, officer = scenes.foreign_lead(cast), caller(cast, cast.officer)
    assert officer.get(f"/matters/{foreign.pk}").status_code == 404
    assert officer.get(f"/matters/{foreign.pk}/events").status_code == 404
    assert officer.act(FILE, {}, matter=foreign.pk).status_code == 404
    assert officer.act("enforcement.case.register_imported", {}).status_code == 404
    assert officer.act("no.such.thing", {}).status_code == 404
    assert officer.get(f"/matters/{'9' * 30}").status_code == 404


def test_the_list_goes_on_where_the_page_before_ended(cast: Cast) -> None:
    cases = [scenes.lead(cast, party_name=f"示例{number}店（虚构）") for number in range(3)]
    scenes.foreign_lead(cast)
    officer = caller(cast, cast.officer)
    kind = {"kind": "enforcement.case"}
    assert [one["id"] for one in officer.get("/matters", **kind).json()["matters"]] == [c.pk for c in reversed(cases)]
    behind = officer.get("/matters", before=cases[1].pk, **kind).json()
    assert ([one["id"] for one in behind["matters"]], behind["before"]) == ([cases[0].pk], None)
    assert officer.get("/matters", before="-1").status_code == 400
    assert officer.get("/matters", number="\0").status_code == 400


def test_a_file_is_sent_first_and_named_in_the_data(cast: Cast) -> None:
    case, officer = scenes.filed(cast), caller(cast, cast.officer)
    upload = SimpleUploadedFile("笔录.pdf", PDF, content_type="application/pdf")
    sent = officer.browser.post(f"{ROOT}/files", {"file": upload, "matter": case.pk}, headers=officer.headers)
    assert sent.status_code == 201, sent.json()
    added = officer.act(
        EVIDENCE,
        {
            "kind": Evidence.Kind.values[0],
            "name": "现场笔录（虚构）",
            "proves": "未能提供许可证",
            "obtained_on": timezone.localdate().isoformat(),
            "collectors": "陈示例、李示例",
            "certificate_shown": True,
            "file": sent.json()["id"],
        },
        matter=case.pk,
    )
    assert added.status_code == 201, added.json()
    kept = case.evidence.get().attachment
    assert kept is not None
    assert kept.sha256 == sent.json()["sha256"]


def test_a_wrong_file_is_refused_with_the_reason(cast: Cast) -> None:
    officer = caller(cast, cast.officer)
    upload = SimpleUploadedFile("笔录.exe", b"MZ", content_type="application/pdf")
    refused = officer.browser.post(f"{ROOT}/files", {"file": upload}, headers=officer.headers)
    assert (refused.status_code, "笔录.exe" in refused.json()["detail"]) == (422, True)


def test_the_form_tells_what_is_asked_and_what_is_missing(cast: Cast) -> None:
    case = scenes.filed(cast)
    form = caller(cast, cast.officer).get(f"/matters/{case.pk}/actions/enforcement.case.conclude").json()
    assert {gate["gate"] for gate in form["gates"]} >= {"has_evidence"}
    assert all({"name", "label", "kind", "required"} <= set(field) for field in form["fields"])
    asked = caller(cast, cast.officer).get(f"/actions/{REGISTER}").json()
    options = {field["name"]: field.get("options") for field in asked["fields"]}
    assert {"value": Case.Source.INSPECTION.value, "label": str(Case.Source.INSPECTION.label)} in options["source"]


def test_too_many_calls_are_asked_to_wait(cast: Cast) -> None:
    secret_of(cast, [cast.officer])
    token = Token.objects.get()
    assert [bool(tokens.wait_for(token, most=2)) for _call in range(3)] == [False, False, True]


def test_a_returned_proposal_says_why(cast: Cast) -> None:
    proposal = scenes.requested(cast)
    head = caller(cast, cast.head)
    assert head.post(f"/proposals/{proposal.pk}/decision", {"approve": False}).status_code == 422
    assert head.post(f"/proposals/{proposal.pk}/decision", {"approve": "no"}).status_code == 422
    back = head.post(f"/proposals/{proposal.pk}/decision", {"approve": False, "reason": "补充地址（虚构）"})
    assert back.status_code == 200
    told = caller(cast, cast.officer).get(f"/proposals/{proposal.pk}").json()
    assert (told["state"], told["reason"]) == ("returned", "补充地址（虚构）")
