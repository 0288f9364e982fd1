"""Notices: told once, counted once, one's own; many of a kind go out in one mail or text message."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from portal import outbox
from portal.accounts.roles import Role
from portal.inbox import delivery, notify, notify_department_roles, service, unread_count
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.inbox.models import Notice
from portal.outbox.models import OutboxRow
from tests.cast import Cast

pytestmark = pytest.mark.django_db
register_notice_kind(NoticeKind("tests.deadline", "期限提醒", mail=True, text_message=True))
register_notice_kind(NoticeKind("tests.quiet", "进度", mail=False))


class Gateway:
    """A text-message gateway that keeps what it was handed."""

    sent: list[tuple[str, str]] = []

    def send(self, phone: str, text: str) -> None:
        """Take one message."""
        self.sent.append((phone, text))


class RefusingBackend(EmailBackend):
    """A mail server that does not know the address."""

    def send_messages(self, messages: Any) -> int:
        """Refuse everybody."""
        raise SMTPRecipientsRefused({"x@example.org": (550, b"unknown")})


class AbsentBackend(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: Any) -> int:
        """Hang up."""
        raise SMTPServerDisconnected("gone")


@pytest.fixture(autouse=True)
def addresses(cast: Cast) -> None:
    """Officer and head have a mail address and a telephone."""
    for user in (cast.officer, cast.head):
        user.email = f"{user.username}@example.org"
        user.phone = "13900000000"
        user.save()
    Gateway.sent.clear()


def test_a_notice_with_a_key_is_told_once_to_each_person(cast: Cast) -> None:
    for _time in range(3):
        notify([cast.officer], "《决定书》今天到期", kind="tests.quiet", key="due:1")
    notify([cast.officer, cast.head], "《决定书》今天到期", kind="tests.quiet", key="due:1")
    assert Notice.objects.filter(user=cast.officer).count() == 1
    assert Notice.objects.filter(user=cast.head).count() == 1


def test_without_a_key_every_telling_counts_and_one_person_is_told_once(cast: Cast) -> None:
    notify([cast.officer, cast.officer], "进度", kind="tests.quiet")
    notify([cast.officer], "进度", kind="tests.quiet")
    assert Notice.objects.count() == 2


def test_people_without_an_account_in_use_are_not_told(cast: Cast) -> None:
    cast.officer.is_active = False
    cast.officer.save()
    assert notify([cast.officer], "进度", kind="tests.quiet") == []


def test_a_department_is_told_by_role(cast: Cast) -> None:
    told = notify_department_roles(cast.market, [Role.HEAD, Role.DEPUTY, Role.LEGAL], "请处理", kind="tests.quiet")
    assert {notice.user.username for notice in told} == {"zhao", "zhou", "wang"}


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "desk/"])
def test_a_notice_leads_to_the_desk_only(cast: Cast, url: str) -> None:
    with pytest.raises(ValueError, match="desk"):
        notify([cast.officer], "点这里", kind="tests.quiet", url=url)


def test_unread_notices_are_counted_once_per_request(cast: Cast, django_assert_num_queries: Any) -> None:
    notify([cast.officer], "一", kind="tests.quiet")
    notify([cast.officer], "二", kind="tests.quiet")
    notify([cast.head], "三", kind="tests.quiet")
    with django_assert_num_queries(1):
        assert [unread_count(cast.officer) for _time in range(3)] == [2, 2, 2]
    service.mark_read(cast.officer, Notice.objects.filter(user=cast.officer).values_list("pk", flat=True)[:1])
    assert unread_count(cast.officer) == 1
    assert service.mark_all_read(cast.officer) == 1
    assert unread_count(cast.officer) == 0
    assert unread_count(cast.head) == 1


def test_many_notices_of_a_kind_go_out_in_one_mail(cast: Cast) -> None:
    for number in range(1, 61):
        notify([cast.officer], f"案件{number}明天到期", kind="tests.deadline", url=f"/desk/cases/{number}/")
    notify([cast.officer], "另一类消息", kind="tests.other")
    outbox.drain(200)
    assert [message.subject for message in mail.outbox] == ["期限提醒（60条）", "工作消息"]
    body = str(mail.outbox[0].body)
    assert "案件1明天到期" in body
    assert "/desk/cases/50/" in body
    assert "案件51明天到期" not in body
    assert "另有 10 条" in body
    assert mail.outbox[0].to == ["chen@example.org"]
    assert OutboxRow.objects.filter(topic="inbox.email", done_at=None).count() == 0


def test_a_single_notice_is_a_mail_of_its_own_and_is_not_mailed_again(cast: Cast) -> None:
    notify([cast.officer], "案件明天到期", kind="tests.deadline")
    outbox.drain()
    assert delivery.send_mail(cast.officer.pk, "tests.deadline") == 0
    notify([cast.officer], "第二件", kind="tests.deadline")
    outbox.drain()
    assert [message.subject for message in mail.outbox] == ["期限提醒", "期限提醒"]
    assert "第二件" not in str(mail.outbox[0].body)
    assert "案件明天到期" not in str(mail.outbox[1].body)


def test_quiet_kinds_and_people_without_an_address_get_no_mail(cast: Cast) -> None:
    cast.legal.email = ""
    cast.legal.save()
    notify([cast.officer], "进度", kind="tests.quiet")
    notify([cast.legal], "期限", kind="tests.deadline")
    assert not OutboxRow.objects.exists()


def test_a_mail_server_that_is_away_is_tried_again_and_nothing_is_lost(cast: Cast, settings: Any) -> None:
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.AbsentBackend"
    notify([cast.officer], "案件明天到期", kind="tests.deadline")
    outbox.drain()
    row = OutboxRow.objects.get(topic="inbox.email")
    assert row.done_at is None
    assert "gone" in row.error
    settings.EMAIL_BACKEND = backend
    assert delivery.send_mail(cast.officer.pk, "tests.deadline") == 1
    assert len(mail.outbox) == 1


def test_an_address_that_does_not_exist_is_given_up(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    notify([cast.officer], "案件明天到期", kind="tests.deadline")
    outbox.drain()
    assert OutboxRow.objects.get(topic="inbox.email").done_at is not None
    assert Notice.objects.get().mailed_at is not None


def test_text_messages_go_out_only_through_a_configured_gateway(cast: Cast, settings: Any) -> None:
    notify([cast.officer], "第一件明天到期", kind="tests.deadline")
    assert not OutboxRow.objects.filter(topic="inbox.sms").exists()
    settings.SMS_GATEWAY = f"{__name__}.Gateway"
    notify([cast.head], "第一件明天到期", kind="tests.deadline")
    notify([cast.head], "第二件明天到期", kind="tests.deadline")
    outbox.drain()
    assert Gateway.sent == [("13900000000", "期限提醒：第一件明天到期等2条，请登录平台查看。")]


def test_the_list_shows_ones_own_notices_newest_first_and_pages_by_key(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    for number in range(1, 36):
        notify([cast.officer], f"第{number}件。", kind="tests.quiet")
    notify([cast.head], "别人的", kind="tests.quiet")
    browser = sign_in(cast.officer)
    first = browser.get(reverse("inbox:notices")).content.decode()
    assert first.index("第35件。") < first.index("第6件。")
    assert "第5件。" not in first
    assert "别人的" not in first
    sixth = Notice.objects.get(text="第6件。")
    assert f"before={sixth.pk}" in first
    second = browser.get(reverse("inbox:notices"), {"before": sixth.pk}).content.decode()
    assert "第5件。" in second
    assert "第1件。" in second
    assert "第6件。" not in second


def test_opening_a_notice_marks_it_read_and_leads_on(cast: Cast, sign_in: Callable[..., Client]) -> None:
    notice = notify([cast.officer], "请看", kind="tests.quiet", url="/desk/cases/1/")[0]
    address = reverse("inbox:open", args=[notice.pk])
    assert sign_in(cast.head).post(address).status_code == 404
    browser = sign_in(cast.officer)
    assert browser.get(address).status_code == 405, "looking marks nothing"
    answer = browser.post(address)
    assert answer.headers["Location"] == "/desk/cases/1/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    unread = browser.get(reverse("inbox:notices"), {"unread": 1}).content.decode()
    assert "没有未读的消息" in unread


def test_everything_is_marked_read_at_once(cast: Cast, sign_in: Callable[..., Client]) -> None:
    notify([cast.officer, cast.head], "请看", kind="tests.quiet")
    sign_in(cast.officer).post(reverse("inbox:read-all"))
    assert Notice.objects.filter(user=cast.officer, read_at=None).count() == 0
    assert Notice.objects.filter(user=cast.head, read_at=None).count() == 1


def test_hostile_text_is_shown_as_text(cast: Cast, sign_in: Callable[..., Client]) -> None:
    notify([cast.officer], "<script>alert(1)</script>" + "长" * 400, kind="tests.quiet")
    page = sign_in(cast.officer).get(reverse("inbox:notices")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
