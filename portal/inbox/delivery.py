"""Bringing notices out of the portal: one mail or one text message for all of a kind that have gathered."""

from __future__ import annotations

import logging
from functools import lru_cache
from smtplib import SMTPRecipientsRefused
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.inbox.kinds import notice_kind
from portal.inbox.models import Notice

logger = logging.getLogger(__name__)
LISTED_AT_MOST = 50


class SmsGateway(Protocol):
    """What the class named by the setting SMS_GATEWAY offers; None in that setting means: no text messages."""

    def send(self, phone: str, text: str) -> None:
        """Hand a text message over; raises when the gateway does not take it, and it is tried again."""


def mail_from_outbox(payload: dict[str, Any]) -> None:
    """Mail what has gathered for a person and kind."""
    send_mail(int(payload["user"]), str(payload["kind"]))


def text_from_outbox(payload: dict[str, Any]) -> None:
    """Text what has gathered for a person and kind."""
    send_text(int(payload["user"]), str(payload["kind"]))


def send_mail(user_id: int, kind: str) -> int:
    """One mail with all notices of a kind not mailed yet; returns how many it carries.

    The rows are locked, so two workers never mail the same notice. A refused address is given up.
    """
    notices = list(Notice.objects.select_for_update().filter(user_id=user_id, kind=kind, mailed_at=None).order_by("id"))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if not notices or user is None or not user.email:
        return 0
    try:
        _mail(user, kind, notices).send()
    except SMTPRecipientsRefused as error:
        logger.warning("mail to user %s was refused: %s", user_id, error)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return len(notices)


def send_text(user_id: int, kind: str) -> int:
    """One text message for all notices of a kind not texted yet; returns how many it stands for."""
    gateway = sms_gateway()
    notices = list(Notice.objects.select_for_update().filter(user_id=user_id, kind=kind, texted_at=None).order_by("id"))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if gateway is None or not notices or user is None or not user.phone:
        return 0
    with translation.override("zh-hans"):
        text = notices[0].text
        if len(notices) > 1:
            text = _("%(label)s：%(first)s等%(count)d条，请登录平台查看。") % {
                "label": notice_kind(kind).label,
                "first": text,
                "count": len(notices),
            }
    gateway.send(user.phone, text)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(texted_at=timezone.now())
    return len(notices)


def sms_gateway() -> SmsGateway | None:
    """The configured gateway, or None."""
    path = getattr(settings, "SMS_GATEWAY", None)
    return _gateway(path) if path else None


@lru_cache(maxsize=4)
def _gateway(path: str) -> SmsGateway:
    gateway: SmsGateway = import_string(path)()
    return gateway


def _mail(user: User, kind: str, notices: list[Notice]) -> EmailMessage:
    with translation.override("zh-hans"):
        label = str(notice_kind(kind).label)
        subject = (
            label if len(notices) == 1 else _("%(label)s（%(count)d条）") % {"label": label, "count": len(notices)}
        )
        body = render_to_string(
            "inbox/email.txt",
            {
                "user": user,
                "notices": notices[:LISTED_AT_MOST],
                "more": max(len(notices) - LISTED_AT_MOST, 0),
                "desk": settings.DESK_URL,
                "all_notices": settings.DESK_URL + reverse("inbox:notices"),
            },
        )
    return EmailMessage(subject=subject, body=body, to=[user.email])
