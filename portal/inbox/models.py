"""Notices: one row per person and thing told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something a person was told; `key` makes telling it twice impossible."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("收件人"))
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+", verbose_name=_("事项"))
    kind = models.CharField(_("种类"), max_length=60)
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(_("地址"), max_length=200, blank=True)
    key = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("已读"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("发出邮件"), null=True, blank=True)
    texted_at = models.DateTimeField(_("发出短信"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], condition=~models.Q(key=""), name="notice_once_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_list"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user", "kind"], condition=models.Q(mailed_at=None), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return self.text
